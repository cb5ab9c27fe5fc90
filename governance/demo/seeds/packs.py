"""The evidence pack for the auditors who return, as the senior information risk owner signed it off."""

from __future__ import annotations

from django.db import transaction

from actions.models import EvidencePack, FollowUp, PackLayout
from actions.services.packs import content_of, sign
from governance.core.dates import today
from governance.history.trail import because
from governance.people.models import Role, User


def enter(by: User) -> None:
    """Made by the officer as at the day on which Northmere is loaded, and signed."""
    follow_up = FollowUp.objects.filter(audit__code="ico-2015", number=1).first()
    siro = User.objects.filter(holdings__post__role_assignments__role=Role.SIRO, is_active=True).first()
    if follow_up is None or siro is None or follow_up.packs.exists():
        return
    layout = PackLayout.objects.get(code="plain")
    with transaction.atomic(), because(f"Made for {follow_up.handle}"):
        pack = EvidencePack.objects.create(follow_up=follow_up, layout=layout, as_at=today())
    sign(pack, content_of(pack).digest, "For the return visit", by=siro)
