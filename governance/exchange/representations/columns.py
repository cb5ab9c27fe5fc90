"""Which columns of a file did not come in, told apart by why; and for which other register it can come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.exchange.layouts import LAYOUTS, others, recognised
from governance.exchange.models import Batch
from governance.people.registers.sheet import SHEETS, Sheet

if TYPE_CHECKING:
    from governance.people.models import User


def headings_of(batch: Batch) -> list[str]:
    """The headings of the file, in its order; in that of the alphabet once the file is emptied."""
    found = getattr(batch, "found", None)
    return list(found.headings) if found else sorted(batch.mapping)


def why_left_out(batch: Batch) -> dict[str, str]:
    """Why columns stay out whatever anybody says, by heading."""
    headings = headings_of(batch)
    layout = recognised(LAYOUTS.values(), batch.register, headings)
    return SHEETS[batch.register].left_out(headings) | (layout.left_out(headings) if layout else {})


def left_out_by_choice(batch: Batch) -> list[str]:
    """The headings of columns whose words are lost, since somebody left them out."""
    settled = why_left_out(batch)
    return [each for each in headings_of(batch) if batch.mapping.get(each) == "" and each not in settled]


def left_out_for_good(batch: Batch) -> list[str]:
    """The headings of columns that no file sets here: for reading only, or another register's."""
    settled = why_left_out(batch)
    return [each for each in headings_of(batch) if batch.mapping.get(each) == "" and each in settled]


def given_elsewhere(batch: Batch) -> str:
    """What is said first of a file that has columns for reading only whose like is given on pages."""
    sheet = SHEETS[batch.register]
    left = [each for each in headings_of(batch) if batch.mapping.get(each) == ""]
    only_out = sheet.left_out(left)
    said = list(dict.fromkeys(why for each in left if (why := sheet.why_not(each))))
    if only_out and sheet.given_on:
        said.append(
            f"For reading only: {', '.join(only_out)}. Cells of these that differ from the register’s are "
            f"not brought in. {sheet.given_on}"
        )
    return ". ".join(said)


def also_for(batch: Batch, person: User) -> list[Sheet]:
    """The other registers for which the file has columns, and into which the person may bring it now.

    First it comes in for the one it was brought for, so that what is new there can be found; where it says
    nothing new there, it goes on at once.
    """
    over = batch.state == Batch.State.COMMITTED or says_nothing_new(batch)
    if not over or batch.file.emptied_at:
        return []
    sheets = [SHEETS[each.register] for each in others(LAYOUTS.values(), batch.register, headings_of(batch))]
    came_in = Batch.objects.of_one_file_with(batch.pk).filter(state=Batch.State.COMMITTED)
    done = set(came_in.values_list("register", flat=True)) if sheets else set()
    return [each for each in sheets if each.key not in done and person.has_perm(each.bring_in)]


def says_nothing_new(batch: Batch) -> bool:
    """Was the file checked, and does the register say all of it already?"""
    return batch.state == Batch.State.CHECKED and batch.unchanged_count == batch.row_count
