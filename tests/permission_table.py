"""Who may open which address: one row for each URL name. Deny by default: a name without a row fails.

To add a room's address, add a row to DOORS. A row says to whom it opens. Everybody else who is signed in gets
`others` (403, or 404 where even the existence of the thing is hidden), but those in `refused` get 403 all the
same, because they may see the thing and only not do this to it. A stranger is sent to sign in, unless the row
is public. `methods` says what it takes: a GET door answers 405 to a POST. `at` gives the arguments of the
address out of the World, where everything belongs to "owner" and nothing of it to "other_owner". One URL name
may have several rows, each with a `case`, where the answer depends on the state of the thing.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from assets.models import Asset, Campaign, Marking, SampledAnswer
from assets.services import samples
from governance.committees import services
from governance.core.dates import today
from governance.exchange.importing import commit
from governance.people.models import PostHolding, Role, RoleAssignment, SavedView
from governance.reminders.models import Digest
from tests.assets.factories import KeepingFactory
from tests.assets.factories_attestation import attested
from tests.assets.factories_processing import ActivityFactory, DpiaFactory, DpiaRiskFactory, TransferFactory
from tests.assets.factories_quality import QualityIssueFactory
from tests.assets.factories_retention import DisposalFactory, HoldFactory, RuleFactory
from tests.assets.factories_sharing import (
    AgreementAssetFactory,
    AgreementPartnerFactory,
    ContractAssetFactory,
    PublicationFactory,
)
from tests.cast import assemble, signed_in
from tests.committees.factories import PaperFactory
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of
from tests.factories import AssetFactory

SIGN_IN = "sign in"  # sent to the sign-in page
ELSEWHERE = "elsewhere"  # sent to another page
OPEN, REFUSED, HIDDEN, NOT_TAKEN = 200, 403, 404, 405
Outcome = int | str

# Who they are

NOBODY: frozenset[str] = frozenset()
ROLES = frozenset(str(role) for role in Role)
OWNERS = frozenset({"owner", "other_owner"})
WITH_A_ROLE = ROLES | OWNERS
EVERYBODY = WITH_A_ROLE | {"outsider"}
ADMINISTRATOR = frozenset({"administrator"})
KEEPERS = frozenset({"ig_officer", "records_manager"})
READERS = KEEPERS | {
    "siro", "dpo", "caldicott_guardian", "imsg_member", "internal_auditor", "committee_officer", "author"
}  # fmt: skip
# They see what is theirs, so the list opens to them.
UNIT_READERS = frozenset({"iao", "iaa", "service_manager"}) | OWNERS
# They may not enter the registers at all: every address there answers them as its list does.
SHUT_OUT = EVERYBODY - READERS - UNIT_READERS
PAPER_WRITERS = frozenset({"committee_officer", "author"})
DRAFT_READERS = PAPER_WRITERS | {"ig_officer", "siro", "internal_auditor"}
PAPER_READERS = READERS | {
    "monitoring_officer", "finance_approver", "legal_approver", "director_approver", "portfolio_holder"
}  # fmt: skip


class World:
    """The cast, and something behind every address. Owners have an asset, a risk and an action each."""

    def __init__(self) -> None:
        self.cast = assemble()
        self.browsers = {who: signed_in(person) for who, person in self.cast.items()} | {"stranger": Client()}
        self.owner, self.other_owner = self.cast["owner"], self.cast["other_owner"]
        Asset.objects.filter(pk=self.owner.asset.pk).update(description="Changed once")
        self.issue = QualityIssueFactory(asset=self.owner.asset, with_rule=True)
        self.make_disposals()
        self.agreement = AgreementPartnerFactory(agreement__owner=self.owner.post).agreement
        AgreementAssetFactory(agreement=self.agreement, asset=self.owner.asset)
        self.contract = ContractAssetFactory(contract__owner=self.owner.post, asset=self.owner.asset).contract
        self.obligation = PublicationFactory(obligation__owner=self.owner.post).obligation
        self.opened = AssetFactory(publish="publish", marking=Marking.objects.get(code="official"))
        self.activity = ActivityFactory(owner=self.owner.post, transfers_abroad=True)
        self.transfer = TransferFactory(activity=self.activity)
        self.dpia_risk = DpiaRiskFactory(dpia=DpiaFactory(activity=self.activity))
        self.holding = PostHolding.objects.get(post=self.owner.post)
        self.role = RoleAssignment.objects.get(post=self.owner.post)
        self.update = self.owner.action.updates.get()
        self.batches = {"checked": self.file("one.csv"), "committed": self.file("two.csv")}
        commit(self.batches["committed"].pk)
        self.keeping = KeepingFactory(asset=self.owner.asset)
        self.view, self.shared_view = (
            SavedView.objects.create(
                person=self.owner, register="assets", name=name, is_shared=name == "Ours"
            )
            for name in ("Mine", "Ours")
        )
        self.draft = self.paper()
        self.issued = self.paper()
        services.issue(self.issued, by=self.cast["committee_officer"])
        self.failed = self.paper()
        services.issue(self.failed, by=self.cast["committee_officer"])
        self.past = services.enter_past_paper(
            self.draft.meeting,
            "A paper from before the product",
            [self.owner.action.plan],
            as_at=date(2016, 1, 31),
            figures={"actions.total": 1},
            file=b"%PDF-1.7",
            filename="past.pdf",
            by=self.cast["committee_officer"],
        )

    def make_disposals(self) -> None:
        """One at each stage, of the owner's asset or a part of it, under a rule; then a hold on it."""
        asset = self.owner.asset
        self.retention_rule = RuleFactory()
        self.proposed = DisposalFactory(asset=asset)
        self.agreed = DisposalFactory(asset=asset, part="The annexes", agreed=True)
        self.carried_out = DisposalFactory(asset=asset, part="The old files", carried_out=True)
        self.hold = HoldFactory(assets=[asset])

    def file(self, name: str) -> Any:
        """A file that changes the owner's asset, checked; one of its rows is wrong."""
        rows = [HEADINGS, row_of(self.owner.asset, title=f"From {name}"), ["IA-9999", "", "", "", ""]]
        return brought(csv_file(rows), self.cast["ig_officer"], name=name)

    def paper(self) -> Any:
        """A draft on the owner's plan."""
        paper = PaperFactory(plans=[self.owner.action.plan], to_come=True)
        paper.sections.create(position=1, heading="Summary", text="{{summary}}")
        return paper


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Generator[World]:
    """Made once for a module, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Door:
    """One row of the table. See the head of this file."""

    name: str
    opens_to: frozenset[str]
    at: Callable[[World], list[Any]] = field(default=lambda world: [])
    methods: str = "GET"
    case: str = ""
    open: Outcome = OPEN
    others: Outcome = REFUSED
    refused: frozenset[str] = NOBODY
    stranger: Outcome = SIGN_IN
    public: bool = False
    development_only: bool = False

    def __str__(self) -> str:
        return f"{self.name} ({self.case})" if self.case else self.name

    def for_get(self, who: str) -> Outcome:
        """What a GET brings."""
        return self.expected(who) if "GET" in self.methods else self.without_method(who)

    def for_post(self, who: str) -> Outcome:
        """What a POST brings; OPEN stands for the form again, or the page after it."""
        return self.expected(who) if "POST" in self.methods else self.without_method(who)

    def expected(self, who: str) -> Outcome:
        """What the rules say."""
        if who == "stranger":
            return self.open if self.public else self.stranger
        if self.public or who in self.opens_to:
            return self.open
        return REFUSED if who in self.refused else self.others

    def without_method(self, who: str) -> Outcome:
        """What comes before the rules: the method is not taken."""
        return SIGN_IN if who == "stranger" and not self.public else NOT_TAKEN


def of_owner(thing: str, key: str) -> Callable[[World], list[Any]]:
    """The address of a thing of the owner's."""
    return lambda world: [getattr(getattr(world.owner, thing), key)]


