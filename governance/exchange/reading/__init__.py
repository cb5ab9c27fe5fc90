"""Files in: what somebody uploaded, as a table of cells, or one sentence that says why not."""

from governance.exchange.reading.limits import FileRefusedError
from governance.exchange.reading.table import Table, read

__all__ = ["FileRefusedError", "Table", "read"]
