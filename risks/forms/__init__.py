"""The forms of the risk register."""

from risks.forms.risk import NewRiskForm, RiskForm, TreatmentForm, WithdrawForm

__all__ = ["NewRiskForm", "RiskForm", "TreatmentForm", "WithdrawForm"]
