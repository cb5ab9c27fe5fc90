"""Rows that an issued paper withholds still, and that a draft would list for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.committees.models import Exemption, Paper
from governance.committees.withheld.parts import rows_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.people.models import User


def withheld_before(paper: Paper, content: dict[str, Any], person: User) -> QuerySet[Exemption]:
    """The marks of such rows in papers that the person may open: somebody looks, and nothing is refused."""
    listed = rows_in(content).difference(paper.exemptions.values_list("row", flat=True))
    issued = Paper.objects.visible_to(person).issued().exclude(pk=paper.pk)
    found = Exemption.objects.filter(row__in=listed, lifted_in=None, paper__in=issued)
    return found.select_related("paper__meeting").order_by("row", "paper__meeting__held_on", "pk")
