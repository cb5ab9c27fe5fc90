"""How long a paper takes: our rendering beside bare WeasyPrint on the same HTML, in one run."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string

from governance.committees import pdf
from governance.committees.models import Paper
from governance.committees.representations import printed
from governance.committees.tagging import finish

KIB_PER_MIB = 1024


@dataclass(frozen=True)
class PaperTiming:
    """Processor seconds for our rendering and for bare WeasyPrint (the best of the runs), and peak memory."""

    rows: int
    ours: float
    bare: float
    peak_mib: int

    @property
    def times(self) -> float:
        """How many times bare WeasyPrint ours takes."""
        return self.ours / self.bare


def bench_paper(rows: int, runs: int = 3) -> PaperTiming:
    """Time an issued paper on a plan with its appendix repeated or cut to so many rows; nothing is stored.

    The two take turns, and it is the time of the processor that counts, so that what else the machine does
    troubles neither.

    Raises Paper.DoesNotExist when no such paper has been issued yet.
    """
    issued = Paper.objects.issued().filter(origin=Paper.Origin.PRODUCT, plans__isnull=False)
    paper = issued.select_related("issue").latest("as_at")
    html = _document(paper, rows)
    pairs = [(_seconds(lambda: _ours(paper, rows)), _seconds(lambda: pdf.lay_out(html))) for _ in range(runs)]
    ours, bare = (min(taken) for taken in zip(*pairs, strict=True))
    return PaperTiming(rows, ours, bare, _peak_mib())


def _peak_mib() -> int:
    """The most memory this process has held; getrusage would count what its parent held before exec."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIB_PER_MIB
    (peak,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak) // KIB_PER_MIB


def _document(paper: Paper, rows: int) -> str:
    """The paper on its first plan alone, with so many rows in the appendix."""
    page = printed(paper, absolute=True)
    plan = page["content"]["plans"][0]
    appendix = plan["appendix"]
    plan["appendix"] = (appendix * (rows // len(appendix) + 1))[:rows]
    page["content"]["plans"] = [plan]
    return render_to_string(pdf.TEMPLATE, page)


def _ours(paper: Paper, rows: int) -> bytes:
    return finish(pdf.lay_out(_document(paper, rows)))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
