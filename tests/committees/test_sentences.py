"""Sentences made from the ledger: right for none, one and many."""

import pytest

from governance.committees.sentences import Earlier, Shown, Standing, movement, plain, summary, waiting

STATUSES = ("completed", "in_progress", "awaiting_approval", "not_started", "withdrawn")


def shown(**numbers):
    return {name: Shown(value, 1, place) for place, (name, value) in enumerate(numbers.items(), 1)}


def standing(completed=0, in_progress=0, awaiting=0, not_started=0, withdrawn=0, **more):
    """A plan with these counts; `entered` and `left` for what moved, `earlier` for a paper before."""
    counts = dict(zip(STATUSES, (completed, in_progress, awaiting, not_started, withdrawn), strict=True))
    counts |= {"total": sum(counts.values()), "remaining": in_progress + awaiting + not_started}
    counts |= {"waiting_for_actions": more.get("actions", 0), "waiting_for_posts": more.get("posts", 0)}
    none = dict.fromkeys((*STATUSES, "total"), 0)
    earlier = None
    if "earlier" in more:
        earlier = Earlier("25 July 2016", shown(**more["earlier"]), more.get("has_entries", True))
    return Standing(
        shown(**counts),
        shown(**(none | more.get("entered", {}))),
        shown(**(none | more.get("left", {}))),
        earlier,
    )


def text(sentences):
    return " ".join(plain(sentence) for sentence in sentences)


@pytest.mark.parametrize(
    ("completed", "approved", "verified", "said"),
    [
        (3, 0, 0, "Of the 3 completed, none has been approved and none verified by anybody independent."),
        (3, 1, 0, "Of the 3 completed, 1 has been approved and none verified by anybody independent."),
        (3, 2, 1, "Of the 3 completed, 2 have been approved and 1 verified by somebody independent."),
        (1, 0, 1, "Of the 1 completed, none has been approved and 1 verified by somebody independent."),
    ],
)
def test_beside_what_management_says_stands_what_others_found(completed, approved, verified, said):
    plan = standing(completed)
    found = Standing(dict(plan.now) | shown(approved=approved, verified=verified))
    assert text(summary(found)).endswith(said)


def test_where_nothing_is_completed_nothing_is_said_of_who_found_it():
    found = Standing(dict(standing(0, 2).now) | shown(approved=0, verified=0))
    assert "approved" not in text(summary(found))


def test_of_what_somebody_found_the_sentence_says_itself_whatever_stands_before_it():
    """After "8 completed, 49 in progress" as after "8 completed of 77 actions" it is the 8 that are meant."""
    checked = shown(approved=2, verified=0)
    said = "Of the 8 completed, 2 have been approved and none verified by anybody independent."
    for plan in (standing(8, 49, 0, 20), standing(8, 49, 0, 20, entered={"completed": 1}, earlier=JULY)):
        found = summary(Standing(dict(plan.now) | checked, plan.entered, plan.left, plan.earlier))
        assert plain(found[-1]) == said
        assert [part["text"] for part in found[-1] if "position" in part] == ["8 completed", "2", "none"]


