"""The forms of the risk register."""

from risks.forms.risk import RiskForm, WithdrawForm

__all__ = ["RiskForm", "WithdrawForm"]
