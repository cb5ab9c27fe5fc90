"""A paper in two parts from one content: what the public is given, and what is not for publication."""

from governance.committees.withheld.before import withheld_before
from governance.committees.withheld.files import doubts, doubts_of_lifting, doubts_of_reasons, public_files
from governance.committees.withheld.leaks import Leak, leaks
from governance.committees.withheld.lifting import lifted, still_withheld
from governance.committees.withheld.marks import Marks, marks_of, said
from governance.committees.withheld.parts import marked, rows_in, split

__all__ = [
    "Leak",
    "Marks",
    "doubts",
    "doubts_of_lifting",
    "doubts_of_reasons",
    "leaks",
    "lifted",
    "marked",
    "marks_of",
    "public_files",
    "rows_in",
    "said",
    "split",
    "still_withheld",
    "withheld_before",
]
