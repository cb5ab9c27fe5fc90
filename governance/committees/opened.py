"""A published figure opened: the rows behind it as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from actions.models import ActionPlan, Claim, FollowUpRating, MaturityScore, ProgressUpdate, Status
from assets.models import Asset
from governance.committees.kinds import ASSETS, MATURITY, RATINGS, RISKS, kind_of
from governance.committees.models import Issue, PublishedEntry, PublishedFigure
from governance.core.dates import LONDON, long_date
from governance.figures.figure import UnknownFigureError, get_figure
from governance.people.registers.versions import instant_of
from risks.models import Assessment, Risk
from risks.representations.scores import level_of

if TYPE_CHECKING:
    from governance.core.components import Standing
    from governance.people.models import User

# What shows that a risk was counted: its score, or the version of its entry.
SCORE, VERSION = Assessment._meta.label_lower, "risks.historicalrisk"
UPDATE, GIVEN = ProgressUpdate._meta.label_lower, MaturityScore._meta.label_lower
RATING = FollowUpRating.history.model._meta.label_lower
ASSET = Asset.history.model._meta.label_lower


@dataclass(frozen=True)
class Row:
    """One record behind a figure: what put it there, in the words of the day.

    `status` is that of an action, `level` that of a risk's score, `words` the level of an area of maturity or
    what an auditor found; a risk without a score has none of them.
    """

    reference: str
    title: str
    status: str
    effective_on: date
    evidence: str
    who: str
    known_on: date
    source_document: str
    address: str
    level: Standing | None = None
    words: str = ""


def entries_open_to(figure: PublishedFigure, person: User) -> QuerySet[PublishedEntry]:
    """The entries whose record this person may open, by reference; of a kind that is kept here."""
    return known_entries(figure).filter(open_to(person)).order_by("reference")


def open_to(person: User) -> Q:
    """Of entries: those whose record this person may open."""
    updates, risks = ProgressUpdate.objects.visible_to(person), Risk.objects.visible_to(person)
    given, rated = MaturityScore.objects.visible_to(person), FollowUpRating.objects.visible_to(person)
    return (
        Q(evidence_kind=UPDATE, evidence__in=updates.values("pk"))
        | Q(evidence_kind__in=(SCORE, VERSION), subject__in=risks.values("pk"))
        | Q(evidence_kind=GIVEN, evidence__in=given.values("pk"))
        | Q(evidence_kind=RATING, subject__in=rated.values("pk"))
        | Q(evidence_kind=ASSET, subject__in=Asset.objects.visible_to(person).values("pk"))
    )


def known_entries(figure: PublishedFigure) -> QuerySet[PublishedEntry]:
    """The entries whose evidence is of a kind that is kept here."""
    return figure.entries.filter(evidence_kind__in=(UPDATE, SCORE, VERSION, GIVEN, RATING, ASSET))


def is_withheld(figure: PublishedFigure) -> bool:
    """Does it stand in Part 2 alone? A later public version may print it."""
    latest = figure.paper.editions.public().last() if figure.exempt else None
    groups = latest.content.get("inserted", ()) if latest else ()
    printed = any(line["position"] == figure.position for each in groups for line in each["ledger"])
    return figure.exempt and not printed


def plans_of(figure: PublishedFigure) -> list[str]:
    """The titles of the plans that were counted."""
    return list(ActionPlan.objects.filter(code__in=figure.counted.plans).values_list("title", flat=True))


def rows(figure: PublishedFigure, entries: list[PublishedEntry]) -> list[Row]:
    """The rows of these entries: titles as printed then, evidence from the facts, which never change.

    Each leads to its record as it was at the moment of the paper.
    """
    kind = kind_of(figure)
    if kind is RISKS:
        return _rows_of_risks(figure, entries)
    if kind is MATURITY:
        return _rows_of_maturity(figure, entries)
    if kind is RATINGS:
        return _rows_of_ratings(figure, entries)
    if kind is ASSETS:
        return _rows_of_assets(figure, entries)
    updates = ProgressUpdate.objects.select_related("recorded_by").in_bulk(
        [entry.evidence for entry in entries]
    )
    titles = _titles_then(figure)
    return [_row(entry, updates[entry.evidence], titles, _address(figure, entry)) for entry in entries]


def _rows_of_maturity(figure: PublishedFigure, entries: list[PublishedEntry]) -> list[Row]:
    """Areas with the level each was given; scores never change."""
    found = MaturityScore.objects.select_related("area", "level", "target", "assessment", "recorded_by")
    given = found.in_bulk([entry.evidence for entry in entries])
    return [_row_of_area(entry, given[entry.evidence], _address(figure, entry)) for entry in entries]


def _row_of_area(entry: PublishedEntry, score: MaturityScore, address: str) -> Row:
    return Row(
        reference=entry.reference,
        title=score.area.title,
        status="",
        effective_on=score.effective_on,
        evidence=score.reason or score.finding,
        who=score.recorded_as or score.recorded_by.display_name,
        known_on=score.known_at.astimezone(LONDON).date(),
        source_document=score.source_document,
        address=address,
        words=f"Level {score.level}; target {score.target or 'none'}",
    )


def _rows_of_ratings(figure: PublishedFigure, entries: list[PublishedEntry]) -> list[Row]:
    """Recommendations with what the auditor found and what the council had claimed; ratings never change."""
    found = FollowUpRating.history.filter(history_id__in=[entry.evidence for entry in entries])
    told = found.select_related("recommendation", "found").in_bulk(field_name="history_id")
    return [_row_of_rating(entry, told[entry.evidence], _address(figure, entry)) for entry in entries]


def _row_of_rating(entry: PublishedEntry, rated: Any, address: str) -> Row:
    day = rated.history_date.astimezone(LONDON).date()
    claimed = Claim(rated.claimed).label.lower()
    return Row(
        reference=entry.reference,
        title=rated.recommendation.text,
        status="",
        effective_on=day,
        evidence=rated.words,
        who=rated.history_post or rated.history_who or "",
        known_on=day,
        source_document="",
        address=address,
        words=f"{rated.found}; claimed on {long_date(rated.claimed_on)}: {claimed}",
    )


def _rows_of_assets(figure: PublishedFigure, entries: list[PublishedEntry]) -> list[Row]:
    """Assets as their entries read at the moment: the version that was counted."""
    kept: Any = Asset.history.in_bulk([entry.evidence for entry in entries], field_name="history_id")
    return [_row_of_asset(entry, kept[entry.evidence], _address(figure, entry)) for entry in entries]


def _row_of_asset(entry: PublishedEntry, then: Any, address: str) -> Row:
    day = then.history_date.astimezone(LONDON).date()
    who, why = then.history_post or then.history_who or "", then.history_change_reason or ""
    return Row(
        entry.reference, then.title, "", day, why, who, day, "", address, words=then.get_state_display()
    )


def _rows_of_risks(figure: PublishedFigure, entries: list[PublishedEntry]) -> list[Row]:
    """Risks as their entries read at the moment, each with the score that counted it, where there is one."""
    versions = Risk.history.before(instant_of(figure.moment)).filter(
        id__in=[each.subject for each in entries]
    )
    then = {version.id: version for version in versions}
    kept = Assessment.objects.select_related("recorded_by", "cell__level")
    scores = kept.in_bulk([each.evidence for each in entries if each.evidence_kind == SCORE])
    return [
        _row_of_risk(entry, then[entry.subject], scores.get(entry.evidence), _address(figure, entry))
        for entry in entries
    ]


def _row_of_risk(entry: PublishedEntry, then: Any, score: Assessment | None, address: str) -> Row:
    if score is None or entry.evidence_kind != SCORE:
        day = then.history_date.astimezone(LONDON).date()
        who, why = then.history_post or then.history_who or "", then.history_change_reason or ""
        return Row(entry.reference, then.title, "", day, why, who, day, "", address)
    return Row(
        reference=entry.reference,
        title=then.title,
        status="",
        effective_on=score.effective_on,
        evidence=score.reason,
        who=score.recorded_as or score.recorded_by.display_name,
        known_on=score.known_at.astimezone(LONDON).date(),
        source_document=score.source_document,
        address=address,
        level=level_of(score.cell.level),
    )


def _address(figure: PublishedFigure, entry: PublishedEntry) -> str:
    """The page of the record at the moment; "" where the registers no longer keep the figure."""
    try:
        address = get_figure(figure.key).shape.address(entry.reference)
    except UnknownFigureError:
        return ""
    return f"{address}?{urlencode(figure.moment.query())}"


def _titles_then(figure: PublishedFigure) -> dict[str, str]:
    issue = Issue.objects.get(paper=figure.paper_id)
    if not issue.is_as_issued():
        return {}
    return {row["reference"]: row["action"] for plan in issue.content["plans"] for row in plan["appendix"]}


def _row(entry: PublishedEntry, update: ProgressUpdate, titles: dict[str, str], address: str) -> Row:
    return Row(
        reference=entry.reference,
        title=titles.get(entry.reference, ""),
        status=Status(update.status).value,
        effective_on=update.effective_on,
        evidence=update.evidence,
        who=update.recorded_as or update.recorded_by.display_name,
        known_on=update.known_at.astimezone(LONDON).date(),
        source_document=update.source_document,
        address=address,
    )
