"""Every form of every room, found by looking and not by a list that somebody keeps."""

from importlib import import_module
from pkgutil import walk_packages

from django.apps import apps
from django.forms import BaseForm

TOP = ("governance", "assets", "risks", "actions")
ROOMS = [room for room in apps.get_app_configs() if room.name.partition(".")[0] in TOP]


def subclasses(of):
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def forms_of_rooms(kind=BaseForm):
    """The classes of forms in the modules of rooms, of this kind, by module and name."""
    for room in ROOMS:
        for module in walk_packages([room.path], f"{room.name}."):
            if any("forms" in part for part in module.name.split(".")):
                import_module(module.name)
    ours = {form for form in subclasses(kind) if form.__module__.partition(".")[0] in TOP}
    return sorted(ours, key=name_of)


def name_of(form):
    """Where it is: assets.forms.entry.StateForm."""
    return f"{form.__module__}.{form.__qualname__}"
