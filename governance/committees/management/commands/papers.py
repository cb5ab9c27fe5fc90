"""`manage.py papers`: every paper with its dates and figures, as the pages list them."""

from __future__ import annotations

from json import dumps
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Prefetch

from governance.committees.models import Paper, PublishedFigure
from governance.committees.states import with_state

PUBLIC_PAGE = "; its public page was withdrawn on {}"


class Command(BaseCommand):
    """Print the papers."""

    help = "Print every paper with its dates, its state and the figures that it gave"

    def add_arguments(self, parser: CommandParser) -> None:
        """The format."""
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them, the latest meeting first; a draft has no figures yet."""
        whole = PublishedFigure.objects.counted().filter(dimension={}).order_by("position")
        papers = with_state(Paper.objects.for_list()).prefetch_related(Prefetch("figures", whole))
        rows = [_row(paper) for paper in papers]
        if options["format"] == "json":
            self.stdout.write(dumps(rows, indent=2, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(
                f"{row['body']}, {row['meeting']}: {row['title']} ({row['state']}; figures as at "
                f"{row['frozen_on'] or 'the day of issue'}, published {row['published_on'] or 'not yet'}"
                f"{PUBLIC_PAGE.format(gone) if (gone := row['public_page_withdrawn_on']) else ''})"
            )
            for figure in row["figures"]:
                self.stdout.write(f"  {figure['title']} ({', '.join(figure['plans'])}): {figure['value']}")
        self.stdout.write(f"{len(rows)} papers")


def _row(paper: Paper) -> dict[str, Any]:
    tombstone = getattr(paper, "takedown", None)
    gone = tombstone.taken_on.isoformat() if tombstone else None
    return {
        "body": paper.meeting.body_then,
        "meeting": paper.meeting.held_on.isoformat(),
        "title": paper.title,
        "frozen_on": paper.as_at.isoformat() if paper.as_at else None,
        "published_on": paper.published_on.isoformat() if paper.published_on else None,
        "state": paper.standing,
        "public_page_withdrawn_on": gone,
        "origin": paper.origin,
        "figures": [
            {"key": each.key, "title": each.title, "plans": list(each.counted.plans), "value": each.value}
            for each in paper.figures.all()
        ],
    }
