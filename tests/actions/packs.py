"""An audit whose recommendation is answered, and packs for a follow-up of it."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

from django.urls import reverse

from actions.models import EvidencePack, FollowUp, PackLayout, Status
from governance.core.dates import today
from tests.actions.pages import told
from tests.cast import signed_in
from tests.factories import ActionFactory, RecommendationFactory


def a_recommendation():
    """A recommendation, and an action that was completed for it."""
    asked = RecommendationFactory(reference="A01", text="Train everybody", response="accepted")
    action = ActionFactory(
        plan__audit=asked.audit, recommendation=asked, reference="ICO-001", title="Hold courses"
    )
    told(action, Status.COMPLETED, date(2016, 5, 2), evidence="All were trained")
    asked.action = action
    return asked


def a_pack(asked, on=None, layout=None):
    """A pack for a follow-up of the audit."""
    follow_up, _ = FollowUp.objects.get_or_create(audit=asked.audit, number=1)
    layout = layout or PackLayout.objects.get(code="plain")
    return EvidencePack.objects.create(follow_up=follow_up, layout=layout, as_at=on or today())


def page_of(pack):
    """The address of its page."""
    return reverse("actions:pack", args=[pack.pk])


def saved(person, pack):
    """The files of the pack by name."""
    answer = signed_in(person).get(reverse("exchange:pack", args=[pack.pk]))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="evidence-pack-')
    with ZipFile(BytesIO(answer.getvalue())) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}