JULY = {"completed": 8, "in_progress": 50, "not_started": 19, "total": 77}
SINCE = "Since 25 July 2016 "
COMMA = "Since 25 July 2016, "  # before a figure that begins the clause


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (
            standing(46, 27, 0, 4, entered={"completed": 38}, earlier=JULY),
            "Since 25 July 2016 a further 38 actions have been completed; of the remaining 31, "
            "27 are in progress "
            "and 4 have not started. That makes 46 completed of 77 actions, as reported by management.",
        ),
        (
            standing(75, 0, 2, entered={"completed": 29}, earlier=JULY),
            SINCE
            + "a further 29 actions have been completed; the 2 remaining actions are awaiting approval. "
            "That makes 75 completed of 77 actions, as reported by management.",
        ),
        (
            standing(9, 1, 1, 1, entered={"completed": 1}, earlier=JULY),
            COMMA
            + "1 further action has been completed; of the remaining 3, 1 is in progress, 1 is awaiting "
            "approval and 1 has not started. That makes 9 completed of 12 actions, as reported "
            "by management.",
        ),
        (
            standing(8, 0, 0, 1, earlier=JULY),
            COMMA + "no further action has been completed; the 1 remaining action has not started. "
            "That makes 8 completed of 9 actions, as reported by management.",
        ),
        (
            standing(1, entered={"completed": 1}, earlier=JULY),
            COMMA + "1 further action has been completed; no action remains to be completed. "
            "That makes 1 completed of 1 action, as reported by management.",
        ),
        (
            standing(7, 2, left={"completed": 1}, earlier=JULY),
            COMMA
            + "no further action has been completed; the 2 remaining actions are in progress. That makes 7 "
            "completed of 9 actions, as reported by management. 1 action reported as completed "
            "then is no longer so.",
        ),
        (
            standing(7, 2, left={"completed": 3}, earlier=JULY),
            COMMA
            + "no further action has been completed; the 2 remaining actions are in progress. That makes 7 "
            "completed of 9 actions, as reported by management. 3 actions reported as completed "
            "then are no longer so.",
        ),
        (
            standing(2, 1, 0, 0, 1),
            "Of 4 actions, 2 have been completed as reported by management and 1 is in progress. "
            "1 action has been withdrawn and is not counted as remaining.",
        ),
        (
            standing(8, 50, 0, 19),
            "Of 77 actions, 8 have been completed as reported by management, 50 are in progress "
            "and 19 have not started.",
        ),
        (
            standing(1, 0, 0, 1, 2),
            "Of 4 actions, 1 has been completed as reported by management and 1 has not started. "
            "2 actions have been withdrawn and are not counted as remaining.",
        ),
        (
            standing(0, 5, 0, 8),
            "Of 13 actions, 5 are in progress and 8 have not started; none has been completed.",
        ),
        (standing(), "There are no actions on the plan."),
    ],
)
def test_the_summary_says_what_moved_and_what_remains(plan, said):
    assert text(summary(plan)) == said


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (
            standing(8),
            "This is the first report with figures on the plan: there is nothing to compare them with.",
        ),
        (
            standing(46, 27, 0, 4, entered={"completed": 38, "in_progress": 1}, earlier=JULY),
            "The previous report, of 25 July 2016, gave 8 completed, 50 in progress and 19 not "
            "started, of 77 actions. "
            "Since then 38 have been completed and 1 has moved to in progress.",
        ),
        (
            standing(8, entered={"total": 1}, earlier={"completed": 1, "total": 1}),
            "The previous report, of 25 July 2016, gave 1 completed, of 1 action. No action has "
            "moved since then. "
            "1 action is new on the plan.",
        ),
        (
            standing(10, entered={"completed": 2}, left={"not_started": 2}, earlier=JULY, has_entries=False),
            "The previous report, of 25 July 2016, gave 8 completed, 50 in progress and 19 not "
            "started, of 77 actions. "
            "Compared with it there are now 2 more completed and 2 fewer not started.",
        ),
        (
            standing(8, earlier=JULY, has_entries=False),
            "The previous report, of 25 July 2016, gave 8 completed, 50 in progress and 19 not "
            "started, of 77 actions. "
            "The numbers have not changed since then.",
        ),
    ],
)
def test_the_movement_recalls_the_report_before(plan, said):
    assert text(movement(plan)) == said


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (standing(8, 2), "No action is still to be started."),
        (
            standing(not_started=4, actions=4, posts=4),
            "Each of the 4 actions not started waits for another action to be completed and for "
            "a vacant post to be filled.",
        ),
        (
            standing(not_started=1, actions=1),
            "The 1 action not started waits for another action to be completed.",
        ),
        (
            standing(not_started=19, actions=16),
            "Of the 19 actions not started, 16 wait for another action to be completed.",
        ),
        (
            standing(not_started=4, actions=2, posts=1),
            "Of the 4 actions not started, 2 wait for another action to be completed and 1 waits "
            "for a vacant post to be filled.",
        ),
        (
            standing(not_started=3),
            "None of the 3 actions not started waits for another action or a vacant post.",
        ),
        (
            standing(not_started=1),
            "The 1 action not started waits for no other action and for no vacant post.",
        ),
    ],
)
def test_what_is_not_started_says_what_it_waits_for(plan, said):
    assert text(waiting(plan)) == said


def test_every_number_of_a_sentence_leads_to_its_figure():
    plan = standing(46, 27, 0, 4, entered={"completed": 38}, earlier=JULY)
    first = summary(plan)[0]
    linked = [part["text"] for part in first if "position" in part]
    assert linked == ["38 actions", "31", "27", "4"]
    assert not any(char.isdigit() for part in first[2:] if "position" not in part for char in part["text"])
