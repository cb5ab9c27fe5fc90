"""Files that come with a paper in two parts: what is in the public ones, and what nobody could read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from governance.committees.listed import files_in
from governance.committees.models import Appendix, Lists
from governance.committees.models.attached import Attached
from governance.committees.withheld.leaks import runs

if TYPE_CHECKING:
    from governance.committees.models import Paper

PUBLIC = Q(exemption=None) | Q(exemption__lifted_in__isnull=False)
NEVER_LOOKED = "it was added before the words in files were looked at. Remove it and add it again"


class Doubt(NamedTuple):
    """Something that only a person can judge: a name that lasts, and a sentence."""

    name: str
    words: str


def public_files(public: dict[str, Any]) -> list[tuple[str, str]]:
    """The files that the public part leads to, each with the words that could be read in it."""
    keys: dict[type[Attached], dict[int, str]] = defaultdict(dict)
    for title, kind, key in files_in(public):
        keys[kind][key] = title
    return [
        (titles[key], words or "")
        for kind, titles in keys.items()
        for key, words in kind._default_manager.filter(pk__in=titles).values_list("pk", "words")
    ]


def doubts(paper: Paper) -> list[Doubt]:
    """What nobody could look at in the public files of a paper that withholds something, and where its public
    part repeats a file that is withheld: not every word of that need be exempt."""
    told = list(_that_withhold(paper))
    return [*_not_read(paper), *_repeated(paper, told)] if told else []


def _that_withhold(paper: Paper) -> Iterator[Paper]:
    """The paper and the reports that it corrects, as far as they withhold something still."""
    each: Paper | None = paper
    while each:
        if each.exemptions.filter(lifted_in=None).exists():
            yield each
        each = each.corrects


def _not_read(paper: Paper) -> Iterator[Doubt]:
    for kind, title, key, words, unread in _public(paper):
        if why := unread or (NEVER_LOOKED if words is None else ""):
            yield Doubt(
                f"unread-{kind}-{key}",
                f"The file of “{title}” could not be looked into for what is withheld: {why}",
            )


def _public(paper: Paper) -> Iterator[tuple[str, str, int, str | None, str]]:
    facts = ("title", "pk", "words", "unread")
    for found in paper.uploaded.filter(PUBLIC).values_list(*facts):
        yield "appendix", *found
    if paper.sections.filter(PUBLIC, lists=Lists.BACKGROUND).exists():
        for found in paper.background_papers.filter(link="").values_list(*facts):
            yield "background", *found


def _repeated(paper: Paper, told: list[Paper]) -> Iterator[Doubt]:
    withheld = Appendix.objects.filter(paper__in=told, exemption__isnull=False, exemption__lifted_in=None)
    said = [(each, frozenset(runs([each.text]))) for each in paper.sections.filter(PUBLIC)]
    every = frozenset().union(*(runs_of for _, runs_of in said))
    for key, words in withheld.exclude(words=None).values_list("pk", "words"):
        repeated = {run for run in runs([words or ""]) if run in every}
        for section in (each for each, runs_of in said if not repeated.isdisjoint(runs_of)):
            yield Doubt(
                f"repeats-{key}-{section.pk}-{section.standing_version()}",
                f"The section “{section}” repeats words of an added appendix that is not for publication",
            )
