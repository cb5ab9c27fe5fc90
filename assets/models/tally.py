"""What the asset register's figures count of the present, kept by the database as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from governance.people.models import OrganisationalUnit, Post

if TYPE_CHECKING:
    from governance.figures.moment import Scope


class TallyQuerySet(models.QuerySet["Tally"]):
    """Numbers to be summed."""

    def within(self, scope: Scope) -> Self:
        """Of the units of the scope."""
        return self.filter(unit__code__in=scope.units) if scope.units else self


class Tally(models.Model):
    """So many more assets of a post and a unit on the register, or fewer; the sum of all is what there is.

    Every statement that changes what is counted adds rows, so that nobody who writes waits for another;
    assets/sql/tally.sql folds them from time to time. Written by its trigger only.
    """

    derived = True
    called_functions: ClassVar[tuple[str, ...]] = ("assets_count_again()",)

    owner = models.ForeignKey(Post, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    unit = models.ForeignKey(
        OrganisationalUnit, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    held = models.IntegerField()
    with_personal_data = models.IntegerField()
    not_assessed = models.IntegerField()
    key_assets = models.IntegerField()
    without_retention_rule = models.IntegerField()
    undecided = models.IntegerField()
    to_be_disposed = models.IntegerField()

    objects = TallyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.held:+} of post {self.owner_id} in unit {self.unit_id}"