def batch(state: str) -> Callable[[World], list[Any]]:
    """The address of the world's file brought in that is in this state."""
    return lambda world: [world.batches[state].pk]


def paper(name: str) -> Callable[[World], list[Any]]:
    """The address of one of the world's papers."""
    return lambda world: [getattr(world, name).pk]


GET_POST = "GET POST"

CORE = [
    Door("core:healthz", EVERYBODY, public=True),
    Door("core:accessibility", EVERYBODY, public=True),
    Door("core:theme", EVERYBODY, public=True),
    Door("core:components", EVERYBODY, public=True, development_only=True),
    Door("dashboards:home", EVERYBODY),
]

SIGNING_IN = [
    Door("account_login", NOBODY, methods=GET_POST, others=ELSEWHERE, stranger=OPEN),
    Door("account_logout", EVERYBODY, methods=GET_POST),
    # Nobody of the cast has a password or a second factor: the ways with them are walked in tests/people.
    Door("account_reauthenticate", NOBODY, methods=GET_POST),
    Door("account_change_password", EVERYBODY, methods=GET_POST, open=ELSEWHERE),
    Door("account_set_password", EVERYBODY, methods=GET_POST, open=ELSEWHERE),
    Door("account_reset_password", EVERYBODY, methods=GET_POST, public=True),
    Door("account_reset_password_done", EVERYBODY, public=True),
    Door(
        "account_reset_password_from_key",
        EVERYBODY,
        at=lambda world: ["1", "forged-key"],
        methods=GET_POST,
        public=True,
    ),
    Door("account_reset_password_from_key_done", EVERYBODY, public=True),
    Door("mfa_index", EVERYBODY),
    Door("mfa_authenticate", NOBODY, methods=GET_POST, others=ELSEWHERE),
    Door("mfa_reauthenticate", NOBODY, methods=GET_POST),
    Door("mfa_activate_totp", EVERYBODY, methods=GET_POST),
    Door("mfa_deactivate_totp", NOBODY, methods=GET_POST, others=HIDDEN),
    Door("mfa_view_recovery_codes", NOBODY, others=HIDDEN),
    Door("mfa_generate_recovery_codes", EVERYBODY, methods=GET_POST),
    Door("mfa_download_recovery_codes", NOBODY, methods=GET_POST, others=HIDDEN),
]

