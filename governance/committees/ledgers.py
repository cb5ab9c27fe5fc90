"""Verifying issued papers: contents and files by digest, figures by their entries, heads by the chain."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q

from governance.committees.faults import named
from governance.committees.models import (
    Appendix,
    BackgroundPaper,
    Edition,
    Issue,
    PublishedFigure,
    Rendering,
    Takedown,
)
from governance.committees.models.attached import LARGE
from governance.committees.models.ledger import fingerprint
from governance.committees.models.rendering import DIGEST
from governance.committees.proof import ledgers_of
from governance.core.dates import long_date
from governance.history.models import Block, Redaction
from governance.history.verification import Fault, Removal, Report, verify

TOGETHER = 20  # papers whose ledgers are read at once
ANOTHER_LEDGER = "has another ledger than the one whose digest it prints"


def verify_all() -> Report:
    """The whole chain, every row of the trail, and every issued paper."""
    report = verify()
    report.faults += [*_issues(), *_editions(), *_figures(), *_files(), *_attached()]
    report.removals += _withdrawn()
    report.faults = named(report.faults)
    return report


def _withdrawn() -> Iterator[Removal]:
    """Papers that are no longer served, by whose authority and why."""
    for each in Takedown.objects.order_by("pk"):
        said = (each.authority, each.reason, long_date(each.taken_on))
        yield Removal("committees_paper", each.paper_id, each.get_reach_display(), 1, *said)


def _editions() -> Iterator[Fault]:
    """Contents beside the papers that are not as fingerprinted, and what they print of their ledgers."""
    for each in Edition.objects.order_by("pk"):
        if not each.is_as_issued():
            yield Fault("committees_edition", each.pk, None, "has not the content that it was made with")
    redacted = _redacted(exempt=True)
    keys = list(Edition.objects.part_2().order_by("paper").values_list("paper", flat=True))
    for start in range(0, len(keys), TOGETHER):
        ledgers = ledgers_of(keys[start : start + TOGETHER], exempt=True)
        for each in Edition.objects.part_2().filter(paper__in=ledgers).select_related("paper__issue"):
            proof = each.content.get("proof")
            ledger = fingerprint(ledgers[each.paper_id])
            if proof and proof["ledger"] != ledger and each.paper_id not in redacted:
                yield Fault("committees_edition", each.pk, None, ANOTHER_LEDGER)
            if issue := getattr(each.paper, "issue", None):
                yield from _beside(issue, each)


def _beside(issue: Issue, part_2: Edition) -> Iterator[Fault]:
    """What the public part prints of the Part 2 that stands beside it."""
    printed = issue.content.get("part_2", {}).get("sha256")
    if printed is None:
        yield _fault(issue, "prints nothing of the Part 2 that stands beside it")
    elif printed != part_2.content_sha256:
        yield _fault(issue, "prints the digest of another Part 2")


def _issues() -> Iterator[Fault]:
    """Contents that are not as fingerprinted, and what they print of their ledger and of the chain."""
    blocks = dict(Block.objects.values_list("number", "digest"))
    redacted = _redacted(exempt=False)
    keys = list(Issue.objects.order_by("paper").values_list("paper", flat=True))
    for start in range(0, len(keys), TOGETHER):
        ledgers = ledgers_of(keys[start : start + TOGETHER])
        for issue in Issue.objects.filter(paper__in=ledgers).order_by("paper"):
            if not issue.is_as_issued():
                yield _fault(issue, "has not the content that it was issued with")
            if proof := issue.content.get("proof"):
                ledger = fingerprint(ledgers[issue.paper_id])
                if proof["ledger"] != ledger and issue.paper_id not in redacted:
                    yield _fault(issue, ANOTHER_LEDGER)
                yield from _head(issue, blocks.get(proof["block"]), proof["block"], proof["head"])


def _redacted(*, exempt: bool) -> set[int]:
    """Papers in whose ledger, or that of Part 2, a text was removed by authority."""
    removed = Redaction.objects.filter(table_name=PublishedFigure._meta.db_table).values("object_key")
    figures = PublishedFigure.objects.filter(pk__in=removed, exempt=exempt)
    return set(figures.values_list("paper", flat=True))


def _head(issue: Issue, found: str | None, block: int, printed: str) -> Iterator[Fault]:
    if found is None:
        yield _fault(
            issue,
            f"prints block {block} as the head of the chain, which is not there: the end of the trail was "
            "cut, or this database was restored from an older copy",
        )
    elif found != printed:
        yield _fault(issue, f"prints another block {block} than the chain has: the chain was made anew")


def _fault(issue: Issue, what: str) -> Fault:
    return Fault("committees_paper", issue.paper_id, None, what)


def _figures() -> Iterator[Fault]:
    """Figures that are not the number of their entries."""
    counted = PublishedFigure.objects.annotate(found=Count("entries"))
    wrong = counted.exclude(Q(has_entries=True, value=F("found")) | Q(has_entries=False, found=0))
    for pk, value, found in wrong.values_list("pk", "value", "found").order_by("pk"):
        yield Fault("committees_publishedfigure", pk, None, f"says {value} and has {found} entries")


def _files() -> Iterator[Fault]:
    """Files that are not as they were made."""
    for each in Rendering.objects.checked().filter(state=Rendering.State.DONE).order_by("pk"):
        if not each.is_as_made:
            what = f"“{each.filename}” is not the file that was made"
            yield Fault("committees_rendering", each.pk, None, what)


def _attached() -> Iterator[Fault]:
    """Files that came with papers and are not as they were added."""
    for model in (Appendix, BackgroundPaper):
        with_file = model._default_manager.defer(*LARGE).exclude(file=None)
        for each in with_file.exclude(sha256=DIGEST).order_by("pk"):
            what = f"“{each.file_name}” is not the file that was added"
            yield Fault(model._meta.db_table, each.pk, None, what)
