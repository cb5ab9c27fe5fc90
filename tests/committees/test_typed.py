"""Numbers that were typed where a figure could stand, and text that is kept while it is typed."""

import pytest
from django.urls import reverse

from governance.committees import typed
from tests.cast import play, signed_in
from tests.committees.factories import PaperFactory
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db


def entry(name, value):
    return {"key": f"actions.{name}", "title": f"Actions {name}", "value": value, "part": ""}


def asset(row, value):
    key = row.partition(" ")[0]
    return {"key": key, "row": row, "title": "Information assets", "value": value, "part": ""}


CONTENT = {
    "plans": [
        {
            "title": "ICO plan",
            "code": "ico-2015",
            "ledger": [
                entry("total", 77),
                entry("completed", 46),
                entry("in_progress", 27),
                entry("not_started", 4),
                entry("completed", 12) | {"part": "Training"},
            ],
        }
    ],
    "dates": {"frozen": "2016-10-12"},
    "risks": {
        "ledger": [
            {"key": "risks.total", "title": "Information risks", "value": 24, "part": ""},
            {"key": "risks.above_appetite", "title": "Risks above appetite", "value": 10, "part": ""},
            {"key": "risks.above_tolerance", "title": "Risks above tolerance", "value": 2, "part": ""},
        ]
    },
    "inserted": [
        {
            "code": "",
            "as_at": day,
            "ledger": [asset("assets.total", value), asset("assets.total unit=ict", 3)],
        }
        for day, value in (("2016-10-12", 31), ("2015-10-12", 29))
    ],
}
COMPLETED = (
    "“46” equals Actions completed (ICO plan): insert it as {{figure actions.completed plan=ico-2015}}"
)
SAID = {
    "By now 46 had been completed.": [COMPLETED],
    "There are 46 of them.": [COMPLETED],
    "46 of 77 actions are completed.": [
        COMPLETED,
        "“77” equals Actions total (ICO plan): insert it as {{figure actions.total plan=ico-2015}}",
    ],
    "48 actions had been completed": [
        "“48 … completed” contradicts 46, Actions completed (ICO plan). If it is of another day, insert it "
        "with that day: {{figure actions.completed plan=ico-2015 as_at=…}}"
    ],
    "77 actions are completed": [
        "“77 … completed” contradicts 46, Actions completed (ICO plan). If it is of another day, insert it "
        "with that day: {{figure actions.completed plan=ico-2015 as_at=…}}"
    ],
    "There were still 4 actions to begin": [
        "“4” equals Actions not_started (ICO plan): insert it as {{figure actions.not_started plan=ico-2015}}"
    ],
    "There are 11 risks above appetite.": [
        "“11 … above appetite” contradicts 10, Risks above appetite. If it is of another day, insert it "
        "with that day: {{figure risks.above_appetite as_at=…}}"
    ],
    "The register holds 25 information risks. Of 24 risks, 3 are above tolerance.": [
        "“25 … information risks” contradicts 24, Information risks. If it is of another day, insert it "
        "with that day: {{figure risks.total as_at=…}}",
        "“24” equals Information risks: insert it as {{figure risks.total}}",
        "“3 … above tolerance” contradicts 2, Risks above tolerance. If it is of another day, insert it "
        "with that day: {{figure risks.above_tolerance as_at=…}}",
    ],
    "25 information risks were looked at": [],
    "We keep 29 information assets.": [
        "“29 … information assets” contradicts 31, Information assets. If it is of another day, insert it "
        "with that day: {{figure assets.total as_at=…}}"
    ],
    "Position: 48 / 27 / 4": ["“48 / 27 / 4” adds up to 79, not 77: Actions total (ICO plan)"],
    "Position: 46 / 27 / 4": [],
    "4 of the 12 schools": [],
    "On 27 April 2016, in room 46, see paragraph 46 and 27/04/2016": [],
    "46% of them, £46 and 1,046": [],
    "1. first\n46. last": [],
    "{{figure actions.completed}} and {{figure actions.total as_at=2016-07-27}}": [],
}


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_a_typed_number_is_compared_with_the_figures(text, said):
    paper = PaperFactory()
    section = paper.sections.create(position=1, heading="Progress", text=text)
    assert [note.words for note in typed.notes([section], CONTENT)] == said


def test_typed_numbers_are_pointed_out_on_the_draft_and_before_issue_and_stop_nothing(plan, browser_of_clerk):
    draft = PaperFactory(plans=[plan], to_come=True)
    draft.sections.create(position=1, heading="Progress", text="3 actions are completed.")
    said = "Progress: “3 … completed” contradicts 4, Actions completed"
    assert said in plainly(read(browser_of_clerk, draft.get_absolute_url()))
    issue = reverse("committees:issue_paper", args=[draft.pk])
    page = plainly(read(browser_of_clerk, issue))
    assert said in page
    assert "Issue the paper" in page


def test_the_figures_that_can_be_inserted_are_offered_with_their_values(
    plan, browser_of_clerk, django_assert_max_num_queries
):
    draft = PaperFactory(plans=[plan], to_come=True)
    section = draft.sections.create(position=1, heading="Progress")
    url = reverse("committees:edit_section", args=[draft.pk, section.pk])
    with django_assert_max_num_queries(26):
        page = plainly(read(browser_of_clerk, url))
    assert "Actions completed{{figure actions.completed plan=ico}}4" in page
    assert "{{figure assets.total}}0" in page


def test_what_is_typed_is_kept_for_who_types_it_and_two_people_lose_nothing(plan, browser_of_clerk):
    draft = PaperFactory(plans=[plan], to_come=True)
    section = draft.sections.create(position=1, heading="Progress", text="Once")
    url = reverse("committees:edit_section", args=[draft.pk, section.pk])
    mine = {"number": "", "heading": "Progress", "text": "What I began", "place": 1, "seen_place": 1}
    mine |= {"seen_version": section.standing_version()}
    kept = browser_of_clerk.post(url, mine | {"keep-draft": "quietly"})
    assert "Draft kept at" in kept.content.decode()
    section.refresh_from_db()
    assert section.text == "Once"

    author = signed_in(play("author", "author"))
    assert "What I began" not in read(author, url)
    author.post(url, mine | {"text": "What the author wrote"})
    again = read(browser_of_clerk, url)
    assert "What I began" in again
    assert "did not save it" in again
    conflict = browser_of_clerk.post(url, mine)
    assert conflict.status_code == 409
    assert "What the author wrote" in conflict.content.decode()
    assert "What I began" in conflict.content.decode()
