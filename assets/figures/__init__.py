"""The figures of the asset register, a module for each part of it."""

from assets.figures.register import VERSIONS, counts, ownerless, total, with_personal_data

__all__ = ["VERSIONS", "counts", "ownerless", "total", "with_personal_data"]
