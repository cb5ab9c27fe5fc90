"""The demonstration council's files are plain, hang together, and read like a council's own."""

import re
from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from tests.demo.files import APRIL, DATA, actions_of, day, filled, table

COLUMNS = {
    "units": "code,name,parent,from,until",
    "posts": "code,title,unit,note",
    "people": "email,display_name,account",
    "holdings": "post,person,kind,from,until",
    "roles": "role,post,unit,from,until",
    "assets": "reference,title,description,owner_post,unit,form,contains_personal_data",
    "risks": "reference,title,cause,event,consequence,owner_post,unit,asset",
    "audits": "code,auditor,title,audited_from,audited_to,opinion,opinion_note,scope",
    "scope_areas": "audit,code,title,position",
    "plans": "code,title,audit,opened_on,note",
    "recommendations": "audit,reference,scope_area,text,priority,illustrative,source",
    "actions": "reference,plan,recommendation,title,owner_post,due_on,scope_area,opened_on",
    "updates": "id,action,status,effective_on,known_on,evidence,corrects,void,reason,waiver,"
    "recorded_by,source_document",
    "dependencies": "action,needs_action,needs_post,holds_up,from,until,note",
    "bodies": "code,name,kind",
    "meetings": "body,held_on,place,title",
    "papers": "code,meeting_body,meeting_on,title,report_of,plans,frozen_on,published_on,wards,"
    "key_decision,director_approving,cabinet_member,kind,follows",
    "paper_sections": "paper,number,heading,text",
    "restatements": "plan,classed_on,class,reason,classed_by",
    "clearances": "paper,post,part,sent_on,returned_on,document",
}
# What tells one row from another; where nothing is said, the first column does.
KEYS = {
    "holdings": "post from",
    "roles": "role post unit from",
    "scope_areas": "audit code",
    "recommendations": "audit reference",
    "dependencies": "action needs_action needs_post holds_up",
    "meetings": "body held_on",
    "restatements": "plan classed_on",
    "paper_sections": "paper heading",
    "clearances": "paper post part",
}
MAY_BE_EMPTY = (
    "parent until note unit asset priority needs_action needs_post corrects reason waiver number text follows"
)
# Which columns name a row of which file.
REFERENCES = {
    "units": "units.parent posts.unit roles.unit assets.unit risks.unit",
    "posts": "holdings.post roles.post clearances.post assets.owner_post risks.owner_post actions.owner_post "
    "dependencies.needs_post papers.report_of papers.director_approving papers.cabinet_member",
    "people": "holdings.person updates.recorded_by restatements.classed_by",
    "assets": "risks.asset",
    "audits": "scope_areas.audit plans.audit recommendations.audit",
    "plans": "actions.plan restatements.plan",
    "actions": "updates.action dependencies.action dependencies.needs_action",
    "updates": "updates.corrects",
    "bodies": "meetings.body",
    "papers": "paper_sections.paper papers.follows clearances.paper",
}
WORDS = {
    "people.account": "yes no",
    "holdings.kind": "substantive acting",
    "assets.form": "paper electronic data mixed",
    "assets.contains_personal_data": "yes no",
    "recommendations.illustrative": "yes",
    "updates.status": "in_progress awaiting_approval completed withdrawn not_started",
    "updates.void": "yes no",
    "dependencies.holds_up": "start finish",
    "papers.key_decision": "yes no",
    "papers.kind": "progress policy",
    "clearances.part": "contributor finance legal director member",
    "roles.role": "iao iaa ig_officer records_manager siro dpo caldicott_guardian monitoring_officer "
    "committee_officer author finance_approver legal_approver director_approver portfolio_holder "
    "imsg_member service_manager internal_auditor administrator",
}
MONTH = "(January|February|March|April|May|June|July|August|September|October|November|December)"
DATES_AND_LAW = rf"(\d{{1,2}} )?{MONTH} \d{{4}}|(of|in|end of) 20\d\d|section \d+\(\d\)|Act \d{{4}}"
PLACEHOLDER = r"{{\w+ [\w-]+}}"  # names a plan by its code
OPTIONS = r" plan=ico-2015( as_at=[\d-]+| by=status| over=[\d-]+\.\.)?"
INSERTED = rf"{{{{(figure|table|chart) actions\.[\w,.]+{OPTIONS}}}}}"
NUMBER = (
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty"
    r"|sixty|seventy)\b"
)


def column(place: str) -> list[str]:
    """The filled cells of a column, named as "file.column"."""
    name, field = place.split(".")
    return [row[field] for row in table(name) if row[field]]


# Each file, and how they refer to one another


def test_there_is_no_file_too_many():
    assert {path.stem for path in DATA.glob("*.csv")} == COLUMNS.keys()


