"""How a paper stands on the agenda: in time, urgent, supplementary, or withdrawn. An issued paper never
changes, so this stands beside it; what is known when it is issued is printed on its front sheet."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, JSONField, Q, Value

from governance.committees.models.paper import Paper
from governance.history.models import History, Recorded

GOES_OUT = "How it goes out"
# Of a paper, as the front sheet that was issued says it. What is said of its place since then was looked at
# by nobody for words of what the paper withholds, and is not for everybody.
AS_ISSUED = Func(
    F("issue__content"),
    Value(f'strict $.front[*] ? (@[0] == "{GOES_OUT}")[1]'),
    template="jsonb_path_query_first(%(expressions)s::jsonpath, '{}', true)",
    output_field=JSONField(),
)


class AgendaItem(Recorded):
    """A paper's place on the agenda, where it is not an ordinary one."""

    class Kind(models.TextChoices):
        """Whether it goes out with the agenda (LGA 1972 s.100B)."""

        ORDINARY = "ordinary", "With the agenda"
        SUPPLEMENTARY = "supplementary", "Supplementary, after the agenda"
        URGENT = "urgent", "Urgent, taken by decision of the chair"

    paper = models.OneToOneField(Paper, models.CASCADE, related_name="agenda_item")
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.ORDINARY)
    reason = models.TextField("the chair's reason", blank=True, default="")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.TextField("why it was withdrawn", blank=True, default="")

    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agenda_item_kind_is_known",
                condition=Q(kind__in=["ordinary", "supplementary", "urgent"]),
            ),
            models.CheckConstraint(
                name="urgent_item_has_the_reason_of_the_chair", condition=~Q(kind="urgent", reason="")
            ),
            models.CheckConstraint(
                name="withdrawn_item_says_why",
                condition=Q(withdrawn_on=None, withdrawn_because="")
                | Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because=""),
            ),
        ]

    @property
    def told(self) -> str:
        """How it goes out, with the reason; "" where it goes out with the agenda."""
        if self.kind == self.Kind.ORDINARY:
            return ""
        return f"{self.get_kind_display()}: {self.reason}" if self.reason else self.get_kind_display()

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_kind_display().lower()}"
