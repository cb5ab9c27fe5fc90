"""Data protection impact assessments in seven steps (UK GDPR Articles 35 and 36)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assets.models.dpia_querysets import DpiaQuerySet, DpiaVersionQuerySet
from assets.models.processing import ProcessingActivity
from assets.models.screening import Advice
from governance.history.models import History, Recorded
from governance.people.models import Post

if TYPE_CHECKING:
    pass


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
        constraints = [
            models.CheckConstraint(
                name="dpia_reference_is_like_dpia_0001", condition=Q(reference__regex=r"^DPIA-\d{4,}$")
            ),
            models.CheckConstraint(name="dpia_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="dpia_state_is_known",
                condition=Q(state__in=["draft", "with_dpo", "signed_off", "superseded"]),
            ),
            models.UniqueConstraint(
                name="dpia_under_way_is_one_for_an_activity",
                fields=["activity"],
                condition=Q(state__in=["draft", "with_dpo"]),
            ),
            models.UniqueConstraint(
                name="dpia_signed_off_is_one_for_an_activity",
                fields=["activity"],
                condition=Q(state="signed_off"),
            ),
            models.CheckConstraint(
                name="dpia_signed_off_is_complete",
                condition=~Q(state="signed_off")
                | (
                    ~Q(need="")
                    & ~Q(nature="")
                    & ~Q(scope="")
                    & ~Q(context="")
                    & ~Q(purposes="")
                    & ~Q(consultation="")
                    & ~Q(necessity="")
                    & ~Q(residual="")
                ),
            ),
            models.CheckConstraint(
                name="dpia_signed_off_by_posts_and_persons",
                condition=~Q(state="signed_off")
                | Q(
                    measures_approved_by__isnull=False,
                    measures_approved_post__isnull=False,
                    residual_approved_by__isnull=False,
                    residual_approved_post__isnull=False,
                    signed_off_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="dpia_is_approved_by_another",
                condition=(Q(measures_approved_by=None) | ~Q(measures_approved_by=F("begun_by")))
                & (Q(residual_approved_by=None) | ~Q(residual_approved_by=F("begun_by"))),
            ),
            models.CheckConstraint(
                name="dpia_signed_off_answers_advice",
                condition=~Q(state="signed_off")
                | (Q(advice__isnull=False) & Q(answer__in=["accepted", "overruled"])),
            ),
            models.CheckConstraint(
                name="dpia_overruling_advice_gives_a_reason",
                condition=~Q(answer="overruled") | ~Q(overruled_reason=""),
            ),
            models.CheckConstraint(
                name="dpia_high_risk_left_over_goes_to_the_ico_first",
                condition=~Q(state="signed_off") | ~Q(residual="high") | Q(ico_consulted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="dpia_signed_off_is_kept_under_review",
                condition=~Q(state="signed_off")
                | Q(kept_under_review_by__isnull=False, next_review_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The DPIA's page."""
        return reverse("assets:dpia", args=[self.reference])


class DpiaAuthor(Recorded):
    """Somebody who wrote in a DPIA, and so does not sign it off."""

    dpia = models.ForeignKey(Dpia, models.PROTECT, related_name="authors")
    person = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dpia", "person"], name="dpia_names_an_author_once")]

    def __str__(self) -> str:
        return f"{self.person} wrote in {self.dpia.reference}"