PEOPLE = [
    Door("people:directory", WITH_A_ROLE),
    Door("people:rules", WITH_A_ROLE),
    Door("people:controller", WITH_A_ROLE),
    Door("people:edit_controller", KEEPERS, methods=GET_POST),
    Door("people:post", WITH_A_ROLE, at=of_owner("post", "code")),
    Door("people:persons", ADMINISTRATOR),
    Door("people:new_person", ADMINISTRATOR, methods=GET_POST),
    Door("people:new_unit", ADMINISTRATOR, methods=GET_POST),
    Door("people:new_post", ADMINISTRATOR, methods=GET_POST),
    Door("people:deactivate", ADMINISTRATOR, at=lambda world: [world.owner.pk], methods=GET_POST),
    Door("people:appoint", ADMINISTRATOR, at=of_owner("post", "code"), methods=GET_POST),
    Door("people:give_role", ADMINISTRATOR, at=of_owner("post", "code"), methods=GET_POST),
    Door("people:end_holding", ADMINISTRATOR, at=lambda world: [world.holding.pk], methods=GET_POST),
    Door("people:end_role", ADMINISTRATOR, at=lambda world: [world.role.pk], methods=GET_POST),
]

OWNER = frozenset({"owner"})
REGISTERS = [
    door
    for room, thing in [("assets", "asset"), ("risks", "risk")]
    for door in [
        Door(f"{room}:list", READERS | UNIT_READERS),
        Door(
            f"{room}:{thing}",
            READERS | OWNER,
            at=of_owner(thing, "reference"),
            others=HIDDEN,
            refused=SHUT_OUT,
        ),
        Door(
            f"{room}:edit",
            KEEPERS | OWNER,
            at=of_owner(thing, "reference"),
            methods="GET" if room == "assets" else GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | SHUT_OUT,
        ),
    ]
]

