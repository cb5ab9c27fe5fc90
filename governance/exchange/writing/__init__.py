"""Files out: rows written as they are read, never held all at once."""

from governance.exchange.writing import commas, workbook

WRITERS = {writer.ending: writer for writer in (commas.WRITER, workbook.WRITER)}
