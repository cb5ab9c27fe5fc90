"""What belongs to a risk, as its page shows it at a moment: controls, and further assets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assets.models import Asset
from governance.people.registers.versions import instant_of
from risks.models import RiskAsset, RiskControl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.figures.moment import Moment
    from governance.people.models import User
    from risks.models import Risk


@dataclass(frozen=True)
class Parts:
    """Controls and further assets at the moment: those that the reader may open, and how many others."""

    controls: Sequence[Any]
    assets: Sequence[Any]
    hidden: int = 0

    @classmethod
    def of(cls, risk: Risk, moment: Moment, person: User) -> Parts:
        """Three queries."""
        versions: Any = RiskControl.history.before(instant_of(moment)).filter(risk_id=risk.pk)
        controls = versions.select_related("effectiveness").order_by("state", "id")
        links: Any = RiskAsset.history.before(instant_of(moment)).filter(risk_id=risk.pk)
        seen = links.filter(asset_id__in=Asset.objects.visible_to(person).values("pk"))
        shown = list(seen.select_related("asset").order_by("asset__reference"))
        return cls(list(controls), shown, links.count() - len(shown))

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The controls by where they stand: in place, planned, and those that are no more."""
        found = [
            (state.label, [each for each in self.controls if each.state == state])
            for state in RiskControl.State
        ]
        return [(label, controls) for label, controls in found if controls]
