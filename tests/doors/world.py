"""The cast, and something behind every address."""

from collections.abc import Generator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from actions.models import ActionArea, ActionIncident, ActionReplacement, ActionRisk, Status
from actions.services.completions import approve
from assets.models import Asset, Marking
from governance.committees import services
from governance.committees.models import Rendering
from governance.core.dates import today
from governance.exchange.importing import commit
from governance.people.models import PostHolding, RoleAssignment, SavedView
from tests.actions.claims import a_claim, found
from tests.actions.factories_extensions import asked
from tests.actions.factories_order import AssuranceFactory, NeedFactory
from tests.actions.factories_overlap import overlap_of
from tests.actions.factories_sight import MilestoneFactory
from tests.actions.maturity import AFTER, a_model, assessed
from tests.actions.moving import approved_by_a_body, move
from tests.assets.factories import KeepingFactory
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
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory, restated
from tests.committees.factories_bodies import (
    AttendanceFactory,
    MinutesFactory,
    PeriodFactory,
    PublicationRuleFactory,
    QuestionFactory,
    ReportingLineFactory,
    SeatFactory,
)
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of
from tests.factories import ActionAssetFactory, ActionFactory, AssetFactory, UserFactory
from tests.risks.factories_incident import (
    IncidentAssetFactory,
    IncidentFactory,
    IncidentPostFactory,
    IncidentRiskFactory,
    NoticeFactory,
)


