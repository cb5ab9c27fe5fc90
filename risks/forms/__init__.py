"""The forms of the risk register."""

from risks.forms.risk import CloseForm, NewRiskForm, RiskForm, TreatmentForm, WithdrawForm

__all__ = ["CloseForm", "NewRiskForm", "RiskForm", "TreatmentForm", "WithdrawForm"]