@pytest.mark.parametrize("name", COLUMNS)
def test_a_file_is_plain_and_complete(name):
    text = (DATA / f"{name}.csv").read_bytes().decode("utf-8")
    assert text.splitlines()[0] == COLUMNS[name]
    assert "\r" not in text
    assert text.endswith("\n")
    for row in table(name):
        assert [cell for cell in row.values() if cell is None or cell != cell.strip()] == [], row
        assert {field for field, cell in row.items() if not cell} <= set(MAY_BE_EMPTY.split()), row


@pytest.mark.parametrize("name", COLUMNS)
def test_no_row_is_there_twice(name):
    key = KEYS.get(name, COLUMNS[name].split(",")[0]).split()
    rows = [tuple(row[field] for field in key) for row in table(name)]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("target", REFERENCES)
def test_what_a_row_names_exists(target):
    there = set(column(f"{target}.{COLUMNS[target].split(',')[0]}"))
    assert {place: set(column(place)) - there for place in REFERENCES[target].split()} == {
        place: set() for place in REFERENCES[target].split()
    }


@pytest.mark.parametrize("place", WORDS)
def test_a_word_is_one_of_the_few_allowed(place):
    assert set(column(place)) <= set(WORDS[place].split())


def test_each_recommendation_of_an_audit_is_answered_by_one_action_in_its_scope_area():
    audit = {row["code"]: row["audit"] for row in table("plans")}
    asked = {(row["audit"], row["reference"], row["scope_area"]) for row in table("recommendations")}
    answers = [(audit[row["plan"]], row["recommendation"], row["scope_area"]) for row in table("actions")]
    assert set(answers) == asked
    assert len(answers) == len(asked)
    assert {(a, area) for a, _, area in asked} == {
        (row["audit"], row["code"]) for row in table("scope_areas")
    }


def test_a_paper_goes_to_a_meeting_in_the_diary_and_reports_plans_that_exist():
    meetings = {(row["body"], row["held_on"]) for row in table("meetings")}
    for paper in table("papers"):
        assert (paper["meeting_body"], paper["meeting_on"]) in meetings
        assert set(paper["plans"].split()) <= set(column("plans.code"))


# Dates


@pytest.mark.parametrize("name", ["units", "holdings", "roles", "dependencies"])
def test_what_ends_ends_after_it_began(name):
    assert all(day(row["from"]) <= day(row["until"]) for row in table(name))


def test_actions_open_with_their_plan_or_later_and_fall_due_after_that():
    plans = {row["code"]: row["opened_on"] for row in table("plans")}
    assert all(plans[row["plan"]] <= row["opened_on"] < row["due_on"] for row in table("actions"))


def test_an_update_takes_effect_after_the_opening_and_is_known_on_that_day_or_later():
    opened = {row["reference"]: day(row["opened_on"]) for row in table("actions")}
    for row in table("updates"):
        assert opened[row["action"]] < day(row["effective_on"]) <= day(row["known_on"]) <= APRIL, row


def test_updates_stand_in_the_order_in_which_they_became_known():
    assert column("updates.known_on") == sorted(column("updates.known_on"))


def test_a_paper_is_frozen_then_published_then_put_to_the_meeting():
    assert all(row["frozen_on"] < row["published_on"] < row["meeting_on"] for row in table("papers"))


def test_nobody_reports_before_holding_a_post():
    since: dict[str, date] = {}
    for row in table("holdings"):
        since[row["person"]] = min(day(row["from"]), since.get(row["person"], date.max))
    assert all(since[row["recorded_by"]] <= day(row["known_on"]) for row in table("updates"))


# Corrections


def test_an_update_is_corrected_at_most_once_by_a_later_one_of_the_same_action():
    rows = {row["id"]: row for row in table("updates")}
    pairs = [(rows[row["corrects"]], row) for row in rows.values() if row["corrects"]]
    assert len({wrong["id"] for wrong, _ in pairs}) == len(pairs) > 0
    for wrong, right in pairs:
        assert wrong["action"] == right["action"]
        assert (wrong["known_on"], wrong["id"]) < (right["known_on"], right["id"])


def test_only_a_correction_gives_a_reason_is_void_or_says_not_started():
    for row in table("updates"):
        assert bool(row["reason"]) == bool(row["corrects"])
        assert row["corrects"] or (row["void"], row["status"] == "not_started") == ("no", False)


# What the demonstration has to show


def test_there_are_77_different_recommendations_in_three_scope_areas():
    ico = [row for row in table("recommendations") if row["audit"] == "ico-2015"]
    assert (len(ico), len({row["text"] for row in ico}), len(actions_of("ico-2015"))) == (77, 77, 77)
    assert len({row["scope_area"] for row in ico}) == 3


