"""The bodies that papers go to: what they are called, whom they report to, and who sits on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actions.models import ActionPlan
from governance.committees.models.readers import reads_issued
from governance.history.models import History, Recorded
from governance.people.models import Dated, DatedQuerySet, Post

if TYPE_CHECKING:
    from governance.people.models import User


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All, for those who read what bodies are given."""
        return self.all() if reads_issued(person) else self.none()

    def named(self) -> Self:
        """With their former names, so that a list of days asks for names once."""
        return self.prefetch_related("former_names")


class Body(Recorded):
    """A committee, the cabinet, a cabinet member who decides alone, a board of officers, or one outside."""

    class Kind(models.TextChoices):
        """What sort of body it is: the law on notice and publication differs between them."""

        COMMITTEE = "committee", "Committee"
        CABINET = "cabinet", "Cabinet"
        CABINET_MEMBER = "cabinet_member", "Cabinet member"
        COUNCIL = "council", "Full council"
        OFFICER_BOARD = "officer_board", "Officer board"
        TASK_GROUP = "task_group", "Task group"
        JOINT = "joint", "Joint body"
        OUTSIDE = "outside", "Outside body"
        OTHER = "other", "Other"

    IN_PRIVATE: ClassVar = (Kind.OFFICER_BOARD, Kind.TASK_GROUP, Kind.OUTSIDE)  # what it reads is not public

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.COMMITTEE)
    action_log = models.ForeignKey(
        ActionPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name="its own action log",
    )

    objects = BodyQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(name="body_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="body_kind_is_known",
                condition=Q(
                    kind__in=[
                        "committee", "cabinet", "cabinet_member", "council", "officer_board", "task_group",
                        "joint", "outside", "other",
                    ]
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The body's page."""
        return reverse("committees:body", args=[self.code])

    # Queries

    def name_on(self, day: date) -> str:
        """What it was called on that day. Asks nothing where the former names have been fetched."""
        then = [each for each in self.former_names.all() if each.until_on >= day]
        return min(then, key=lambda each: each.until_on).name if then else self.name

    # Facts

    @property
    def is_executive(self) -> bool:
        """Does it decide for the executive (SI 2012/2089)?"""
        return self.kind in (self.Kind.CABINET, self.Kind.CABINET_MEMBER)

    # Changes

    def rename(self, name: str, *, from_on: date) -> FormerName:
        """Call it so from that day; until the day before it keeps the name it has."""
        former = self.former_names.create(name=self.name, until_on=from_on - timedelta(days=1))
        self.name = name
        self.save(update_fields=["name"])
        return former


class FormerName(Recorded):
    """What a body was called until a day, the day included."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    until_on = models.DateField("until")

    history = History()

    class Meta:
        ordering = ["-until_on"]
        constraints = [
            models.UniqueConstraint(name="body_has_one_name_a_day", fields=["body", "until_on"]),
            models.CheckConstraint(name="former_name_is_said", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class ReportingLine(Recorded, Dated):
    """To whom a body answers, from when until when. It may answer to two."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="reports_to")
    above = models.ForeignKey(Body, models.PROTECT, related_name="reported_by", verbose_name="reports to")

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta(Dated.Meta):
        ordering = ["-from_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(name="body_reports_once_from_a_day", fields=["body", "above", "from_on"]),
            models.CheckConstraint(name="body_does_not_report_to_itself", condition=~Q(body=F("above"))),
        ]

    def __str__(self) -> str:
        return f"{self.body} reports to {self.above}"

    def loop(self) -> list[Body]:
        """The bodies through which `above` reports back to this body on some day of the line: the first is
        `above`, the last this body itself. Empty where there is no such day. One query.
        """
        above: dict[int, list[ReportingLine]] = {}
        for line in ReportingLine.objects.exclude(pk=self.pk).select_related("above"):
            above.setdefault(line.body_id, []).append(line)
        ways = [([self.above], self.from_on, self.until_on or date.max)]
        for way, first, last in ways:
            if way[-1] == self.body:
                return way
            for line in above.get(way[-1].pk, ()):
                begins, ends = max(first, line.from_on), min(last, line.until_on or date.max)
                if begins <= ends and line.above not in way:
                    ways.append(([*way, line.above], begins, ends))
        return []


class PostOrPortfolio(models.Model):
    """A place that a post takes, or a portfolio of a member that is no post here."""

    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    portfolio = models.CharField("portfolio or seat", max_length=200, blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_of_a_post_or_a_portfolio",
                condition=Q(post=None) & ~Q(portfolio="") | Q(post__isnull=False, portfolio=""),
            )
        ]

    @property
    def whose(self) -> str:
        """The post, or the portfolio, in words."""
        return str(self.post or self.portfolio)


class Seat(Recorded, Dated, PostOrPortfolio):
    """A place on a body, by post or portfolio, from when until when."""

    class Part(models.TextChoices):
        """What the holder does there."""

        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice-chair"
        MEMBER = "member", "Member"
        ADVISER = "adviser", "Adviser, without a vote"

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    part = models.CharField(max_length=10, choices=Part, default=Part.MEMBER)
    is_vacant = models.BooleanField("nobody holds it", default=False)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta(Dated.Meta):
        ordering = ["-from_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            *PostOrPortfolio.Meta.constraints,
            models.UniqueConstraint(
                name="seat_is_taken_once_from_a_day",
                fields=["body", "post", "portfolio", "from_on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="seat_part_is_known", condition=Q(part__in=["chair", "vice_chair", "member", "adviser"])
            ),
            # Whether a post is filled the register of posts knows; it is not said twice.
            models.CheckConstraint(
                name="only_a_portfolio_is_said_to_be_vacant", condition=Q(post=None) | Q(is_vacant=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose}, {self.get_part_display().lower()}"
