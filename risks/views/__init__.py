"""The pages of the risk register, a module for each part."""

from risks.views.matrix import adopt, matrices, matrix, new_matrix, withdraw, write_matrix
from risks.views.register import REGISTER, edit, register, risk, state

__all__ = [
    "REGISTER", "adopt", "edit", "matrices", "matrix", "new_matrix", "register", "risk", "state",
    "withdraw", "write_matrix",
]  # fmt: skip
