"""Northmere's retention schedule, its holds, and what it disposed of.

The rules are like those that councils publish (domain.md 1.6); each names what it rests on. Periods are typed
in words and read as on the page; what cannot be reckoned is left to judgement.
"""

from __future__ import annotations

from datetime import date

from assets.models import Asset, Disposal, DisposalMethod, HoldReason, RetentionRule
from assets.representations.periods import Period, read
from assets.services import disposal, holds
from governance.core.dates import today
from governance.history.trail import because, signed
from governance.people.models import PostHolding, Role, User

LIMITATION, LOCAL = "Limitation Act 1980", "Northmere business decision, records group"
GUIDE = "Retention Guidelines for Local Authorities"
# Code, record type, period in words, trigger where the words do not say it, action, authority, source.
RULES = (
    ("adm-1", "School admission applications", "2 years after creation", "", "destroy", "guidance", GUIDE),
    ("adm-2", "Admission appeals", "2 years after completion", "", "destroy", "guidance", GUIDE),
    ("asc-1", "Adult social care case files", "8 years after last contact", "", "destroy", "guidance", GUIDE),
    ("asc-2", "Deputyship and appointee accounts", "6 years after closure", "", "destroy", "statute",
     LIMITATION),
    ("bld-1", "Building control plans", "Life of building", "event", "review", "business", LOCAL),
    ("com-1", "Committee minutes, signed", "Permanent", "event", "permanent", "statute",
     "Local Government Act 1972"),
    ("con-1", "Contracts under seal", "12 years after end of contract", "", "destroy", "statute", LIMITATION),
    ("con-2", "Ordinary contracts", "6 years after end of contract", "", "destroy", "statute", LIMITATION),
    ("csc-1", "Children's case files", "75 years from date of birth", "", "review", "guidance", GUIDE),
    ("csc-2", "Adoption records", "100 years after closure", "", "archive", "guidance", GUIDE),
    ("csc-3", "Court bundles, copies", "Until superseded", "event", "destroy", "business", LOCAL),
    ("csc-4", "Referrals not taken further", "6 years from closure", "", "destroy", "business", LOCAL),
    ("csc-5", "Statutory return extracts", "Current year plus 3", "creation", "destroy", "business", LOCAL),
    ("ele-1", "Electoral registration forms", "6 years after the end of the financial year", "", "destroy",
     "guidance", GUIDE),
    ("fin-1", "Accounting records", "Current year plus 6", "creation", "destroy", "guidance", GUIDE),
    ("fin-2", "Grant claims", "6 years plus the current year", "completion", "destroy", "business", LOCAL),
    ("fle-1", "Vehicle records", "Life of vehicle plus 2 years", "event", "destroy", "business", LOCAL),
    ("hr-1", "Personnel files", "6 years after employment ceases", "", "destroy", "statute", LIMITATION),
    ("hr-2", "Unsuccessful applications", "6 months after completion", "", "destroy", "business", LOCAL),
    ("ict-1", "Closed-circuit television footage", "30 calendar days after creation", "", "destroy",
     "business", LOCAL),
    ("leg-1", "Litigation files", "6 years after last court date", "", "review", "statute", LIMITATION),
    ("lib-1", "Library membership", "18 months after last contact", "", "destroy", "business", LOCAL),
    ("lic-1", "Licences, with bans", "6 years, or longer if the ban is over six years", "closure", "review",
     "business", LOCAL),
    ("mem-1", "Members' casework", "Current term only", "event", "review", "business", LOCAL),
    ("sur-1", "Survey returns", "Until data entered and checked", "event", "destroy", "business", LOCAL),
)  # fmt: skip
# Asset, rule, and the day from which its period runs, if that is known.
UNDER = (
    ("IA-0001", "csc-1", None),
    ("IA-0002", "csc-1", date(1950, 6, 30)),
    ("IA-0003", "csc-2", None),
    ("IA-0004", "csc-4", None),
    ("IA-0006", "csc-3", None),
    ("IA-0008", "csc-5", date(2009, 5, 29)),
    ("IA-0009", "asc-1", None),
    ("IA-0012", "asc-2", None),
    ("IA-0014", "con-2", date(2008, 3, 31)),
    ("IA-0015", "adm-1", date(2013, 9, 2)),
    ("IA-0016", "adm-2", date(2014, 7, 25)),
    ("IA-0018", "csc-5", date(2011, 1, 20)),
    ("IA-0019", "lib-1", None),
)


def enter(by: User) -> None:
    """The schedule, the assets under it, a hold, a disposal with its certificate, and one that waits."""
    with signed(by, reason="The retention schedule was entered"):
        keep_schedule()
        hold(by)
    dispose(by)


def keep_schedule() -> None:
    """The rules, and the assets under them."""
    rules = {}
    for code, record_type, words, trigger, action, authority, source in RULES:
        period = read(words).period or Period()
        rules[code] = RetentionRule.objects.create(
            code=code, record_type=record_type, words=words, action=action, authority=authority,
            source=source, trigger=trigger or period.trigger, months=period.months, days=period.days,
            adds_current_year=period.adds_current_year, is_permanent=period.is_permanent,
            review_on=date(2018, 4, 1),
        )  # fmt: skip
    with because("Put under the retention schedule"):
        for reference, code, since in UNDER:
            Asset.objects.filter(reference=reference).update(retention_rule=rules[code], retention_from=since)


def hold(by: User) -> None:
    """Everything about children is kept while an inquiry lasts."""
    holds.place(
        assets=list(Asset.objects.filter(reference__in=["IA-0002", "IA-0004"])),
        reason=HoldReason.objects.get(code="inquiry"),
        title="Inquiry into past care of children",
        authority="Chief Executive, at the request of the inquiry",
        placed_on=date(2016, 3, 1),
        by=by,
    )


def dispose(by: User) -> None:
    """One carried out and certified, one that waits for the records manager."""
    certified, waiting = (Asset.objects.filter(reference=each).first() for each in ("IA-0016", "IA-0008"))
    manager = holder(role_assignments__role=Role.RECORDS_MANAGER)
    for asset, part, why in (
        (certified, "Appeals heard before 2010", "Their two years have long ended"),
        (waiting, "", "The period of the last extract has ended and nobody uses it"),
    ):
        if not (asset and manager and (owner := holder(pk=asset.owner_id)) and owner != manager):
            continue
        with signed(owner):
            found = propose(asset, part, why, owner)
        if part:
            complete(found, manager, by)


def propose(asset: Asset, part: str, why: str, owner: User) -> Disposal:
    """Proposed by the owner, who agrees."""
    found = disposal.propose(asset, outcome="destroy", reason=why, part=part, by=owner, on=today())
    return disposal.agree(found, as_=disposal.OWNER, by=owner, on=today())


def complete(found: Disposal, manager: User, by: User) -> None:
    """The records manager agrees, and it is carried out."""
    with signed(manager):
        found = disposal.agree(found, as_=disposal.MANAGER, by=manager, on=today())
    with signed(by):
        disposal.carry_out(
            found, what="Appeal papers and decisions, 2004 to 2009", volume="14 boxes", on=today(), by=by,
            method=DisposalMethod.objects.get(code="confidential-waste"),
            carried_out_by="Confidential waste contractor",
        )  # fmt: skip


def holder(**post: object) -> User | None:
    """Somebody in such a post today."""
    posts = {f"post__{name}": value for name, value in post.items()}
    held = PostHolding.objects.in_force(today()).filter(**posts).select_related("person").first()
    return held.person if held else None
