"""The record of processing activities (UK GDPR Article 30) as a file, and the rules of an activity.

Every field of an activity has a column. What an activity has several of (assets, Schedule 1 conditions,
controllers it is done for, transfers abroad) has pages of its own: it leaves in columns of its own and is
never read from a file. Nor does a file move the state: an activity goes live, and ends, on its page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any

from assets.models import ProcessingActivity
from assets.models.numbering import next_references
from assets.representations.activity_columns import COLUMNS
from assets.representations.activity_rows import DERIVED, with_rows
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
    """Knows the rows of these activities: three queries, however many rows a file has."""
    rows = Rows.of_many(keys)

    def watch(before: Values, after: Values) -> Iterator[tuple[str, str]]:
        """A step of the state, and what a live activity would lack with the rows it has."""
        if before["state"] != after["state"] == State.DRAFT:
            said = State(before["state"]).label.lower()
            yield "state", f"{before['reference']} is {said}: it goes live, and ends, on its page"
        if after["state"] == State.LIVE:
            for each in missing_rows(SimpleNamespace(**after), rows[before["id"]]):
                yield each.field, f"It is live. {each.words}"

    return watch


SHEET = offer(
    Sheet(
        key="activities",
        model=ProcessingActivity,
        noun="processing activity",
        plural="processing activities",
        columns=COLUMNS,
        reference=REFERENCE,
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
        ),
        bring_in="assets.bring_in_activities",
        permission="assets.change_activity",
        permission_on=("owner_id", "unit_id"),
        references=partial(next_references, ProcessingActivity, "PA"),
        withdrawn=lambda: {"state": State.ENDED, "ended_on": today()},
        over={"state": (State.ENDED,)},
    )
)
