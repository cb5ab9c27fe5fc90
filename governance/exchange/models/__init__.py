"""Files brought into the registers: where they come from, each file, and what its rows would change."""

from governance.exchange.models.batch import (
    CHECKED_ANEW,
    Batch,
    BatchFile,
    BatchQuerySet,
    NotReadyError,
    Source,
)
from governance.exchange.models.row import BatchRow, BatchRowQuerySet

__all__ = [
    "CHECKED_ANEW",
    "Batch",
    "BatchFile",
    "BatchQuerySet",
    "BatchRow",
    "BatchRowQuerySet",
    "NotReadyError",
    "Source",
]
