"""Papers for committees. A draft is worked on; an issued paper never changes (sql/paper.sql refuses it)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from actions.models import ActionPlan
from governance.committees.models.body import Body
from governance.committees.models.kind import PaperKind
from governance.committees.models.meeting import Meeting
from governance.committees.models.placing import Placed, place_among
from governance.committees.models.readers import DRAFT_READERS, reads_issued
from governance.committees.models.template import Asking, PaperTemplate
from governance.core.dates import long_date, today
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from governance.people.models import User


PUBLIC = "public"
WITHDRAWN = "paper"  # how far a tombstone reaches: the paper itself, and not its public page alone


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All for those who make papers or answer for them, issued ones for those they are sent to, and those
        sent to a post of the person for clearance."""
        if person.holds(*DRAFT_READERS):
            return self.all()
        sent = Q(pk__in=Paper.objects.sent_to(person).order_by().values("pk"))
        return self.filter(sent | Q(state=Paper.State.ISSUED) if reads_issued(person) else sent)

    def sent_to(self, person: User) -> Self:
        """Papers sent for clearance to a post that the person holds today."""
        return self.filter(clearers__post__in=person.posts(), clearers__sendings__isnull=False)

    def locked(self) -> Self:
        """Papers with their rows locked to the end of the transaction.

        Whoever writes to a paper or a part of it takes this lock before anything else. The triggers take the
        lock of the registers at the first write, and issuing takes the two in this order: the other way round
        two people would wait for each other.
        """
        return self.select_for_update(of=("self",))

    def issued(self) -> Self:
        """Papers that have left the house."""
        return self.filter(state=Paper.State.ISSUED)

    def served(self) -> Self:
        """Those that nobody withdrew: what a later paper may compare itself with."""
        return self.issued().exclude(takedown__reach=WITHDRAWN)

    def public(self) -> Self:
        """Those that are for everybody, from the day on which they are published: to a body that meets in
        public, and not of a meeting that was cancelled before that day. What a meeting leaves that is
        cancelled later is out already; its history knows until when it stood."""
        ours = self.filter(origin=Paper.Origin.PRODUCT, publication_status__iexact=PUBLIC)
        ours = ours.exclude(meeting__body__kind__in=Body.IN_PRIVATE)
        called = Meeting.history.exclude(state=Meeting.State.CANCELLED).filter(id=OuterRef("meeting"))
        out_by_then = Exists(called.filter(history_until__date__gte=OuterRef("published_on")))
        return ours.filter(~Q(meeting__state=Meeting.State.CANCELLED) | out_by_then)

    def published(self, on: date) -> Self:
        """Those that anybody may read on that day, also where a tombstone stands in their place. What left
        the agenda before it was out is not published; what left it later is out already."""
        out = self.public().issued().filter(published_on__lte=on)
        return out.exclude(agenda_item__withdrawn_on__lte=F("published_on"))

    def for_list(self) -> Self:
        """Everything a row of the list shows, in two queries; the latest meeting first."""
        shown = self.select_related("meeting__body", "issue", "takedown")
        shown = shown.prefetch_related("meeting__body__former_names")
        return shown.order_by("-meeting__held_on", "meeting__body__name", "title")


