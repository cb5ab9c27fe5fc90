"""The lists that risks choose from: data, kept on the pages of lists beside those of assets."""

from __future__ import annotations

from assets.models import ListEntry
from governance.history.models import History


class RiskCategory(ListEntry):
    """What kind of risk it is."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "risk category"
        verbose_name_plural = "risk categories"


class RiskSource(ListEntry):
    """How the council came to know of a risk."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "source of risks"
        verbose_name_plural = "sources of risks"


class RiskProximity(ListEntry):
    """How soon a risk may happen."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "proximity of risks"
        verbose_name_plural = "proximities of risks"


class ControlEffectiveness(ListEntry):
    """How well a control works against a risk."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "effectiveness of controls"
        verbose_name_plural = "effectiveness of controls"
