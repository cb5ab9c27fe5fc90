"""What belongs to a risk, as its page shows it at a moment: controls, and further assets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from governance.people.registers.versions import instant_of
from risks.models import RiskControl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.figures.moment import Moment
    from governance.people.models import User
    from risks.models import Risk


@dataclass(frozen=True)
class Parts:
    """Controls as they stood at the moment, further assets that the reader may open, and how many others."""

    controls: Sequence[Any]
    assets: Sequence[Any]
    hidden: int = 0

    @classmethod
    def of(cls, risk: Risk, moment: Moment, person: User) -> Parts:
        """Three queries. Links to assets are shown as they are recorded now."""
        versions: Any = RiskControl.history.before(instant_of(moment)).filter(risk_id=risk.pk)
        controls = versions.select_related("effectiveness").order_by("state", "id")
        links = list(risk.asset_links.with_assets_of(person).order_by("asset__reference"))
        return cls(list(controls), links, risk.asset_links.count() - len(links))

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The controls by where they stand: in place, planned, and those that are no more."""
        found = [
            (state.label, [each for each in self.controls if each.state == state])
            for state in RiskControl.State
        ]
        return [(label, controls) for label, controls in found if controls]
