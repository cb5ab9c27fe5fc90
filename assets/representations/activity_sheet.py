"""The record of processing activities (UK GDPR Article 30) as a file, and the rules of an activity.

Every field of an activity has a column, and so has what it has several of (assets, Schedule 1 conditions,
controllers it is done for, transfers abroad). No file moves the state: an activity goes live, and ends, on
its page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

from assets.models import ProcessingActivity, Safeguard, ScheduleCondition, Transfer
from assets.models.numbering import next_references
from assets.representations.activity_columns import COLUMNS
from assets.representations.activity_found import BY_ASSET
from assets.representations.activity_rows import DERIVED, with_rows
from assets.representations.activity_several import COLUMNS as SEVERAL
from assets.representations.activity_several import CONDITIONS, CONTROLLERS, TRANSFERS
from assets.representations.article_30 import CONTRADICTIONS, NEEDS, Need, Rows, missing_rows
from governance.core.dates import today
from governance.people.registers.sheet import Rule, Sheet, Text, Values, Watch, offer

State = ProcessingActivity.State
REFERENCE = Text(
    name="reference",
    heading="Reference",
    aliases=("Ref", "ID", "ROPA ID", "Activity ID", "Activity reference", "Ref no"),
    help="By which a row is matched with an activity",
)
# The database's names for what contradicts itself, by the field that the sentence is about.
CONSTRAINTS = {
    "basis": "activity_of_a_processor_has_no_basis_of_its_own",
    "interest_condition": "activity_recognised_interest_has_that_basis",
    "special_condition": "activity_article_9_is_for_special_category_data",
    "follows_policy_reason": "activity_departing_from_its_policy_says_why",
}


def of_values(lacking: Callable[[Any], bool]) -> Callable[[Mapping[str, Any]], bool]:
    """What is asked of an activity, asked of its values."""
    return lambda values: lacking(SimpleNamespace(**values))


def of_live(need: Need) -> Rule:
    """What a live activity says, as a rule."""
    lacking = of_values(need.lacking)
    return Rule(
        f"activity_live_says_{need.field}",
        "retention_words" if need.field == "retention" else need.field,
        f"It is live. {need.words}",
        lambda values: values["state"] == State.LIVE and lacking(values),
    )


RULES = (
    *(
        Rule(CONSTRAINTS[each.field], each.field, each.words, of_values(each.lacking))
        for each in CONTRADICTIONS
    ),
    *map(of_live, NEEDS),
)


def watch_activities(keys: Collection[int]) -> Watch:
    """Knows the rows of these activities: five queries, however many rows a file has."""
    rows, told = Rows.of_many(keys), Told.now()

    def watch(before: Values, after: Values) -> Iterator[tuple[str, str]]:
        """A step of the state, and what a live activity would lack with the rows it has."""
        if before["state"] != after["state"] == State.DRAFT:
            said = State(before["state"]).label.lower()
            yield "state", f"{before['reference']} is {said}: it goes live, and ends, on its page"
        if after["state"] == State.LIVE:
            for each in missing_rows(SimpleNamespace(**after), told.laid_over(rows[before["id"]], after)):
                yield each.field, f"It is live. {each.words}"

    return watch


@dataclass(frozen=True)
class Told:
    """The lists that rows name an entry of."""

    conditions: Mapping[int, ScheduleCondition]
    safeguards: Mapping[int, Safeguard]

    @classmethod
    def now(cls) -> Told:
        """As they stand."""
        return cls(ScheduleCondition.objects.in_bulk(), Safeguard.objects.in_bulk())

    def laid_over(self, rows: Rows, said: Values) -> Rows:
        """The rows of an activity, those instead of which a file says others."""
        found = replace(rows)
        if (named := said.get(CONTROLLERS.attname)) is not None:
            found.controllers = len(named)
        if (named := said.get(CONDITIONS.attname)) is not None:
            found.conditions = [self.conditions[row["condition_id"]] for row in named]
        if (named := said.get(TRANSFERS.attname)) is not None:
            found.transfers = [self.transfer(row) for row in named]
        return found

    def transfer(self, row: Values) -> Transfer:
        """The transfer that a row says, not saved."""
        safeguard = self.safeguards.get(row["safeguard_id"])
        said = {name: row[name] for name in ("country", "recipient", "assessment")}
        return Transfer(**said, safeguard=safeguard)


SHEET = offer(
    Sheet(
        key="activities",
        model=ProcessingActivity,
        noun="processing activity",
        plural="processing activities",
        columns=COLUMNS,
        reference=REFERENCE,
        several=SEVERAL,
        found_by=BY_ASSET,
        derived=DERIVED,
        told=with_rows,
        rules=RULES,
        watch=watch_activities,
        watched=(
            "state",
            "capacity",
            "criminal_offence",
            "law_enforcement",
            "policy_document",
            "transfers_abroad",
            CONDITIONS.attname,
            CONTROLLERS.attname,
            TRANSFERS.attname,
        ),
        bring_in="assets.bring_in_activities",
        permission="assets.change_activity",
        permission_on=("owner_id", "unit_id"),
        references=partial(next_references, ProcessingActivity, "PA"),
        withdrawn=lambda: {"state": State.ENDED, "ended_on": today()},
        over={"state": (State.ENDED,)},
    )
)