def test_every_register_has_something_to_show():
    assert (len(table("assets")), len(table("risks"))) == (60, 25)
    assert len(table("posts")) >= 20


def test_the_road_map_has_its_activities_over_twelve_months_and_says_where_each_comes_from():
    road_map = [row for row in table("actions") if row["plan"] == "ifc-2016"]
    sources = {
        row["reference"]: row["source"] for row in table("recommendations") if row["audit"] == "ifc-2016"
    }
    assert len(road_map) == len(sources) == 26
    assert all(date(2016, 6, 20) < day(row["due_on"]) <= date(2017, 7, 31) for row in road_map)
    invented = [source for source in sources.values() if source == "Invented for Northmere"]
    published = [
        source for source in sources.values() if source.startswith("Information Management Strategy")
    ]
    assert (len(invented), len(published)) == (10, 16)


def test_activities_of_the_road_map_wait_for_each_other_for_the_audit_plan_and_for_the_vacant_post():
    waits = [row for row in table("dependencies") if row["action"].startswith("IFC-")]
    assert {row["needs_action"][:3] for row in waits if row["needs_action"]} == {"ICO", "IFC"}
    assert {row["needs_post"] for row in waits if row["needs_post"]} == {"records-manager"}
    assert len({row["action"] for row in waits}) >= 10


@pytest.mark.parametrize(
    "place",
    ["recommendations.text", "actions.title", "updates.evidence", "assets.description", "risks.event"],
)
def test_no_text_is_another_with_a_word_or_two_changed(place):
    texts = [set(re.findall(r"\w+", cell.lower())) for cell in column(place)]
    assert [(a, b) for a, b in combinations(texts, 2) if len(a & b) > 0.7 * len(a | b)] == []


def test_the_records_manager_is_nobody_until_18_april_2017():
    assert not filled("records-manager", date(2017, 4, 17))
    assert filled("records-manager", date(2017, 4, 18))
    assert "records-manager" in column("assets.owner_post")


def test_the_senior_information_risk_owner_acts_as_monitoring_officer_for_a_time():
    [siro] = {row["post"] for row in table("roles") if row["role"] == "siro"}
    [person] = {row["person"] for row in table("holdings") if row["post"] == siro}
    [acting] = [row for row in table("holdings") if row["kind"] == "acting"]
    assert (acting["post"], acting["person"], bool(acting["until"])) == ("monitoring-officer", person, True)


def test_the_accounts_cover_every_role_and_are_few():
    accounts = {row["email"] for row in table("people") if row["account"] == "yes"}
    posts = {row["post"] for row in table("holdings") if row["person"] in accounts and not row["until"]}
    roles = {row["role"] for row in table("roles") if row["post"] in posts and not row["until"]}
    assert roles == set(WORDS["roles.role"].split())
    assert 12 <= len(accounts) <= 16


def test_people_are_posts_and_not_persons():
    assert {name.removeprefix("Former ") for name in column("people.display_name")} <= set(
        column("posts.title")
    )
    assert all(re.fullmatch(r"[a-z.]+@northmere\.example", email) for email in column("people.email"))
    cells = [cell for name in COLUMNS for row in table(name) for cell in row.values()]
    assert [cell for cell in cells if re.search(r"\b(Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor) [A-Z]", cell)] == []


# The papers


def test_no_figure_is_typed_into_a_paper():
    for row in table("paper_sections"):
        left = re.sub(rf"{DATES_AND_LAW}|{PLACEHOLDER}|{INSERTED}", "", f"{row['heading']} {row['text']}")
        assert not re.search(NUMBER, left, re.IGNORECASE), row


def test_every_paper_has_the_same_outline_or_is_the_report_of_another_body():
    outlines: dict[str, list[tuple[str, str]]] = {}
    for row in table("paper_sections"):
        outlines.setdefault(row["paper"], []).append((row["number"], row["heading"]))
    assert outlines.keys() == {row["code"] for row in table("papers") if not row["follows"]}
    assert all(outline == outlines["progress-2016-07"] for outline in outlines.values())


def test_sentences_and_tables_from_the_ledger_stand_alone_on_their_line_and_figures_in_a_sentence():
    lines = [line for text in column("paper_sections.text") for line in text.split("\n") if "{" in line]
    within = [line for line in lines if "{{figure" in line]
    assert Counter(lines) - Counter(within) == {
        "{{summary}}": 4,
        "{{movement}}": 3,
        "{{waiting ico-2015}}": 3,
        "{{table actions.remaining plan=ico-2015 by=status}}": 1,
        "{{chart actions.total,actions.completed,actions.remaining plan=ico-2015 over=2016-01..}}": 1,
        "{{table actions.total plan=ico-2015 by=status}}": 1,
    }
    assert [len(re.findall(INSERTED, line)) for line in within] == [3, 3]
