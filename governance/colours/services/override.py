"""Setting a colour in place of the computed one, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance.colours.models import Colour, Coloured, ColourRule, Override
from governance.core.dates import long_date, today
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from datetime import date

    from governance.people.models import User


class ColourError(Exception):
    """A step that cannot be taken: a sentence for a page, and the field it belongs to."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(sentence)


@transaction.atomic
def set_colour(
    coloured: Coloured,
    entry: Any,
    *,
    colour: str,
    until: date,
    reason: str,
    by: User,
    seen: int | None = None,
) -> Override:
    """Show another colour than the computed one, until a day.

    `seen` is the key of the last row that the person was shown, 0 for none; None where no page was. Raises
    ColourError where the entry is this person's own, another has set or taken back one since, no rule is in
    force, or the day is past or further away than the rule in force lets it be.
    """
    locked = held(entry, by)
    unchanged(coloured, locked, seen)
    rule = ColourRule.objects.of(coloured.register).in_force(today())
    if rule is None:
        raise ColourError("No rule is in force, so there is no colour to set another in place of")
    last = rule.last_day(today())
    if not today() <= until <= last:
        between = f"between today and {long_date(last)}"
        raise ColourError(f"The day until which it is set must be {between}", "until")
    return append(coloured, locked, by, colour=Colour(colour), until=until, reason=reason)


@transaction.atomic
def take_back(coloured: Coloured, entry: Any, *, reason: str, by: User, seen: int | None = None) -> Override:
    """Show the computed colour again. Raises ColourError where none is set, another than was `seen`, or it is
    this person's own."""
    locked = held(entry, by)
    unchanged(coloured, locked, seen)
    set_now = coloured.overrides().standing(Moment.now()).filter(**{coloured.link: locked.pk})
    if not set_now.exists():
        raise ColourError("Nobody has set a colour here, or it has run out")
    return append(coloured, locked, by, reason=reason)


def held(entry: Any, by: User) -> Any:
    """The entry as it stands, locked. Raises ColourError if it is this person's own."""
    locked = type(entry)._default_manager.select_for_update(of=("self",)).get(pk=entry.pk)
    if by.occupies(locked.owner_id):
        raise ColourError("Somebody else has to set it: nobody sets the colour of an entry of their own")
    return locked


def unchanged(coloured: Coloured, locked: Any, seen: int | None) -> None:
    """Raises ColourError if another row about the entry is the last than the person was shown."""
    rows = coloured.overrides().filter(**{coloured.link: locked.pk}).order_by("-pk")
    if seen is not None and (rows.values_list("pk", flat=True).first() or 0) != seen:
        raise ColourError(
            "Somebody has set a colour here or taken one back since this page was shown: look at it again"
        )


def append(coloured: Coloured, entry: Any, by: User, **said: Any) -> Override:
    """One more row about an entry."""
    model = coloured.overrides().model
    made: Override = model.objects.create(
        **{coloured.link: entry.pk}, **said, recorded_by=by, recorded_as=by.post_title or by.display_name
    )
    return made