class World:
    """The cast, and something behind every address. Owners have an asset, a risk and an action each."""

    def __init__(self) -> None:
        self.cast = assemble()
        self.browsers = {who: signed_in(person) for who, person in self.cast.items()} | {"stranger": Client()}
        self.owner, self.other_owner = self.cast["owner"], self.cast["other_owner"]
        Asset.objects.filter(pk=self.owner.asset.pk).update(description="Changed once")
        self.issue = QualityIssueFactory(asset=self.owner.asset, with_rule=True)
        # The owner has a second one, so that something can be linked to what they have.
        self.second_asset = AssetFactory(owner=self.owner.post)
        self.make_disposals()
        self.agreement = AgreementPartnerFactory(agreement__owner=self.owner.post).agreement
        AgreementAssetFactory(agreement=self.agreement, asset=self.owner.asset)
        self.contract = ContractAssetFactory(contract__owner=self.owner.post, asset=self.owner.asset).contract
        self.obligation = PublicationFactory(obligation__owner=self.owner.post).obligation
        self.make_incident()
        self.make_maturity()
        self.opened = AssetFactory(publish="publish", marking=Marking.objects.get(code="official"))
        self.activity = ActivityFactory(owner=self.owner.post, transfers_abroad=True)
        self.transfer = TransferFactory(activity=self.activity)
        self.dpia_risk = DpiaRiskFactory(dpia=DpiaFactory(activity=self.activity))
        for entry, change in (
            (self.activity, {"source": "The people"}),
            (self.dpia_risk.dpia, {"need": "Much"}),
        ):
            type(entry).objects.filter(pk=entry.pk).update(**change)
        self.holding = PostHolding.objects.get(post=self.owner.post)
        self.role = RoleAssignment.objects.get(post=self.owner.post)
        self.update = self.owner.action.updates.get()
        self.overlap = overlap_of(self.owner.action, self.other_owner.action)
        self.approved_by_body = approved_by_a_body(self.owner.action)
        approved = approved_by_a_body(a_claim())
        self.approval = approve(approved, found(decision="Minute 4"), by=UserFactory())
        gone = ActionFactory(owner=self.owner.post)
        gone.report(Status.WITHDRAWN, effective_on=today(), by=self.owner, why="Not needed")
        self.replacement = ActionReplacement.objects.create(action=gone, replacement=self.other_owner.action)
        self.moved = move(self.owner.action, date(2099, 1, 1))
        self.more_time = asked(self.owner.action, by=self.owner, due_on=date(2100, 1, 1))
        self.concern = ActionAssetFactory(action=self.owner.action, asset=self.owner.asset)
        self.milestone = MilestoneFactory(plan=self.owner.action.plan)
        self.batches = {"checked": self.file("one.csv"), "committed": self.file("two.csv")}
        commit(self.batches["committed"].pk)
        self.assurance = AssuranceFactory(plan=self.owner.action.plan)
        self.need = NeedFactory(action=self.owner.action)
        self.keeping = KeepingFactory(asset=self.owner.asset)
        self.view, self.shared_view = (
            SavedView.objects.create(
                person=self.owner, register="assets", name=name, is_shared=name == "Ours"
            )
            for name in ("Mine", "Ours")
        )
        self.draft = self.paper()
        self.make_sittings()
        self.issued = self.paper()
        services.issue(self.issued, by=self.cast["committee_officer"])
        self.restatement = restated(self.issued)
        self.failed = self.paper()
        services.issue(self.failed, by=self.cast["committee_officer"])
        self.make_two_parts()
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

    def make_two_parts(self) -> None:
        """A draft with a mark. An issued paper of which two sections were withheld and one is published."""
        self.marked = self.paper()
        section = self.marked.sections.create(position=2, heading="Prices")
        self.mark = mark(self.marked, section=section)
        self.in_two_parts = self.paper()
        for position in (2, 3):
            section = self.in_two_parts.sections.create(position=position, heading=f"Prices {position}")
            mark(self.in_two_parts, section=section)
        services.issue(self.in_two_parts, by=self.cast["committee_officer"])
        self.exempt = self.in_two_parts.exemptions.last()
        officer = self.cast["monitoring_officer"]
        said = {"decided": "officer", "resolution": None, "reason": "The contract was signed"}
        services.lift(self.in_two_parts.exemptions.first(), by=officer, **said)
        for made in self.in_two_parts.renderings.exclude(edition=None).filter(format="pdf"):
            Rendering.claim(made.pk, lease=timedelta(minutes=5)).finish(b"%PDF-1.7")

    def make_sittings(self) -> None:
        """A body with a seat and a line; its meeting with somebody expected, a question and draft minutes."""
        self.seat = SeatFactory(body=self.draft.meeting.body)
        self.line = ReportingLineFactory(body=self.draft.meeting.body)
        self.attendance = AttendanceFactory(meeting=self.draft.meeting)
        self.question = QuestionFactory(meeting=self.draft.meeting)
        MinutesFactory(meeting=self.draft.meeting)
        self.rule, self.period = PublicationRuleFactory(), PeriodFactory()

    def make_disposals(self) -> None:
        """One at each stage, of the owner's asset or a part of it, under a rule; then a hold on it."""
        asset = self.owner.asset
        self.retention_rule = RuleFactory()
        self.proposed = DisposalFactory(asset=asset)
        self.agreed = DisposalFactory(asset=asset, part="The annexes", agreed=True)
        self.carried_out = DisposalFactory(asset=asset, part="The old files", carried_out=True)
        self.hold = HoldFactory(assets=[asset])

    def make_maturity(self) -> None:
        """Two assessments by a model, of which an action of the owner improves an area."""
        model = a_model()
        self.matured_before, self.matured = assessed(model, [2, 3]), assessed(model, [3, 3], on=AFTER)
        self.improves = ActionArea.objects.create(action=self.owner.action, area=model.areas.first())

    def make_incident(self) -> None:
        """One that the owner reported, with everything that can hang on it."""
        self.incident = IncidentFactory(reported_by=self.owner)
        NoticeFactory(incident=self.incident)
        IncidentAssetFactory(incident=self.incident, asset=self.owner.asset)
        IncidentRiskFactory(incident=self.incident, risk=self.owner.risk)
        IncidentPostFactory(incident=self.incident)
        self.treats = ActionRisk.objects.create(action=self.owner.action, risk=self.owner.risk)
        self.follows = ActionIncident.objects.create(action=self.owner.action, incident=self.incident)

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
