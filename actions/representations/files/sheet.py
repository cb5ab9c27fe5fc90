"""Actions as a file: what comes in for each plan, and comes back."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from actions.models import Action, ActionPlan
from actions.models.mistaken import STANDING
from actions.representations.files.cells import THEIRS
from actions.representations.files.facts import FACTS
from actions.representations.files.leaving import DERIVED, told
from actions.representations.files.naming import references
from assets.models.numbering import next_references
from governance.people.models import Post
from governance.people.registers.sheet import KnownBy, Lookup, Sheet, Text, Values, Watch, offer

STAYS = "An action stays on its plan"
NOT_TAKEN = {
    "For reading only: completion is claimed by the status, and approved and verified on the page of the "
    "action, by whom the action says": (
        "approved", "approver", "verified", "verifier", "verification", "claimed", "claim",
    ),
}  # fmt: skip
REFERENCE = Text(
    name="reference",
    heading="Reference",
    aliases=(
        "Ref",
        "ID",
        "Action ID",
        "Action reference",
        "Action ref",
        "Action number",
        "Action no",
        "Ref no",
    ),
    help="By which a row is matched with an action",
)
COLUMNS = (
    Text(
        name="title",
        heading="Title",
        required=True,
        longest=300,
        aliases=("Action", "Action title", "What is to be done", "Task", "Activity", "Agreed action"),
    ),
    Lookup(
        name="plan",
        heading="Plan",
        attname="plan_id",
        among=ActionPlan.objects.all,
        by=("code", "title"),
        required=True,
        aliases=("Action plan", "Plan code"),
        help="The code or the title of an action plan",
    ),
    Lookup(
        name="owner",
        heading="Owner",
        attname="owner_id",
        among=Post.objects.all,
        by=("code", "title"),
        required=True,
        aliases=("Action owner", "Owner post", "Responsible officer", "Responsible", "Lead", "Lead officer"),
        help="The code or title of a post, never a person's name",
    ),
)


def watch(keys: Collection[int]) -> Watch:
    """An action that moved to another plan would be missing from what was said of the first."""

    def moves(before: Values, after: Values) -> list[tuple[str, str]]:
        return [("plan", STAYS)] if before["plan_id"] != after["plan_id"] else []

    return moves


SHEET = offer(
    Sheet(
        key="actions",
        model=Action,
        noun="action",
        plural="actions",
        columns=COLUMNS,
        reference=REFERENCE,
        facts=FACTS,
        derived=DERIVED,
        told=told,
        not_taken=NOT_TAKEN,
        watch=watch,
        watched=("plan_id",),
        bring_in="actions.bring_in",
        permission="actions.bring_over",
        permission_on=("owner_id",),
        references=partial(next_references, Action, "ACT"),
        among=STANDING,  # of what was entered in error nothing is reported any more
        undone="marked as entered in error",
        known_by=KnownBy(column=THEIRS, within="plan", references=references),
    )
)
