"""Forms of reports: begun, adopted, withdrawn."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction

from governance.committees.form import Form
from governance.committees.models import PaperTemplate, TemplateSection
from governance.core.dates import today
from governance.core.locks import Lock, one_at_a_time
from governance.core.steps import StepError
from governance.history.adopting import locked, next_number, put_in_force, refuse_adopted
from governance.history.trail import because

if TYPE_CHECKING:
    from datetime import date


@transaction.atomic
def begin(form: Form) -> PaperTemplate:
    """A draft that says what a form says, under the next number."""
    draft = PaperTemplate.objects.create(
        number=next_number(PaperTemplate, Lock.TEMPLATES_NUMBERS),
        code=form.code,
        name=form.name,
        source=form.source,
    )
    TemplateSection.objects.bulk_create(
        TemplateSection(template=draft, position=position, **asdict(each))
        for position, each in enumerate(form.sections, 1)
    )
    return draft


@transaction.atomic
def begin_after(version: PaperTemplate) -> PaperTemplate:
    """A draft of the next version, as that one is."""
    draft = PaperTemplate.objects.create(
        number=next_number(PaperTemplate, Lock.TEMPLATES_NUMBERS),
        code=version.code,
        name=version.name,
        source=version.source,
        names_clearers=version.names_clearers,
    )
    TemplateSection.objects.bulk_create(
        TemplateSection(
            template=draft,
            position=each.position,
            **{name: getattr(each, name) for name in TemplateSection.WORDS},
        )
        for each in version.sections.all()
    )
    return draft


@transaction.atomic
def adopt(version: PaperTemplate, *, from_on: date, reason: str, seen: str = "") -> PaperTemplate:
    """Let papers be made from a draft, from a day on; `seen` is the digest of what the person was shown.

    Raises StepError where it was changed or adopted meanwhile, where no section of it must have text, or a
    version from a later day exists.
    """
    draft = locked(version)
    one_at_a_time(Lock.TEMPLATES_IN_FORCE)
    if seen and digest(draft) != seen:
        raise StepError("The draft was changed since this page was shown: look at it again")
    refuse_adopted(draft)
    if not draft.sections.filter(mandatory=True).exists():
        raise StepError(
            "No section of this form must have text, so an empty paper could be issued. Open the section "
            "that every report needs, for example the recommendations, and tick “must have text”"
        )
    return put_in_force(
        draft, PaperTemplate.objects.of(draft.code), from_on=from_on, reason=reason, field="from_on"
    )


def digest(version: PaperTemplate) -> str:
    """Tells two states of a draft apart: the versions that stand of it and of its sections."""
    sections = TemplateSection.history.standing().filter(template_id=version.pk)
    keys = sorted(sections.values_list("history_id", flat=True))
    return f"{version.standing_version()} {' '.join(map(str, keys))}"


@transaction.atomic
def retire(version: PaperTemplate, *, reason: str) -> PaperTemplate:
    """No paper is made from it any more; those that were keep it. Raises StepError unless it is in force."""
    found = locked(version)
    if found.from_on is None or found.is_to_come:
        raise StepError(f"{found} is not in force yet")
    if found.withdrawn_on:
        raise StepError(f"{found} is withdrawn already")
    found.withdrawn_on = today()
    with because(reason):
        found.save()
    return found
