"""Action plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, JSONObject, Lower
from django.urls import reverse

from actions.models.audit import Audit
from assets.models import READERS
from governance.colours.models import every_line
from governance.history.models import History, Recorded
from governance.people.models import SavedView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from actions.models.action import Action
    from governance.people.models import User


VIEWS = "plan-"


def views_of(plan: int) -> str:
    """Under what the views of a plan are kept, by its key."""
    return f"{VIEWS}{plan}"


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    """Plans, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Readers of the registers see every plan; others the plans in which they may open an action."""
        if person.holds(*READERS):
            return self.all()
        from actions.models.action import Action

        return self.filter(pk__in=Action.objects.visible_to(person).values("plan"))

    def answering_no_audit(self) -> Self:
        """The council's own, which nobody outside has counted the actions of."""
        return self.filter(audit=None)

    def for_page(self) -> Self:
        """Everything the page of a plan says of the plan: with it `colour_lines`, the rules for colours."""
        return self.select_related("audit", "approver").annotate(colour_lines=every_line("actions"))

    def with_views_of(self, person: User) -> Self:
        """With `saved_views`: the name, the query and the sharing of each that this person may open."""
        register: Any = Concat(Value(VIEWS), Cast("pk", models.CharField()), output_field=models.CharField())
        offered = SavedView.objects.offered_to(person, OuterRef("register_of_views"))
        said = JSONObject(name="name", query="query", is_shared="is_shared")
        return self.annotate(register_of_views=register).annotate(
            saved_views=ArraySubquery(offered.values(said=said))
        )


class ActionPlan(Recorded):
    """The council's answer to an audit: actions with an owner and a date."""

    code = models.SlugField(unique=True)
    title = models.CharField(max_length=300)
    audit = models.ForeignKey(Audit, models.PROTECT, null=True, blank=True, related_name="plans")
    opened_on = models.DateField()
    note = models.TextField(blank=True, default="")
    approver = models.ForeignKey(
        "people.Post", models.PROTECT, null=True, blank=True, related_name="approves_plans"
    )
    approving_body = models.CharField(
        "board, committee or cabinet member who approves", max_length=200, blank=True, default=""
    )

    colour_lines: Sequence[dict[str, Any]]  # of `for_page`
    saved_views: Sequence[dict[str, Any]]  # of `with_views_of`

    objects = ActionPlanQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["opened_on", "code"]
        constraints = [
            models.CheckConstraint(
                name="plan_is_approved_by_a_post_or_a_body",
                condition=Q(approver=None) | Q(approving_body=""),
            ),
            models.UniqueConstraint(Lower("code"), name="plan_code_once_in_whatever_letters"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The plan's page."""
        return reverse("actions:plan", args=[self.code])

    @property
    def approver_named(self) -> str:
        """The title of the post, or the body, that approves; "" where nobody is named."""
        return self.approver.title if self.approver else self.approving_body

    def has_unnamed_of(self, person: User) -> bool:
        """Does a post of theirs own an open action of it that names nobody of its own to approve it?"""
        from actions.models.progress import Status

        unnamed = self.actions.filter(owner__in=person.posts(), approver=None, approving_body="")
        return unnamed.exclude(status__in=Status.closed()).exists()

    def says_already(self, opened_on: date, **facts: Any) -> Action | None:
        """The action of the plan that was opened on that day with just these facts, if there is one: a form
        that is sent twice finds what it made."""
        same: Any = self.actions.standing().filter(**facts)
        return next((each for each in same if each.earliest() == opened_on), None)

    # Changes

    @transaction.atomic
    def open_action(
        self, *, by: User, opened_on: date, known_at: Any = None, source_document: str = "", **facts: Any
    ) -> Action:
        """Put an action on the plan, with the "not started" update that every action opens with.

        `facts` are the action's fields. `known_at` and `source_document` say when history is brought in.
        """
        from actions.models.progress import Status

        action = self.actions.create(**facts)
        action.append(
            Status.NOT_STARTED,
            effective_on=opened_on,
            by=by,
            known_at=known_at,
            source_document=source_document,
        )
        return action
