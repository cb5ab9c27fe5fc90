"""A plan of ten thousand actions with fifteen thousand waits, made for it: its pages and its order of work.

The page of the plan may take so many times what a plain Django ListView of the same rows takes in the same
run (governance/demo/bare_plans.py), asked through the same middleware with the same session. It is set beside
two: one that lists alone, and one that answers the numbers of the page too (decision 42). The database has no
statistics of the plan, as in the first minute after one is brought in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from random import Random
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from actions.figures.order import blocked
from actions.models import Action, ActionPlan, Dependency
from actions.representations.asking_work import work_of
from actions.representations.forecast import Forecast
from governance.core.settled import settle
from governance.demo.bare_plans import BARE, COUNTED
from governance.demo.bulk import Size, make_register
from governance.demo.measuring import beside, timed
from governance.figures.moment import Moment, Scope
from governance.history.trail import because
from governance.people.models import User

ACTIONS, WAITS, TIMES = 10_000, 15_000, 3
LIMIT = 1_000.0  # milliseconds, for each
BESIDE_BARE = 1.5  # the page of the plan, in times of the bare view
VIEWS = {"page of the plan, beside a list": BARE, "page of the plan, beside list and counts": COUNTED}


class Timed(NamedTuple):
    """What was measured: the fewest milliseconds, what came out, and how many it may take."""

    name: str
    milliseconds: float
    found: int
    limit: float = LIMIT
    floor: float = 0.0  # what the bare view took beside it; nought where there is none

    def __str__(self) -> str:
        kept = "kept" if self.milliseconds <= self.limit else "NOT KEPT"
        times = f", {self.milliseconds / self.floor:.1f} times {self.floor:.1f}" if self.floor else ""
        measured = f"{self.name:<42}{self.milliseconds:>10.1f}{self.limit:>10.0f}"
        return f"{measured}  {kept}{times}, {self.found:,} found"


def measure(person: User, actions: int = ACTIONS, waits: int = WAITS) -> Iterator[Timed]:
    """Its pages; what is blocked by the figure, and with the path and what frees most. Nothing stays."""
    with transaction.atomic(), because("Measured"):
        plan = _plan(actions, waits)
        moment, scope = Moment.now(), Scope(plans=(plan.code,))
        yield from _pages(plan, person)
        yield _timed("blocked, counted", lambda: blocked.value(moment, scope))
        yield _timed("read, blocked and critical path", lambda: _path(plan, moment, person))
        yield _timed("with what frees most and the days", lambda: _whole(plan, moment, person))
        transaction.set_rollback(True)


def _pages(plan: ActionPlan, person: User) -> Iterator[Timed]:
    """The page of the plan, of which a bare view gives the limit, and that of its order of work."""
    served = {"ROOT_URLCONF": "governance.demo.bare_plans", "ALLOWED_HOSTS": ["testserver"], "DEBUG": False}
    with override_settings(**served):
        settle()
        client = Client()
        client.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])
        page = partial(_get, client, plan.get_absolute_url())
        for name, address in VIEWS.items():
            measured = beside(name, page, partial(_get, client, f"{address}{plan.code}/"), TIMES)
            yield Timed(name, measured.milliseconds, page(), BESIDE_BARE * measured.floor, measured.floor)
        yield _timed("order page", partial(_get, client, reverse("actions:order", args=[plan.code])))


def _get(client: Client, address: str) -> int:
    """How many rows the tables of the page have. Raises RuntimeError where it does not answer."""
    response = client.get(address, secure=True)
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answers {response.status_code}")
    return int(response.content.count(b"<tr"))


def _path(plan: ActionPlan, moment: Moment, person: User) -> int:
    work = work_of(plan, moment, person)
    return len(work.blocked) and len(work.path)


def _whole(plan: ActionPlan, moment: Moment, person: User) -> int:
    work = work_of(plan, moment, person)
    forecast = Forecast(work, moment)
    return len(work.next_to_do()) if work.path and (forecast.latest or forecast.slippage) else 0


def _plan(actions: int, waits: int) -> ActionPlan:
    """A plan of so many actions and waits: each on one of the hundred after it, so never in a circle."""
    make_register(Size(actions=actions))
    plan = ActionPlan.objects.order_by("pk").last()
    assert plan is not None
    keys = list(Action.objects.filter(plan=plan).order_by("pk").values_list("pk", flat=True))
    there = set(Dependency.objects.filter(action__plan=plan).values_list("action_id", "needs_action_id"))
    random = Random(1)  # noqa: S311  # the same plan every time
    new: set[tuple[int, int]] = set()
    while len(there) + len(new) < waits:
        place = random.randrange(len(keys) - 1)
        needed = keys[min(place + random.randint(1, 100), len(keys) - 1)]
        new |= {(keys[place], needed)} - there
    Dependency.objects.bulk_create(
        Dependency(action_id=one, needs_action_id=other, holds_up=("start", "finish")[one % 2],
                   from_on=plan.opened_on)
        for one, other in sorted(new)
    )  # fmt: skip
    return plan


def _timed(name: str, ask: Callable[[], Any]) -> Timed:
    """The best of some turns."""
    turns = [timed(ask) for _ in range(TIMES)]
    return Timed(name, min(took for _, took in turns), turns[-1][0])
