"""Further entries for a council at work: files like those of its first day, which point at what is there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import models, transaction

from actions.models import Action, ActionPlan, Audit, Recommendation, ScopeArea
from assets.models import Asset
from governance.demo.brought import Brought
from governance.demo.files import read_folder
from governance.demo.loader import Loaded, count, in_words
from governance.demo.newcomer import TABLES as FIRST_DAY
from governance.demo.plans import bring_in_plans
from governance.demo.shape import BrokenFilesError, Problem, Row
from governance.demo.structure import bring_in_registers
from governance.demo.tables import PLANNING, REGISTERS
from governance.history.trail import signed
from governance.people.models import OrganisationalUnit, Post, Role, User
from risks.models import Risk

# Progress is reported on the pages, which warn of what stands in the way and know who reports.
TABLES = tuple(table for table in (*REGISTERS, *PLANNING) if table.file != "updates.csv")
FILES = [table.file for table in TABLES]
MAY_ENTER = (Role.IG_OFFICER, Role.RECORDS_MANAGER)
REASON = "Entered from files"

# By file: the model, and for each column that other files point at or checks look at, the way to its value.
STANDING: dict[str, tuple[type[models.Model], dict[str, str]]] = {
    "units.csv": (OrganisationalUnit, {"code": "code"}),
    "posts.csv": (Post, {"code": "code"}),
    "assets.csv": (Asset, {"reference": "reference"}),
    "risks.csv": (Risk, {"reference": "reference"}),
    "audits.csv": (Audit, {"code": "code"}),
    "scope_areas.csv": (ScopeArea, {"audit": "audit__code", "code": "code"}),
    "recommendations.csv": (Recommendation, {"audit": "audit__code", "reference": "reference"}),
    "plans.csv": (ActionPlan, {"code": "code", "audit": "audit__code", "opened_on": "opened_on"}),
    "actions.csv": (Action, {"reference": "reference"}),
}


class MayNotEnterError(Exception):
    """The person named cannot answer for entries; the text says why."""


def add(folder: Path, email: str, *, dry_run: bool = False) -> Loaded:
    """Bring in every row of the files in a folder, under the name of that person, or nothing.

    A dry run does all of it and lets go of it again. Raises MayNotEnterError, and BrokenFilesError naming
    file, row and column.
    """
    by = _answering(email)
    _refuse_other_files(folder)
    before = count()
    with transaction.atomic():
        files = read_folder(folder, TABLES, FILES, {file: _rows(file) for file in STANDING})
        brought = _with_what_stands(Brought(files, people={by.email: by}))
        with signed(by, reason=REASON):
            bring_in_registers(brought)
            bring_in_plans(brought)
        files.stop_if_broken()
        added = {name: number - before.get(name, 0) for name, number in count().items()}
        transaction.set_rollback(dry_run)
    counts = {name: number for name, number in added.items() if number}
    rows = sum(len(files[file]) for file in FILES)
    said = f"Rows {'that would be ' if dry_run else ''}brought in: {rows} ({in_words(counts)})."
    return Loaded(changed=not dry_run, lines=[said], counts=counts)


def _answering(email: str) -> User:
    person: User | None = User.objects.active().filter(email=email.lower()).first()
    if person is None:
        raise MayNotEnterError(f"Nobody signs in as {email}.")
    if not person.holds(*MAY_ENTER):
        roles = " or ".join(role.label.lower() for role in MAY_ENTER)
        raise MayNotEnterError(f"{email} is not {roles} today, so may not answer for entries.")
    return person


def _refuse_other_files(folder: Path) -> None:
    """A file that would be passed over in silence, or none at all, is a mistake."""
    there = {table.file for table in FIRST_DAY if (folder / table.file).is_file()}
    text = "This file is for the first day of a council; what it holds is entered on the pages."
    problems = [Problem(file, text) for file in sorted(there - set(FILES))]
    if not there:
        problems = [Problem(str(folder), f"There is none of {', '.join(FILES)}.")]
    if problems:
        raise BrokenFilesError(problems)


def _rows(file: str) -> list[Row]:
    """What stands already, as rows of number 0 with the columns that can be pointed at."""
    model, columns = STANDING[file]
    found: Iterable[Any] = model._default_manager.values_list(*columns.values())
    return [Row(file, 0, dict(zip(columns, values, strict=True))) for values in found]


def _with_what_stands(brought: Brought) -> Brought:
    """Each kind under the names that the files use."""
    brought.units = {unit.code: unit for unit in OrganisationalUnit.objects.all()}
    brought.posts = {post.code: post for post in Post.objects.all()}
    brought.assets = {asset.reference: asset for asset in Asset.objects.all()}
    brought.audits = {audit.code: audit for audit in Audit.objects.all()}
    areas = ScopeArea.objects.select_related("audit")
    brought.areas = {(area.audit.code, area.code): area for area in areas}
    asked = Recommendation.objects.select_related("audit")
    brought.recommendations = {(one.audit.code, one.reference): one for one in asked}
    brought.plans = {plan.code: plan for plan in ActionPlan.objects.select_related("audit")}
    brought.actions = {action.reference: action for action in Action.objects.all()}
    return brought
