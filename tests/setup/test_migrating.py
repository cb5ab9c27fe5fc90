"""A database is migrated quickly, and into the same tables."""

from django.apps import apps
from django.apps.registry import Apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field

from governance.core.migrating import models_drawn_quickly


def test_a_field_drawn_quickly_is_the_field_drawn_in_full():
    models = MigrationLoader(None).project_state().models.values()
    fields = [field for model in models for field in model.fields.values()]
    in_full = [field.clone().deconstruct() for field in fields]

    with models_drawn_quickly():
        quickly = [field.clone() for field in fields]

    assert [field.deconstruct() for field in quickly] == in_full
    assert len(fields) > 1_000
    assert not any(copied is field for copied, field in zip(quickly, fields, strict=True))


def test_a_swapped_model_is_known_by_its_name():
    labels = [model._meta.label_lower for model in apps.get_models(include_auto_created=True)]
    searched = [apps.get_swappable_settings_name(label) for label in labels]

    with models_drawn_quickly():
        named = [apps.get_swappable_settings_name(label) for label in labels]

    assert named == searched
    assert set(searched) == {"AUTH_USER_MODEL", None}


def test_django_is_itself_again_afterwards():
    before = (Field.clone, Apps.get_swappable_settings_name)

    with models_drawn_quickly():
        assert (Field.clone, Apps.get_swappable_settings_name) != before

    assert (Field.clone, Apps.get_swappable_settings_name) == before
