"""The pages of the risk register, a module for each part."""

from risks.views.matrix import adopt, matrices, matrix, new_matrix, withdraw, write_matrix
from risks.views.parts import add_asset, add_control, change_control, remove_asset, treatment
from risks.views.register import REGISTER, close, edit, new, register, risk, state
from risks.views.scoring import correct_score, score

__all__ = [
    "REGISTER", "add_asset", "add_control", "adopt", "change_control", "close", "correct_score", "edit",
    "matrices", "matrix", "new", "new_matrix", "register", "remove_asset", "risk", "score", "state",
    "treatment", "withdraw", "write_matrix",
]  # fmt: skip
