"""Data protection impact assessments in seven steps (UK GDPR Articles 35 and 36)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.urls import reverse

from assets.models.dpia_querysets import DpiaQuerySet, DpiaVersionQuerySet
from assets.models.dpia_rules import DPIA_CONSTRAINTS
from assets.models.processing import ProcessingActivity
from assets.models.screening import Advice
from governance.history.models import History, Recorded
from governance.people.models import Post

if TYPE_CHECKING:
    from assets.models.screening import AdviceQuerySet


def _approver(model: type[models.Model] | str, name: str) -> Any:
    """A person or post that step 7 names, empty until then."""
    return models.ForeignKey(
        model, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=name
    )


class Level(models.TextChoices):
    """How much risk, overall or left over (the ICO's sample DPIA)."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Dpia(Recorded):
    """An impact assessment in the seven steps of the ICO's sample (domain.md 2.4)."""

    changed_by_steps: ClassVar[tuple[str, ...]] = (
        "activity", "begun_by", "sent_at", "residual", "ico_consulted_on", "ico_outcome", "advice", "answer",
        "overruled_reason", "consultation_reviewed_by", "kept_under_review_by", "next_review_on",
        "measures_approved_by", "measures_approved_post", "residual_approved_by", "residual_approved_post",
        "signed_off_on",
    )  # fmt: skip

    class State(models.TextChoices):
        """Where it is in its life."""

        DRAFT = "draft", "Draft"
        WITH_DPO = "with_dpo", "With the data protection officer"
        SIGNED_OFF = "signed_off", "Signed off"
        SUPERSEDED = "superseded", "Superseded"

    class Answer(models.TextChoices):
        """What was done with the advice."""

        ACCEPTED = "accepted", "Accepted"
        OVERRULED = "overruled", "Overruled"

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300)
    activity = models.ForeignKey(ProcessingActivity, models.PROTECT, related_name="dpias")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    begun_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(
        "sent to the data protection officer", null=True, blank=True, editable=False
    )
    # Steps 1 to 4
    need = models.TextField("why a DPIA is needed", blank=True, default="")
    nature = models.TextField("nature of the processing", blank=True, default="")
    scope = models.TextField("scope of the processing", blank=True, default="")
    context = models.TextField("context of the processing", blank=True, default="")
    purposes = models.TextField("purposes of the processing", blank=True, default="")
    consultation = models.TextField("who is consulted, and how", blank=True, default="")
    necessity = models.TextField("necessity and proportionality", blank=True, default="")
    # Step 7
    residual = models.CharField(
        "highest risk left over", max_length=6, choices=Level, blank=True, default="", editable=False
    )
    ico_consulted_on = models.DateField("ICO consulted on", null=True, blank=True)
    ico_outcome = models.TextField("what the ICO said", blank=True, default="")
    advice = models.ForeignKey(
        Advice, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="advice considered"
    )
    answer = models.CharField("the advice was", max_length=10, choices=Answer, blank=True, default="")
    overruled_reason = models.TextField("why the advice is overruled", blank=True, default="")
    consultation_reviewed_by = _approver(Post, "consultation reviewed by")
    kept_under_review_by = _approver(Post, "kept under review by")
    next_review_on = models.DateField("next review", null=True, blank=True)
    measures_approved_by = _approver("people.User", "measures approved by")
    measures_approved_post = _approver(Post, "measures approved as")
    residual_approved_by = models.ForeignKey(
        "people.User",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="residual risk approved by",
    )
    residual_approved_post = _approver(Post, "residual risk approved as")
    signed_off_on = models.DateField("signed off on", null=True, blank=True)

    objects = DpiaQuerySet.as_manager()
    history = History(historical_queryset=DpiaVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        verbose_name = "DPIA"
        constraints = DPIA_CONSTRAINTS

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The DPIA's page."""
        return reverse("assets:dpia", args=[self.reference])

    def advice_on_what_was_sent(self) -> AdviceQuerySet:
        """The data protection officer's, given since it was last sent: none while it is a draft."""
        return self.advice_given.of_the_dpo(self.sent_at) if self.sent_at else self.advice_given.none()


class DpiaAuthor(Recorded):
    """Somebody who wrote in a DPIA, and so does not sign it off."""

    dpia = models.ForeignKey(Dpia, models.PROTECT, related_name="authors")
    person = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dpia", "person"], name="dpia_names_an_author_once")]

    def __str__(self) -> str:
        return f"{self.person} wrote in {self.dpia.reference}"
