"""History written by Postgres: simple-history's tables, our trigger (design 2.3)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Now
from simple_history.manager import HistoricalQuerySet
from simple_history.models import HistoricalRecords

from governance.core.dates import end_of_day

if TYPE_CHECKING:
    from governance.people.models import User

    # What simple-history's QuerySet is, for a checker that finds no types there.
    _Versions = models.QuerySet[Any]
else:
    _Versions = HistoricalQuerySet

# psycopg cannot read Postgres's 'infinity' into a datetime, so the standing version ends here.
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class VersionQuerySet(_Versions):
    """Versions of register entries; every filter of the register composes with these."""

    def standing(self) -> Self:
        """The latest version of each entry that has not been deleted."""
        return self.filter(history_until=FOREVER).exclude(history_type="-")

    def as_at(self, day: date) -> Self:
        """The register as it stood at the end of that day in London: one version for each entry."""
        return self.before(end_of_day(day))

    def before(self, instant: datetime) -> Self:
        """The register as it stood just before an instant."""
        return self.filter(history_date__lt=instant, history_until__gte=instant).exclude(history_type="-")

    def visible_to(self, person: User) -> Self:
        """Versions of the entries that this person may open today."""
        entry = self.model.instance_type
        visible = entry._default_manager.visible_to(person).values("pk")
        return self.filter(**{f"{entry._meta.pk.attname}__in": visible})


class Version(models.Model):
    """What every history table carries beside simple-history's own columns. Written by the trigger only."""

    history_until = models.DateTimeField()
    history_who = models.TextField(null=True)
    history_post = models.TextField(null=True)
    history_request = models.TextField(null=True)

    class Meta:
        abstract = True


class History(HistoricalRecords):
    """simple-history's tables and readers; its signal handlers do nothing, since Postgres writes the rows.

    A migration must say `record_history("app.Model")`; a test walks every model and asserts its trigger.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("bases", (Version,))
        options.setdefault("history_id_field", models.BigAutoField())
        options.setdefault("history_change_reason_field", models.TextField(null=True))
        options.setdefault("history_user_id_field", models.BigIntegerField(null=True))
        options.setdefault("historical_queryset", VersionQuerySet)
        super().__init__(**options)

    def post_save(self, *args: Any, **options: Any) -> None:
        """Left to the trigger."""

    def pre_delete(self, *args: Any, **options: Any) -> None:
        """Left to the trigger."""

    def post_delete(self, *args: Any, **options: Any) -> None:
        """Left to the trigger."""

    def m2m_changed(self, *args: Any, **options: Any) -> None:
        """Never called: links between entries are models with a history of their own."""


class Recorded(models.Model):
    """A register entry whose every change Postgres keeps. Subclasses declare `history = History()`."""

    class Meta:
        abstract = True

    def standing_version(self) -> int | None:
        """The history id of the version that stands: what a form shows is bound to it (optimistic lock)."""
        versions = type(self).history.standing()  # type: ignore[attr-defined]
        found: int | None = (
            versions.filter(pk_of(type(self), self.pk)).values_list("history_id", flat=True).first()
        )
        return found


def pk_of(model: type[models.Model], key: Any) -> models.Q:
    """A filter on a history table for the versions of one entry."""
    return models.Q(**{model._meta.pk.attname: key})


class Redaction(models.Model):
    """The tombstone of a text removed from the trail for a named authority. Written by the owner only."""

    table_name = models.TextField()
    object_key = models.BigIntegerField()
    column_name = models.TextField()
    versions = models.IntegerField(help_text="how many rows of the trail had the text removed")
    authority = models.TextField(help_text="who ordered the removal, by post, and under what power")
    reason = models.TextField()
    redacted_at = models.DateTimeField(db_default=Now())
    left_sha256 = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        default="",
        help_text="the SHA-256 of what the removal left in the place of the text, where it left anything",
    )

    sealed: ClassVar[bool] = True

    class Meta:
        constraints = [
            models.CheckConstraint(name="redaction_names_authority", condition=~models.Q(authority="")),
            models.CheckConstraint(name="redaction_gives_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="redaction_carries_the_digest_of_what_it_left",
                condition=models.Q(left_sha256__regex="^([0-9a-f]{64})?$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column_name} removed from {self.versions} versions by {self.authority}"
