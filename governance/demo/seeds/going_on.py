"""What goes on at Northmere: a hand-over, a decision of the SIRO, actions about assets, and who was told."""

from __future__ import annotations

from datetime import timedelta

from actions.models import Action, ActionAsset
from assets.models import Asset, ProcessingActivity
from assets.services.dpia import go_ahead
from governance.core.dates import today
from governance.dashboards.services import Bundle, plan
from governance.demo.seeds.processing import holder
from governance.history.trail import because, signed
from governance.people.models import Controller, Post, Role, User
from governance.reminders.tasks import compose_digests

COUNCIL = {
    "email": "information.governance@northmere.example",
    "address": "1 Market Square\nNorthmere",
    "dpo_name": "Data Protection Officer",
    "dpo_email": "data.protection@northmere.example",
}
# An action, and the assets that it concerns.
CONCERNS = (
    ("ICO-004", ("IA-0037", "IA-0045")),
    ("ICO-018", ("IA-0039",)),
    ("ICO-022", ("IA-0001", "IA-0025", "IA-0042")),
    ("ICO-023", ("IA-0002", "IA-0043", "IA-0044")),
    ("ICO-027", ("IA-0001",)),
    ("ICO-031", ("IA-0053",)),
    ("ICO-040", ("IA-0057",)),
    ("ICO-054", ("IA-0045",)),
)
AHEAD = "Social work with children and families"
WHY_AHEAD = "Children are to be protected meanwhile; the assessment is to be finished within three months"
FROM, TO = "business-support-csc", "head-childrens-social-care"
WHY_HANDED_OVER = "The post ends with the new structure of the service"
DAYS_AHEAD = 30


def enter(by: User) -> None:
    """Each by whom it is for; last the mails of one morning, about all that was entered before."""
    with because("Entered for the record of processing"):
        council = Controller.objects.current()
        for name, value in COUNCIL.items():
            setattr(council, name, value)
        council.save()
    link()
    decide()
    hand_over(by)
    compose_digests()


def link() -> None:
    """Which assets actions concern, as far as both are here."""
    actions = {each.reference: each for each in Action.objects.all()}
    assets = {each.reference: each for each in Asset.objects.all()}
    for reference, named in CONCERNS:
        for asset in named:
            if reference in actions and asset in assets:
                ActionAsset.objects.create(action=actions[reference], asset=assets[asset])


def decide() -> None:
    """The SIRO lets one activity go on before its DPIA is signed off."""
    siro, activity = holder(Role.SIRO), ProcessingActivity.objects.filter(title=AHEAD).first()
    if siro and activity:
        with signed(siro, reason=WHY_AHEAD):
            go_ahead(activity, WHY_AHEAD, by=siro)


def hand_over(by: User) -> None:
    """One post is to be handed over in a month; until then it can be withdrawn."""
    posts = {each.code: each for each in Post.objects.filter(code__in=(FROM, TO))}
    if len(posts) == 2:
        bundle, day = Bundle([posts[FROM]], by), today() + timedelta(days=DAYS_AHEAD)
        said = {"to": posts[TO], "from_on": day, "change_reason": WHY_HANDED_OVER}
        plan(bundle.posts, seen=bundle.seen, by=by, **said)
