"""How risks are shown: on the pages of their register, and in files."""

from risks.representations.register import COLUMNS, asset_of

__all__ = ["COLUMNS", "asset_of"]
