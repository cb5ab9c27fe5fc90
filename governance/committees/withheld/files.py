"""Files that come with a paper in two parts: what is in the public ones, and what nobody could read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from governance.committees.before import considered_before
from governance.committees.listed import files_in
from governance.committees.models import AgendaItem, Appendix, Lists, PaperSection
from governance.committees.models.attached import NEVER_LOOKED, NOT_READ, Attached
from governance.committees.withheld.leaks import runs
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.committees.models import Exemption, Paper

PUBLIC = Q(exemption=None) | Q(exemption__lifted_in__isnull=False)
AGAIN = "Remove it and add it again"
# What of an exemption says what is withheld.
WITHHELD = ("pk", "row", "appendix", "section", "section__heading", "section__text")
DIGITS = 12
Files = list[tuple[str, Any]]


class Doubt(NamedTuple):
    """Something that only a person can judge: a name that lasts as long as what is judged, and a sentence."""

    name: str
    words: str


class Said(NamedTuple):
    """A public text of the paper: what it is, its words, and the section that it stands in."""

    what: str
    words: str
    section: PaperSection | None = None

    @property
    def name(self) -> str:
        """A name that lasts as long as its words."""
        if self.section:
            return f"{self.section.pk}-{self.section.standing_version()}"
        return _digest(f"{self.what} {self.words}")


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
    if not (told := list(_that_withhold(paper))):
        return []
    sections = paper.sections.filter(PUBLIC)
    files: Files = [("appendix", paper.uploaded.filter(PUBLIC))]
    if sections.filter(lists=Lists.BACKGROUND).exists():
        files.append(("background", paper.background_papers.filter(link="")))
    said = [*_front(paper), *_before(paper), *_sections(sections), *_recommendations(paper, sections)]
    return [*_not_read(paper, files, told), *_repeated(said, told)]


def doubts_of_lifting(exemption: Exemption) -> list[Doubt]:
    """The same of what is public once it is lifted and was not before, beside all that stays withheld."""
    paper = exemption.paper
    if not (told := list(_that_withhold(paper, but=exemption.pk))):
        return []
    sections = paper.sections.filter(exemption=exemption)
    files: Files = [("appendix", paper.uploaded.filter(exemption=exemption))]
    if sections.filter(lists=Lists.BACKGROUND).exists():
        files.append(("background", paper.background_papers.filter(link="")))
    said = [*_sections(sections), *_recommendations(paper, sections)]
    return [*_not_read(paper, files, told), *_repeated(said, told, but=exemption.pk)]


def doubts_of_reasons(paper: Paper, reasons: Iterable[str]) -> list[Doubt]:
    """Where reasons for issuing a paper all the same, which it prints, repeat a file that is withheld."""
    said = [Said("A reason for issuing the paper all the same", each) for each in dict.fromkeys(reasons)]
    return list(_repeated(said, list(_that_withhold(paper)))) if said else []


def _that_withhold(paper: Paper, *, but: int = 0) -> Iterator[Paper]:
    """The paper and the reports that it corrects, as far as they withhold something still; no word of one
    exemption."""
    each: Paper | None = paper
    while each:
        if each.exemptions.filter(lifted_in=None).exclude(pk=but).exists():
            yield each
        each = each.corrects


def _not_read(paper: Paper, files: Files, told: Sequence[Paper]) -> Iterator[Doubt]:
    against = ""
    for kind, kept in files:
        for title, key, why in kept.annotate(why=NOT_READ).exclude(why="").values_list("title", "pk", "why"):
            against = against or _withheld_in(told)
            because = f"{why}. {AGAIN}" if why == NEVER_LOOKED and paper.is_draft else why
            yield Doubt(
                f"unread-{kind}-{key}-{against}",
                f"The file of “{title}” could not be read in full: {because}",
            )


def _withheld_in(told: Iterable[Paper]) -> str:
    """A short digest of what is withheld: who answers for a file that could not be read knows all of it."""
    kept: list[Any] = []
    for paper in told:
        marks = paper.exemptions.filter(lifted_in=None)
        lists = set(marks.values_list("section__lists", flat=True))
        kept += marks.order_by("pk").values_list(*WITHHELD)
        if Lists.RECOMMENDATIONS in lists:
            kept += paper.recommendations.values_list("pk", "text")
        if Lists.BACKGROUND in lists:
            kept += paper.background_papers.values_list("pk", "title")
    return _digest(repr(kept))


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:DIGITS]


# What the public part says in words that somebody typed


def _front(paper: Paper) -> Iterator[Said]:
    item = AgendaItem.objects.filter(paper=paper).first()
    goes_out = item.told if item else ""
    sheet = (paper.report_of, paper.cabinet_member, paper.director_approving, paper.wards, goes_out)
    for what, texts in (("title", (paper.title,)), ("front sheet", sheet)):
        for words in filter(None, texts):
            yield Said(f"The {what}", words)


def _before(paper: Paper) -> Iterator[Said]:
    """What the paper tells of another body that had the report before."""
    told = considered_before(paper, Moment.now()).get("before", {})
    for words in (*told.get("recommended", ()), *told.get("decided", ())):
        yield Said("What another body was recommended, or resolved,", words)


def _sections(sections: Iterable[PaperSection]) -> Iterator[Said]:
    for each in sections:
        yield Said(f"The section “{each}”", each.text, each)


def _recommendations(paper: Paper, sections: QuerySet[PaperSection]) -> Iterator[Said]:
    """Those that a section lists."""
    if sections.filter(lists=Lists.RECOMMENDATIONS).exists():
        for each in paper.recommendations.select_related("body"):
            yield Said(f"A recommendation to the {each.body}", each.text)


def _repeated(said: Sequence[Said], told: Sequence[Paper], *, but: int = 0) -> Iterator[Doubt]:
    withheld = Appendix.objects.filter(paper__in=told, exemption__isnull=False, exemption__lifted_in=None)
    files = withheld.exclude(exemption=but).exclude(words=None).values_list("pk", "words")
    told_in = [(each, frozenset(runs([each.words]))) for each in said]
    every = frozenset().union(*(found for _, found in told_in))
    for key, words in files if every else ():
        repeated = {run for run in runs([words or ""]) if run in every}
        for each in (each for each, found in told_in if not repeated.isdisjoint(found)):
            yield Doubt(
                f"repeats-{key}-{each.name}",
                f"{each.what} repeats words of an added appendix that is not for publication",
            )
