"""Files brought into the registers: where they come from, each file, and what its rows would change."""

from governance.exchange.models.batch import (
    CHECKED_ANEW,
    UNKNOWN_ARE_NEW,
    Batch,
    BatchQuerySet,
    NotReadyError,
)
from governance.exchange.models.file import BatchFile, FoundTable
from governance.exchange.models.row import OF_LEFT_OUT, BatchRow, BatchRowQuerySet
from governance.exchange.models.source import LEFT_OUT, FileWord, Source

__all__ = [
    "CHECKED_ANEW",
    "LEFT_OUT",
    "OF_LEFT_OUT",
    "UNKNOWN_ARE_NEW",
    "Batch",
    "BatchFile",
    "BatchQuerySet",
    "BatchRow",
    "BatchRowQuerySet",
    "FileWord",
    "FoundTable",
    "NotReadyError",
    "Source",
]