LIST_READERS = READERS | UNIT_READERS | ADMINISTRATOR
LIST_KEEPERS = KEEPERS | ADMINISTRATOR


def a_place(world: World) -> list[Any]:
    """Where the owner's asset is kept."""
    return [world.owner.asset.reference, world.keeping.pk]


ASSETS = [
    Door("assets:lists", LIST_READERS),
    Door("assets:locations", LIST_READERS),
    Door("assets:systems", LIST_READERS),
    Door("assets:entries", LIST_READERS, at=lambda world: ["marking"]),
    Door("assets:list_entry", LIST_READERS, at=lambda world: ["location", world.keeping.location_id]),
    Door("assets:new_entry", LIST_KEEPERS, at=lambda world: ["function"], methods=GET_POST),
    *(
        Door(
            f"assets:{name}_entry",
            LIST_KEEPERS,
            at=lambda world: ["location", world.keeping.location_id],
            methods=GET_POST,
        )
        for name in ("change", "retire")
    ),
    *(
        Door(
            f"assets:{name}_place",
            KEEPERS | OWNER,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | SHUT_OUT,
        )
        for name, at in [("add", of_owner("asset", "reference")), ("change", a_place), ("remove", a_place)]
    ),
    Door("assets:new", KEEPERS | UNIT_READERS, methods=GET_POST),
    Door(
        "assets:edit_section",
        KEEPERS | OWNER,
        at=lambda world: [world.owner.asset.reference, "identity"],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "assets:state",
        KEEPERS | OWNER,
        at=of_owner("asset", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
]


def version(number: int) -> Callable[["World"], list[Any]]:
    """The owner's asset and one of its versions."""

    def found(world: World) -> list[Any]:
        kept = Asset.history.filter(id=world.owner.asset.pk).order_by("history_id")
        return [world.owner.asset.reference, kept[number].history_id]

    return found


def an_issue(world: World) -> list[Any]:
    """An issue with the data of the owner's asset."""
    return [world.issue.reference]


def a_rule(world: World) -> list[Any]:
    """A rule for the data of the owner's asset."""
    return [world.owner.asset.reference, world.issue.rule.pk]


CHANGES = [
    Door("assets:change", READERS | OWNER, at=version(0), others=HIDDEN, refused=SHUT_OUT),
    Door(
        "assets:undo",
        KEEPERS | OWNER,
        at=version(1),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
]

REGISTER = [
    Door("assets:bulk", KEEPERS, at=lambda world: [], case="nothing chosen", open=400),
    Door("assets:bulk_check", KEEPERS, methods="POST"),
    Door("assets:bulk_do", KEEPERS, methods="POST"),
    Door("assets:columns", READERS | UNIT_READERS, methods="POST"),
    Door("assets:views", READERS | UNIT_READERS, methods=GET_POST),
    Door(
        "assets:remove_view",
        frozenset({"owner"}),
        at=lambda world: [world.view.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "assets:remove_view",
        KEEPERS | {"owner"},
        at=lambda world: [world.shared_view.pk],
        methods=GET_POST,
        case="shared",
    ),
    Door(
        "assets:of_unit",
        READERS | UNIT_READERS,
        at=lambda world: [world.owner.post.unit.code],
        open=ELSEWHERE,
    ),
]

QUALITY = [
    Door("assets:duplicates", READERS | UNIT_READERS),
    Door("assets:quality", READERS | UNIT_READERS),
    Door("assets:quality_issue", READERS | OWNER, at=an_issue, others=HIDDEN, refused=SHUT_OUT),
    Door(
        "assets:end_issue",
        KEEPERS | OWNER,
        at=an_issue,
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    *(
        Door(
            f"assets:{name}",
            KEEPERS | OWNER,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | SHUT_OUT,
        )
        for name, at in [
            ("log_issue", of_owner("asset", "reference")),
            ("kinship", of_owner("asset", "reference")),
            ("add_rule", of_owner("asset", "reference")),
            ("change_rule", a_rule),
        ]
    ),
]


def of_activity(*more: Any) -> Callable[["World"], list[Any]]:
    """The owner's processing activity, and what follows it in the address."""
    return lambda world: [world.activity.reference, *more]


def a_transfer(world: World) -> list[Any]:
    """A row of the owner's activity."""
    return [world.activity.reference, "transfers", world.transfer.pk]


def to_keep(name: str, at: Callable[["World"], list[Any]], methods: str = GET_POST) -> Door:
    """What owners and keepers do with an activity, and other readers do not."""
    refused = READERS - KEEPERS | SHUT_OUT
    return Door(f"assets:{name}", KEEPERS | OWNER, at=at, methods=methods, others=HIDDEN, refused=refused)


def of_dpia(*more: Any) -> Callable[["World"], list[Any]]:
    """The DPIA of the owner's activity, and what follows it in the address."""
    return lambda world: [world.dpia_risk.dpia.reference, *more]


def to_advise(name: str, at: Callable[["World"], list[Any]]) -> Door:
    """What the data protection officer and the Caldicott Guardian do, and nobody else."""
    advisers = frozenset({"dpo", "caldicott_guardian"})
    refused = READERS | OWNER | SHUT_OUT
    return Door(f"assets:{name}", advisers, at=at, methods=GET_POST, others=HIDDEN, refused=refused)


PROCESSING = [
    Door("assets:activities", READERS | UNIT_READERS),
    Door("assets:new_activity", KEEPERS | OWNERS | {"iao", "iaa"}, methods=GET_POST),
    Door("assets:activity", READERS | OWNER, at=of_activity(), others=HIDDEN, refused=SHUT_OUT),
    to_keep("edit_activity", of_activity("lawfulness")),
    to_keep("go_live", of_activity()),
    to_keep("end_activity", of_activity()),
    to_keep("new_row", of_activity("controllers")),
    to_keep("change_row", a_transfer),
    to_keep("remove_row", a_transfer, "POST"),
    to_keep("screening", of_activity()),
    to_keep("begin_dpia", of_activity(), "POST"),
    to_advise("advise_activity", of_activity()),
    Door("assets:dpias", READERS | UNIT_READERS),
    Door("assets:dpia", READERS | OWNER, at=of_dpia(), others=HIDDEN, refused=SHUT_OUT),
    to_keep("dpia_step", of_dpia("need")),
    to_keep("new_dpia_risk", of_dpia()),
    to_keep("change_dpia_risk", lambda world: [world.dpia_risk.dpia.reference, world.dpia_risk.pk]),
    to_keep("check_dpia", of_dpia()),
    to_keep("take_back_dpia", of_dpia(), "POST"),
    to_advise("advise_dpia", of_dpia()),
    Door(
        "assets:sign_off_dpia",
        frozenset({"siro"}) | OWNER,
        at=of_dpia(),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS | SHUT_OUT,
    ),
]

ACTIONS = [
    Door("actions:plans", READERS | UNIT_READERS),
    Door(
        "actions:plan",
        READERS | OWNER,
        at=lambda world: [world.owner.action.plan.code],
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "actions:action", READERS | OWNER, at=of_owner("action", "reference"), others=HIDDEN, refused=SHUT_OUT
    ),
    Door(
        "actions:report",
        KEEPERS | OWNER,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:correct",
        KEEPERS,
        at=lambda world: [world.owner.action.reference, world.update.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door("figures:figures", EVERYBODY),
    Door("figures:figure", READERS | UNIT_READERS, at=lambda world: ["actions.total"]),
]

COMMITTEES = [
    Door("committees:papers", PAPER_READERS),
    Door("committees:new_body", PAPER_WRITERS, methods=GET_POST),
    Door("committees:new_meeting", PAPER_WRITERS, methods=GET_POST),
    Door("committees:new_paper", PAPER_WRITERS, methods=GET_POST),
    Door("committees:paper", DRAFT_READERS, at=paper("draft"), case="draft", others=HIDDEN),
    Door("committees:paper", PAPER_READERS, at=paper("issued"), case="issued", others=HIDDEN),
    Door("committees:paper", PAPER_READERS, at=paper("past"), case="before the product", others=HIDDEN),
    Door("committees:paper_state", PAPER_READERS, at=paper("issued"), open=ELSEWHERE, others=HIDDEN),
    Door("committees:paper_pdf", PAPER_READERS, at=paper("past"), case="made", others=HIDDEN),
    Door("committees:paper_pdf", NOBODY, at=paper("issued"), case="not made yet", others=HIDDEN),
    Door(
        "committees:published_figure",
        PAPER_READERS,
        at=lambda world: [world.issued.pk, world.issued.figures.first().position],
        others=HIDDEN,
    ),
    Door(
        "committees:edit_paper",
        PAPER_WRITERS,
        at=paper("draft"),
        case="draft",
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:edit_paper",
        NOBODY,
        at=paper("issued"),
        case="issued",
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door(
        "committees:new_section",
        PAPER_WRITERS,
        at=paper("draft"),
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:edit_section",
        PAPER_WRITERS,
        at=lambda world: [world.draft.pk, world.draft.sections.get().pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:delete_paper",
        PAPER_WRITERS,
        at=paper("draft"),
        case="draft",
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:delete_paper",
        NOBODY,
        at=paper("issued"),
        case="issued",
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door(
        "committees:issue_paper",
        frozenset({"committee_officer"}),
        at=paper("draft"),
        case="draft",
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:issue_paper",
        PAPER_READERS,
        at=paper("issued"),
        case="issued",
        methods=GET_POST,
        open=ELSEWHERE,
        others=HIDDEN,
    ),
    Door(
        "committees:render_again",
        frozenset({"committee_officer"}),
        at=paper("issued"),
        methods="POST",
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
]

EXCHANGE = [
    Door("exchange:export", READERS | UNIT_READERS, at=lambda world: ["assets", "csv"], case="assets"),
    Door("exchange:export", READERS | UNIT_READERS, at=lambda world: ["risks", "xlsx"], case="risks"),
    Door("exchange:imports", KEEPERS),
    Door("exchange:upload", KEEPERS, methods=GET_POST),
    Door("exchange:match", KEEPERS, at=batch("checked"), case="open", methods=GET_POST),
    Door("exchange:match", KEEPERS, at=batch("committed"), case="done", methods=GET_POST, open=ELSEWHERE),
    Door("exchange:where", KEEPERS, at=batch("checked"), methods=GET_POST),
    Door("exchange:batch", KEEPERS, at=batch("checked")),
    Door("exchange:choose", KEEPERS, at=batch("checked"), methods="POST"),
    Door("exchange:commit", KEEPERS, at=batch("checked"), methods="POST"),
    Door("exchange:undo", KEEPERS, at=batch("committed"), case="done", methods=GET_POST),
    Door("exchange:undo", KEEPERS, at=batch("checked"), case="open", methods=GET_POST, open=ELSEWHERE),
    Door("exchange:abandon", KEEPERS, at=batch("checked"), methods="POST"),
    Door("exchange:errors", KEEPERS, at=batch("checked")),
]

SCHEDULE = [
    *(Door(f"assets:{name}", READERS | UNIT_READERS)
      for name in ("schedule", "holds", "due", "over_retained", "disposals")),
    Door("assets:rule", READERS | UNIT_READERS, at=lambda world: [world.retention_rule.code]),
    Door("assets:new_rule", KEEPERS, methods=GET_POST),
    Door("assets:edit_rule", KEEPERS, at=lambda world: [world.retention_rule.code], methods=GET_POST),
    Door("assets:place_hold", KEEPERS, methods=GET_POST),
    *(
        Door(name, READERS | OWNER, at=at, others=HIDDEN, refused=SHUT_OUT)
        for name, at in [
            ("assets:hold", lambda world: [world.hold.reference]),
            ("assets:disposal", lambda world: [world.proposed.reference]),
            ("assets:certificate", lambda world: [world.carried_out.reference]),
        ]
    ),
    *(
        Door(name, opens_to, at=at, methods=GET_POST, others=HIDDEN,
             refused=READERS - opens_to | OWNER - opens_to | SHUT_OUT)
        for name, opens_to, at in [
            ("assets:widen_hold", KEEPERS, lambda world: [world.hold.reference]),
            ("assets:lift_hold", KEEPERS, lambda world: [world.hold.reference]),
            ("assets:propose_disposal", KEEPERS | OWNER, of_owner("asset", "reference")),
            ("assets:decide_disposal", OWNER | {"records_manager"}, lambda world: [world.proposed.reference]),
            ("assets:carry_out_disposal", KEEPERS | OWNER, lambda world: [world.agreed.reference]),
        ]
    ),
]  # fmt: skip

DOORS: list[Door] = [
    *CORE, *SIGNING_IN, *PEOPLE, *REGISTERS, *REGISTER, *ASSETS, *CHANGES, *QUALITY, *SCHEDULE, *ACTIONS,
    *COMMITTEES,
    *EXCHANGE, *PROCESSING,
]  # fmt: skip


def asked(world: World) -> Any:
    """The owner's service, asked by a campaign."""
    day = date(2016, 1, 31)
    campaign, _ = Campaign.objects.get_or_create(title="Round", from_on=day, until_on=day)
    return campaign.services.get_or_create(unit=world.owner.asset.unit)[0]


def sampled(world: World) -> Any:
    """An answer of the owner's, drawn for checking."""
    owner, officer = world.owner, world.cast["ig_officer"]
    if found := SampledAnswer.objects.filter(attestation__asset=owner.asset).first():
        return found
    attested(owner.asset, by=owner)
    return samples.draw(from_on=today(), until_on=today(), size=1, by=officer).answers.get()


ATTESTATION = [
    Door("assets:mine", READERS | UNIT_READERS),
    Door(
        "assets:confirm",
        OWNER,
        at=of_owner("asset", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS | SHUT_OUT,
    ),
    Door("assets:attestation", READERS | UNIT_READERS),
    Door("assets:attestation_periods", KEEPERS, methods=GET_POST),
    Door("assets:campaigns", READERS | UNIT_READERS),
    Door("assets:new_campaign", KEEPERS, methods=GET_POST),
    Door("assets:campaign", READERS | UNIT_READERS, at=lambda world: [asked(world).campaign_id]),
    Door("assets:chase", KEEPERS, at=lambda world: [asked(world).pk], methods="POST", open=ELSEWHERE),
    Door(
        "assets:return_nil",
        OWNER,
        at=lambda world: [asked(world).pk],
        methods="POST",
        open=ELSEWHERE,
        others=HIDDEN,
        refused=READERS | SHUT_OUT,
    ),
    Door("assets:samples", READERS),
    Door("assets:draw_sample", KEEPERS, methods=GET_POST),
    Door("assets:sample", READERS, at=lambda world: [sampled(world).sample_id]),
    Door(
        "assets:check_answer",
        KEEPERS,
        at=lambda world: [sampled(world).pk],
        methods=GET_POST,
    ),
    Door("assets:position", READERS | UNIT_READERS),
    Door(
        "assets:sign_position",
        frozenset({"iao", "director_approver", "siro"}) | OWNERS,
        at=lambda world: [2020],
        methods=GET_POST,
    ),
]
SHARING_READERS = READERS | UNIT_READERS


def reference_of(thing: str) -> Callable[[World], list[Any]]:
    """The address of something of the owner's in the registers of sharing and openness."""
    return lambda world: [getattr(world, thing).reference]


def link_of(thing: str, links: str) -> Callable[[World], list[Any]]:
    """The address of a row of such a thing."""
    return lambda world: [
        getattr(world, thing).reference,
        getattr(getattr(world, thing), links).first().pk,
    ]


def kept_by_owner(name: str, at: Callable[[World], list[Any]]) -> Door:
    """What the owner's post keeps: others who see it are refused, and others do not see it."""
    seen = READERS - KEEPERS | SHUT_OUT
    return Door(name, KEEPERS | OWNER, at=at, methods=GET_POST, others=HIDDEN, refused=seen)


def seen_by_readers(name: str, thing: str) -> Door:
    """The page of something of the owner's."""
    return Door(name, READERS | OWNER, at=reference_of(thing), others=HIDDEN, refused=SHUT_OUT)


def a_partner(world: World) -> list[Any]:
    """A partner, whom every reader of sharing sees."""
    return [world.contract.processor.code]


ADDERS = KEEPERS | {"iao", "iaa"} | OWNERS
SHARING = [
    Door("assets:sharing", SHARING_READERS),
    Door("assets:new_agreement", ADDERS, methods=GET_POST),
    Door("assets:sharing_periods", KEEPERS, methods=GET_POST),
    seen_by_readers("assets:agreement", "agreement"),
    seen_by_readers("assets:agreement_json", "agreement"),
    kept_by_owner("assets:edit_agreement", lambda world: [world.agreement.reference, "dates"]),
    kept_by_owner("assets:add_party", reference_of("agreement")),
    kept_by_owner("assets:sign_agreement", link_of("agreement", "partner_links")),
    kept_by_owner("assets:remove_party", link_of("agreement", "partner_links")),
    kept_by_owner("assets:cover", reference_of("agreement")),
    kept_by_owner("assets:uncover", link_of("agreement", "asset_links")),
    Door("assets:contracts", SHARING_READERS),
    Door("assets:new_contract", ADDERS, methods=GET_POST),
    seen_by_readers("assets:contract", "contract"),
    kept_by_owner("assets:edit_contract", reference_of("contract")),
    kept_by_owner("assets:review_contract", reference_of("contract")),
    kept_by_owner("assets:add_handled", reference_of("contract")),
    kept_by_owner("assets:remove_handled", link_of("contract", "asset_links")),
    Door("assets:partners", SHARING_READERS),
    Door("assets:new_partner", KEEPERS, methods=GET_POST),
    Door("assets:partner", SHARING_READERS, at=a_partner),
    Door("assets:edit_partner", KEEPERS, at=a_partner, methods=GET_POST),
    Door("assets:rename_partner", KEEPERS, at=a_partner, methods=GET_POST),
    Door("assets:transparency", SHARING_READERS),
    Door("assets:new_obligation", KEEPERS, methods=GET_POST),
    seen_by_readers("assets:obligation", "obligation"),
    kept_by_owner("assets:edit_obligation", reference_of("obligation")),
    kept_by_owner("assets:publish_obligation", reference_of("obligation")),
    kept_by_owner("assets:unpublish_obligation", link_of("obligation", "publications")),
    Door("public:register", EVERYBODY, public=True),
    Door("public:catalogue", EVERYBODY, public=True),
    Door("public:asset", EVERYBODY, at=lambda world: [world.opened.reference], public=True),
    Door("public:asset", NOBODY, at=of_owner("asset", "reference"), open=HIDDEN, public=True,
         case="not public"),
    Door("exchange:public_assets", EVERYBODY, public=True),
]  # fmt: skip

DOORS += ATTESTATION + SHARING


def a_digest(world: World) -> list[Any]:
    """A mail to the owner."""
    found, _ = Digest.objects.get_or_create(
        person=world.owner,
        day=date(2016, 1, 31),
        defaults={"post": "Owner", "address": world.owner.email, "subject": "A", "body": "B", "items": []},
    )
    return [found.pk]


OVERSEERS = KEEPERS | {"internal_auditor"}
REMINDERS = [
    Door("reminders:digests", OVERSEERS),
    Door("reminders:mine", EVERYBODY, methods=GET_POST),
    Door("reminders:digest", OVERSEERS | OWNER, at=a_digest, others=HIDDEN),
    Door("reminders:again", KEEPERS, at=a_digest, methods="POST", open=ELSEWHERE),
]
DOORS += REMINDERS

HAND_OVER = [
    Door("dashboards:hand_overs", EVERYBODY),
    Door("dashboards:hand_over", KEEPERS | OWNER, at=of_owner("post", "code"), methods=GET_POST),
]
DOORS += HAND_OVER
