"""What an entry does not say yet: named, with the section that mends it.

A pure function over an asset or any version of it, so that pages, lists and files count alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q

from assets.models import Asset

ALWAYS = Q()


class Missing(NamedTuple):
    """One thing that is not said: in words, and where it is said."""

    words: str
    section: str


@dataclass(frozen=True)
class Question:
    """One thing that an entry should say.

    `arises` is whether it does for this entry at all, and `where` the same as a condition of the database.
    """

    words: str
    section: str
    column: str
    arises: Callable[[Any], bool] = lambda version: True
    where: Q = ALWAYS

    def answered(self, version: Any) -> bool:
        """Does the entry say it?"""
        return getattr(version, self.column) not in (None, "")

    @property
    def is_open(self) -> Q:
        """The entries that do not say it, although it arises."""
        texts = ("TextField", "CharField")
        field: Any = Asset._meta.get_field(self.column.removesuffix("_id"))
        unsaid = Q(**{self.column: ""}) if field.get_internal_type() in texts else Q(**{self.column: None})
        return self.where & unsaid


PUBLISHED = (Asset.Publish.PUBLISH, Asset.Publish.PART)


def _is_published(version: Any) -> bool:
    return version.publish in PUBLISHED


class _Decision(Question):
    """Whether it is published: "not decided" is no answer."""

    def answered(self, version: Any) -> bool:
        """Has somebody decided?"""
        return bool(version.publish != Asset.Publish.UNDECIDED)

    @property
    def is_open(self) -> Q:
        """The entries of which nobody has decided."""
        return Q(publish=Asset.Publish.UNDECIDED)


QUESTIONS = (
    Question("A description", "identity", "description"),
    Question("What it is kept and used for", "identity", "purpose"),
    Question("The function of the council it serves", "identity", "function_id"),
    Question(
        "The system it is kept in",
        "identity",
        "system_id",
        lambda version: version.form != Asset.Form.PAPER,
        ~Q(form=Asset.Form.PAPER),
    ),
    Question("The teams that use it", "ownership", "users"),
    Question("Whether it contains personal data", "content", "contains_personal_data"),
    Question(
        "Whose data it contains",
        "content",
        "data_subjects",
        lambda version: bool(version.contains_personal_data),
        Q(contains_personal_data=True),
    ),
    Question("About how much there is", "content", "volume_id"),
    Question("Its protective marking", "protection", "marking_id"),
    Question("How bad a breach of confidentiality would be", "protection", "confidentiality_id"),
    Question("How bad a loss of integrity would be", "protection", "integrity_id"),
    Question("How bad a loss of availability would be", "protection", "availability_id"),
    Question("Who may use it", "protection", "access_rule"),
    Question("How long it is kept", "retention", "retention_rule_id"),
    _Decision("Whether it is published", "openness", "publish"),
    Question(
        "The licence on which it is published",
        "openness",
        "licence_id",
        _is_published,
        Q(publish__in=PUBLISHED),
    ),
)
# How complete an entry is, best first: the code, the words, and the least share of questions answered.
BANDS = (
    ("complete", "Complete", 100),
    ("most", "Three quarters or more", 75),
    ("half", "Half to three quarters", 50),
    ("little", "Less than half", 0),
)


def asked(version: Any) -> list[Question]:
    """The questions that arise for an asset or a version of one."""
    return [question for question in QUESTIONS if question.arises(version)]


def missing(version: Any) -> list[Missing]:
    """What an asset, or a version of one, does not say, in the order of the sections."""
    return [
        Missing(question.words, question.section)
        for question in asked(version)
        if not question.answered(version)
    ]


@dataclass(frozen=True)
class Completeness:
    """How much of what it should say an entry says."""

    of: int
    missing: list[Missing]

    @classmethod
    def of_version(cls, version: Any) -> Completeness:
        """That of an asset or a version of one."""
        return cls(len(asked(version)), missing(version))

    @property
    def said(self) -> int:
        """How many of the questions are answered."""
        return self.of - len(self.missing)

    @property
    def band(self) -> str:
        """The band of BANDS, in words."""
        return next(words for _, words, least in BANDS if self.said * 100 >= least * self.of)

    def by_section(self) -> dict[str, list[str]]:
        """What is missing in each section that misses something."""
        found: dict[str, list[str]] = {}
        for gap in self.missing:
            found.setdefault(gap.section, []).append(gap.words)
        return found

    def __str__(self) -> str:
        return f"{self.said} of {self.of}"
