"""What a hand-over would meet or do besides: others that are planned, acceptances that rest on the owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from governance.core.dates import long_date, today
from governance.dashboards.handing import REGISTERS, SHOWN
from governance.dashboards.models import HandOver
from governance.figures.moment import Moment
from governance.people.models import Post
from risks.models import Acceptance, AcceptanceState, Risk


def crossings(posts: Sequence[Post], to: Post, on: date) -> list[str]:
    """Sentences about planned hand-overs that would carry on, or bring, what these posts give `to` on a day.
    One query, whatever hangs together."""
    planned = {each.from_post_id: each for each in HandOver.objects.planned().for_list()}
    arriving = [each for each in planned.values() if each.to_post in posts and each.from_post_id != to.pk]
    return [*onwards(planned, posts, to, on), *(arrives(each, to, on) for each in reversed(arriving))]


def onwards(planned: dict[int, HandOver], posts: Sequence[Post], to: Post, on: date) -> Iterator[str]:
    """Where what goes to a post goes on to, step by step: each step is planned for a later day."""
    holder, passed = to, {post.pk for post in posts}
    while (step := planned.get(holder.pk)) and holder.pk not in passed:
        passed.add(holder.pk)
        day = max(step.from_on, today())  # one that is held up goes as soon as it can
        first = f"On {long_date(day)} all that the {holder} holds goes to the {step.to_post}"
        if day < on:
            yield f"{first}, earlier: what comes to it here stays with it."
            return
        if day == on and on > today():
            yield f"{first}, the same day: each gives what it held before, and keeps what comes to it."
            return
        back = "comes back" if step.to_post in posts else "goes on"
        yield f"{first}, and what you hand over here {back} to it then."
        holder, on = step.to_post, day


def arrives(planned: HandOver, to: Post, on: date) -> str:
    """What becomes of what a planned hand-over brings to a post that hands over `to` another on a day."""
    day, post = max(planned.from_on, today()), planned.to_post
    first = f"On {long_date(day)} all that the {planned.from_post} holds comes to the {post}"
    if day < on:
        return f"{first}, before you hand over: it goes along to the {to}."
    return f"{first}, which keeps it: it does not go along to the {to}."


def suspended(posts: Sequence[Post], on: date) -> list[Acceptance]:
    """The acceptances of risks of these posts that hold until that day or longer, those that end
    first before the others: another owner suspends them."""
    risks = next(register for register in REGISTERS if register.model is Risk)
    standing = Acceptance.objects.in_state(Moment.now(), AcceptanceState.STANDING)
    found = standing.filter(risk__in=risks.held_by(*posts), until__gte=on)
    return list(found.select_related("risk").order_by("until", "pk"))


def suspensions(posts: Sequence[Post], on: date) -> list[str]:
    """Which acceptances end with the owner they were given to, in words; not more than a page can show."""
    found = suspended(posts, on)
    said = [f"{each.risk}: {lowered(str(each))}" for each in found[:SHOWN]]
    return [*said, f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else said


def lowered(words: str) -> str:
    """Words as they go on after a colon."""
    return words[:1].lower() + words[1:]
