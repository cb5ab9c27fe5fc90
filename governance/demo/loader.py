"""The demonstration council: Northmere, invented, with the history of the golden case.

`load` goes through the same model methods as the pages, in the order in which things became known, in one
transaction: all of it, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import models, transaction

from actions.models import Action, ActionPlan, ProgressUpdate
from assets.models import Asset
from governance.committees.models import Body, Paper
from governance.demo import accounts, seeds
from governance.demo.brought import KEEPERS, Brought
from governance.demo.files import read_folder
from governance.demo.papers import bring_in_meetings, class_restatements, enter_past_paper, issue
from governance.demo.plans import bring_in_plans, report
from governance.demo.seeds import overlapping
from governance.demo.shape import Files, Row
from governance.demo.structure import bring_in_registers, bring_in_structure
from governance.demo.tables import COMMITTEES, PLANNING, REGISTERS, STRUCTURE
from governance.history.trail import signed
from governance.people.models import OrganisationalUnit, Post, User
from risks.models import Risk

DATA = Path(__file__).parent / "data"
TABLES = (*STRUCTURE, *REGISTERS, *PLANNING, *COMMITTEES)
COUNTED: tuple[type[models.Model], ...] = (
    OrganisationalUnit, Post, User, Asset, Risk, ActionPlan, Action, ProgressUpdate, Body, Paper,
)  # fmt: skip


class OtherCouncilError(Exception):
    """There is a council here already, and it is another one."""


@dataclass(frozen=True)
class Loaded:
    """What was loaded: how many of each, and lines to print. `changed` is False where it was there before."""

    changed: bool
    lines: list[str]
    counts: dict[str, int] = field(default_factory=dict)


def load(folder: Path = DATA) -> Loaded:
    """Load the demonstration council, or say that it is there.

    Raises BrokenFilesError naming file, row and column, or OtherCouncilError; nothing is loaded then.
    """
    files = read_folder(folder, TABLES)
    if is_there(files):
        return Loaded(changed=False, lines=[f"{settings.COUNCIL_NAME} is there already.", _about_passwords()])
    if kinds := what_is_there():
        raise OtherCouncilError(
            f"This installation holds a council already ({kinds}). The demonstration is for an empty one."
        )
    with transaction.atomic():
        brought = bring_in(files, "The demonstration council was loaded")
        officer = brought.holder(*KEEPERS)
        with signed(officer, reason="Entered for the demonstration"):
            seeds.enter_all(officer)
        signing_in = [brought.people[row["email"]] for row in files["people.csv"] if row["account"]]
        made = accounts.give_passwords(signing_in)
    accounts.keep(made)
    counts = count()
    said = f"{settings.COUNCIL_NAME} is loaded: {in_words(counts)}."
    return Loaded(changed=True, lines=[said, f"The accounts are in {accounts.place()}."], counts=counts)


def bring_in(files: Files, reason: str) -> Brought:
    """Everything the files say. Raises BrokenFilesError; call it inside a transaction."""
    brought = Brought(files)
    with signed(None, reason=reason):
        bring_in_structure(brought)
    with signed(brought.holder(*KEEPERS), reason=reason):
        bring_in_registers(brought)
        bring_in_plans(brought)
        if not files.standing:
            overlapping.bring_in(brought)
        bring_in_meetings(brought)
    for bring_in_next, row in in_order(files):
        bring_in_next(brought, row)
    files.stop_if_broken()
    return brought


def in_order(files: Files) -> list[tuple[Callable[[Brought, Row], None], Row]]:
    """Progress and papers as they became known: a paper is frozen at the end of its day."""
    updates = [((row["known_on"], 0, row.number), report, row) for row in files["updates.csv"]]
    papers = [((row["frozen_on"], 1, row.number), issue, row) for row in files["papers.csv"]]
    past = [((row["as_at"], 1, row.number), enter_past_paper, row) for row in files["past_papers.csv"]]
    classed = [
        ((row["classed_on"], 1, row.number), class_restatements, row) for row in files["restatements.csv"]
    ]
    told = sorted([*updates, *papers, *past, *classed], key=lambda one: one[0])
    return [(bring_in_next, row) for _, bring_in_next, row in told]


def is_there(files: Files) -> bool:
    """Whether every post and every plan of the files is here."""
    kinds: dict[str, type[models.Model]] = {"posts.csv": Post, "plans.csv": ActionPlan}
    return all(
        kind._default_manager.filter(code__in=[row["code"] for row in files[file]]).count()
        == len(files[file])
        for file, kind in kinds.items()
    )


def people_with_accounts() -> list[User]:
    """Those of the demonstration who sign in, as far as they are here."""
    people = read_folder(DATA, TABLES)["people.csv"]
    emails = [row["email"] for row in people if row["account"]]
    return list(User.objects.filter(email__in=emails).order_by("pk"))


def what_is_there() -> str:
    """What this installation holds, in words; nothing if it is empty."""
    return in_words(count())


def count() -> dict[str, int]:
    """How many there are of each kind that there is any of, by its name in the plural."""
    numbers = {str(kind._meta.verbose_name_plural): kind._default_manager.count() for kind in COUNTED}
    return {name: number for name, number in numbers.items() if number}


def in_words(counts: dict[str, int]) -> str:
    """16 organisational units, 31 posts, 1 risk"""
    single = {str(kind._meta.verbose_name_plural): str(kind._meta.verbose_name) for kind in COUNTED}
    return ", ".join(f"{number:,} {single[name] if number == 1 else name}" for name, number in counts.items())


def _about_passwords() -> str:
    if accounts.place().exists():
        return f"The accounts are in {accounts.place()}."
    return "The passwords are kept nowhere; to set new ones: ./run manage demo_accounts --renew"