class Paper(Recorded):
    """A progress report on one or more plans to a meeting, with three dates: frozen, published, meeting.

    With `tells_risks` and `tells_maturity` it gives those figures of the whole council too; with
    `tells_movement` what moved on each plan since the last paper, by reference; with `tells_union` its plans
    counted together. With `tells_restatements` it lists every figure told to its body that is known
    otherwise, and not only what is told by itself.
    """

    class State(models.TextChoices):
        """A draft can be changed; an issued paper cannot."""

        DRAFT = "draft", "Draft"
        ISSUED = "issued", "Issued"

    class Origin(models.TextChoices):
        """Whether the figures were frozen here, or copied from a paper that is older than the product."""

        PRODUCT = "product", "Issued by Custodian"
        BEFORE = "before the product", "Issued before the product"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=PaperKind, default=PaperKind.PROGRESS)
    template = models.ForeignKey(
        PaperTemplate, models.PROTECT, null=True, editable=False, related_name="papers"
    )
    title = models.CharField(max_length=300)
    report_of = models.CharField("report of", max_length=200, blank=True, default="")
    wards = models.CharField("ward(s) affected", max_length=200, blank=True, default="All")
    key_decision = models.BooleanField("is this a key decision?", default=False)
    director_approving = models.CharField(
        "director approving submission", max_length=200, blank=True, default=""
    )
    cabinet_member = models.CharField("name of Cabinet Member", max_length=200, blank=True, default="")
    publication_status = models.CharField(max_length=100, default="Public")
    security_marking = models.CharField(max_length=50, blank=True, default="")
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        editable=False,
        verbose_name="the same report to another body before",
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="errata",
        editable=False,
        verbose_name="the issued paper that it corrects",
    )
    as_at = models.DateField("figures as at", null=True, blank=True)
    published_on = models.DateField("to be published on", null=True, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT, editable=False)
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.PRODUCT, editable=False)
    created_by = models.ForeignKey("people.User", models.PROTECT, related_name="papers", editable=False)
    tells_risks = models.BooleanField("figures of information risks", default=False)
    tells_movement = models.BooleanField("what moved on the plans, by reference", default=False)
    tells_union = models.BooleanField("the plans counted together", default=False)
    tells_maturity = models.BooleanField("figures of maturity", default=False)
    tells_restatements = models.BooleanField("every figure restated since", default=False)
    # Set by governance.committees.states.with_state()
    asked: list[str]
    considered: bool
    is_corrected: bool
    clearances: list[dict[str, Any]]  # {"part": "finance", "sent": 1, "given": true}

    plans = models.ManyToManyField(ActionPlan, through="PaperPlan", related_name="papers")

    objects = PaperQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-meeting__held_on", "title"]
        constraints = [
            models.CheckConstraint(name="paper_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(name="paper_kind_is_known", condition=Q(kind__in=PaperKind.values)),
            models.CheckConstraint(name="paper_state_is_known", condition=Q(state__in=["draft", "issued"])),
            models.CheckConstraint(
                name="paper_origin_is_known", condition=Q(origin__in=["product", "before the product"])
            ),
            models.CheckConstraint(
                name="issued_paper_has_its_dates",
                condition=Q(state="draft")
                | Q(as_at__isnull=False) & (Q(published_on__isnull=False) | Q(origin="before the product")),
            ),
            models.CheckConstraint(name="paper_follows_another", condition=~Q(follows=F("id"))),
            models.CheckConstraint(
                name="paper_is_published_after_its_figures",
                condition=Q(published_on=None) | Q(as_at=None) | Q(published_on__gte=F("as_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return reverse("committees:paper", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """May it still be changed?"""
        return self.state == self.State.DRAFT

    @property
    def standing(self) -> str:
        """Draft, being cleared, cleared, issued, considered or withdrawn. For papers of with_state()."""
        if self.is_withdrawn:
            return "Withdrawn"
        if not self.is_draft:
            before = self.origin == self.Origin.BEFORE
            said = "Issued before the product" if before else "Considered" if self.considered else "Issued"
            return f"{said}, corrected by an erratum" if self.is_corrected else said
        approving = [each for each in self.clearances if each["part"] != "contributor"]
        if not any(each["sent"] for each in approving):
            return "Draft"
        missing = set(self.asked) - {each["part"] for each in self.clearances}
        whole = not missing and all(each["given"] for each in approving)
        return "Cleared" if whole else "Being cleared"

    @property
    def stands(self) -> str:
        """The same as lists show it: where nobody has minuted what came of it, with the day of the meeting
        that is over."""
        meeting, said = self.meeting, self.standing
        took_place = meeting.state in Meeting.TOOK_PLACE
        if said.startswith("Issued") and took_place and meeting.held_on < today():
            return f"{said}; the meeting was on {long_date(meeting.held_on)}"
        return said

    def has_cleared(self, part: str) -> bool:
        """Has everybody cleared it who does so as this, or is nobody asked to? A paper for which nobody is
        named, and whose form asks for nobody, is cleared by none. For papers of with_state()."""
        parts = {*self.asked, *(each["part"] for each in self.clearances)}
        own = [each for each in self.clearances if each["part"] == part]
        if part in self.asked or own or not parts:
            return bool(own) and all(each["given"] for each in own)
        return True

    @property
    def is_withdrawn(self) -> bool:
        """Does a tombstone stand in its place? Lists ask for it with the paper (`for_list`)."""
        tombstone = getattr(self, "takedown", None)
        return tombstone is not None and tombstone.is_of_the_paper

    def may_tell_of(self, body: Body) -> bool:
        """May it say what a body asked for or resolved? What was in private stays with the body that did it,
        and with officers where officers did."""
        own = self.meeting.body
        officers = body.kind == own.kind == Body.Kind.OFFICER_BOARD
        return body == own or body.kind not in Body.IN_PRIVATE or officers

    @property
    def tells_of_council(self) -> bool:
        """Has it figures of the whole council, so that it needs no plan?"""
        return self.tells_risks or self.tells_maturity

    def make_room(self, section: PaperSection, place: int) -> None:
        """Give a section its place (1 is the first, beyond the end is the last), and number the others around
        it in one UPDATE. The paper's row is locked; the section itself is left to be saved.
        """
        Paper.objects.locked().get(pk=self.pk)
        place_among(self.sections.all(), section, place)


class PaperPlan(Recorded):
    """A plan that a paper reports on."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="plan_links")
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="paper_links")
    position = models.PositiveSmallIntegerField(default=1)

    history = History()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="paper_reports_on_a_plan_once", fields=["paper", "plan"])]

    def __str__(self) -> str:
        return f"{self.paper}: {self.plan}"


class PaperSection(Placed, Asking, Recorded):
    """A heading of the paper and what the author wrote under it.

    `number` is printed as typed ("2.1"); an unnumbered section belongs to the front sheet. The text is plain:
    paragraphs, lines that begin with "- ", and alone on a line {{summary}}, {{movement}} or {{waiting}}
    (with the code of a plan behind it, if only that plan is meant), where sentences made from the ledger go,
    or {{outstanding}} and {{assurances}}, where the lists of what the body waits for and was assured of go.
    """

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=10, blank=True, default="")
    heading = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")

    history = History()
    WORDS: ClassVar = ("number", "heading", "text")

    class Meta:
        ordering = ["position"]
        constraints = [
            *Asking.Meta.constraints,
            models.UniqueConstraint(
                name="section_has_its_own_position",
                fields=["paper", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="section_has_a_heading", condition=~Q(heading="")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()
