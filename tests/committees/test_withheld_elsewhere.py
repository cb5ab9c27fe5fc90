"""A record that is withheld from a paper has its reference in it alone, wherever the paper names it."""

import json

import pytest
from django.urls import reverse

from actions.models import Action, ActionArea, MaturityArea
from actions.representations.maturity_definition import Area, Criterion, Definition
from governance.committees import pdf, services, withheld
from governance.committees.models import PublishedFigure, Restatement, Takedown
from governance.committees.restating.finding import find
from governance.committees.services import restatements, stops
from governance.committees.services.attached import add_background
from tests.actions.evidence_files import upload as a_pdf
from tests.actions.factories_overlap import overlap_of
from tests.actions.maturity import a_model, assessed
from tests.cast import play, signed_in
from tests.committees.conftest import JULY, OCTOBER, brought_in
from tests.committees.exempting import PUBLIC_INTEREST, mark
from tests.committees.factories import MeetingFactory, PaperFactory, restated
from tests.committees.pages import plainly, read
from tests.committees.test_exempt import render_all, words_of
from tests.committees.test_papers_on_maturity import FIRST, SECOND, known
from tests.committees.test_restatements import put_right
from tests.factories import ActionFactory, PlanFactory

pytestmark = pytest.mark.django_db
SAYS = Definition(
    "Model of five", "A book", "", ("", "", "", "", ""),
    (Area("Training", (Criterion("Everybody is trained", 3),)), Area("Okapi husbandry")),
)  # fmt: skip
CANARIES = ("Pangolin", "Okapi", "Narwhal", "Entered on the wrong line")


@pytest.fixture
def plans(plan, officer):
    """ICO-2 overlaps with an action of another plan, and improves an area whose level went up."""
    Action.objects.filter(reference="ICO-2").update(title="Dismiss the Pangolin team")
    other = PlanFactory(code="map", title="Road map")
    ActionFactory(plan=other, reference="MAP-1", by=officer, **brought_in(JULY))
    of_other = Action.objects.get(reference="MAP-1")
    ours = plan.actions.get(reference="ICO-2")
    said = {"known_at": brought_in(JULY)["known_at"], "source_document": "Both plans"}
    overlap_of(ours, of_other, reason="The Narwhal said so", **said)
    model = a_model(SAYS)
    for levels, day in (([2, 3], FIRST), ([3, 2], SECOND)):
        assessed(model, levels, on=day, target=4, by=officer, **known(day))
    ActionArea.objects.create(action=ours, area=MaturityArea.objects.get(title="Training"))
    return [plan, other]


@pytest.fixture
def told(plans, officer, clerk):
    """A paper that names ICO-2 and an area in every part that it makes itself, and withholds both."""
    first = PaperFactory(meeting=MeetingFactory(held_on=JULY), plans=plans)
    services.issue(first, by=officer, frozen_on=JULY)
    put_right(plans[0], officer, "ICO-2")
    find()
    tells = {f"tells_{name}": True for name in ("movement", "union", "maturity", "restatements")}
    meeting = MeetingFactory(body=first.meeting.body)
    paper = PaperFactory(meeting=meeting, plans=plans, as_at=OCTOBER, published_on=OCTOBER, **tells)
    paper.sections.create(position=1, heading="Areas", text="{{list actions.maturity_areas}}")
    mark(paper, row="ICO-2", reason="The public gains nothing")
    mark(paper, row=MaturityArea.objects.get(title="Okapi husbandry").reference)
    return services.issue(paper, by=clerk).paper


@pytest.mark.usefixtures("built_interface")
def test_overlaps_maturity_and_notes_on_figures_have_the_reference_of_what_is_withheld_alone(told):
    render_all(told)
    for made in told.renderings.filter(edition=None):
        said = words_of(made.filename, bytes(made.file)).lower()
        assert not [canary for canary in CANARIES if canary.lower() in said], made.format
    content = told.issue.content
    (overlap,) = content["union"]["overlaps"]
    assert {name for name, each in overlap.items() if each} == {"reference", "other_reference"}
    (model,) = content["maturity"]["models"]
    assert model["rows"][0]["actions"] == [{"reference": "ICO-2", "completed_on": ""}]
    assert {name for name, each in model["rows"][1].items() if each} == {"reference"}
    assert [each["records"] for each in content["restated"]] == [["ICO-2"]]
    page = plainly(pdf.document(told, whole=True))
    assert "ICO-2 and MAP-1" in page
    assert "(not told here)" in page
    assert "The public gains nothing" in page, "why it is withheld, in its place"
    assert PUBLIC_INTEREST in page
    apart = plainly(pdf.document(told, told.editions.get()))
    assert "Published" not in apart


def test_a_row_that_is_lifted_comes_back_wherever_the_paper_names_it(told):
    officer = play("monitoring_officer", "monitoring_officer")
    said = {"decided": "officer", "resolution": None}
    row, area = told.exemptions.order_by("pk")
    content = services.lift(row, by=officer, reason="It is done", **said).content
    (overlap,) = content["union"]["overlaps"]
    assert all(overlap.values())
    assert all("wrong line" in line for each in content["restated"] for line in each["records"])
    (actions,) = [each["actions"] for each in content["maturity"]["models"][0]["rows"] if each["actions"]]
    assert actions[0]["completed_on"]
    assert "Okapi" not in json.dumps(content)
    later = services.lift(area, by=officer, reason="It is done", **said).content
    assert "Okapi" in json.dumps(later["maturity"])
    assert later["union"] == content["union"]


def test_what_is_taken_apart_leaves_the_whole_content_as_it_was(told):
    paper = PaperFactory(plans=list(told.plans.all()), tells_union=True)
    mark(paper, row="ICO-2")
    whole = services.preview(paper)
    before = json.dumps(whole, default=str)
    withheld.split(paper, whole)
    assert json.dumps(whole, default=str) == before
    assert "Pangolin" in before


@pytest.fixture
def listing(plan):
    """A draft whose recommendations and background papers stand in sections that are withheld."""
    paper = PaperFactory(plans=[plan])
    for position, lists in enumerate(("recommendations", "background"), 1):
        mark(paper, section=paper.sections.create(position=position, heading=lists, lists=lists))
    paper.recommendations.create(position=1, body=paper.meeting.body, text="Dismiss the Pangolin team")
    add_background(paper, title="Okapi letter", file=a_pdf("narwhal.pdf"), link="")
    return paper


def test_what_a_withheld_section_lists_is_closed_to_who_may_not_read_it(listing, clerk, ig_officer):
    other = signed_in(play("another_author", "author"))
    page = reverse("committees:attached", args=[listing.pk])
    asked, letter = listing.recommendations.get(), listing.background_papers.get()
    one = reverse("committees:edit_recommendation", args=[listing.pk, asked.pk])
    file = reverse("committees:background_file", args=[listing.pk, letter.pk])
    off = reverse("committees:remove_background", args=[listing.pk, letter.pk])
    said = read(other, page)
    assert not [canary for canary in CANARIES if canary.lower() in said.lower()]
    assert said.count("Not for publication") == 2
    assert [other.get(one).status_code, other.post(one, {}).status_code] == [404, 404]
    assert [other.get(file).status_code, other.post(off).status_code] == [404, 404]
    assert listing.background_papers.exists()
    assert "Pangolin" in read(signed_in(clerk), page)
    services.issue(listing, by=clerk, frozen_on=OCTOBER)
    reader, lifting = signed_in(ig_officer), {"decided": "officer", "resolution": None, "reason": "Signed"}
    assert reader.get(file).status_code == 404
    mark_of = listing.exemptions.get(section__lists="background")
    services.lift(mark_of, by=play("monitoring_officer", "monitoring_officer"), **lifting)
    assert reader.get(file).status_code == 200


def test_a_mark_is_not_weakened_by_who_may_not_take_it_off(plan, clerk):
    paper = PaperFactory(plans=[plan])
    secret = mark(paper, section=paper.sections.create(position=1, heading="Prices"), withholds_heading=True)
    row = mark(paper, row="ICO-1", kind="confidential", paragraph="")
    weaker = {"kind": "exempt", "paragraph": "3", "reason": "Weaker", "row": "ICO-2"}

    def posted(person, kept):
        url = reverse("committees:edit_exemption", args=[paper.pk, kept.pk])
        answer = signed_in(person).post(url, weaker | {"seen_version": kept.standing_version()})
        assert answer.status_code == 302
        kept.refresh_from_db()

    for kept in (secret, row):
        posted(clerk, kept)
    assert (secret.withholds_heading, secret.reason) == (True, "Weaker")
    assert (row.row, row.kind, row.paragraph, row.reason) == ("ICO-1", "confidential", "", "Weaker")
    officer = play("monitoring_officer", "monitoring_officer")
    for kept in (secret, row):
        posted(officer, kept)
    assert not secret.withholds_heading
    assert (row.row, row.kind) == ("ICO-1", "exempt"), "a mark stays with its row"


def test_a_heading_that_is_withheld_is_not_printed_where_its_section_was_overridden(plan, clerk):
    paper = PaperFactory(plans=[plan])
    empty = paper.sections.create(position=1, number="2", heading="Okapi contract", mandatory=True)
    stops.override(paper, stop=stops.stops(paper)[0].name, reason="Urgent", by=clerk)
    mark(paper, section=empty, withholds_heading=True)
    issued = services.issue(paper, by=clerk, frozen_on=OCTOBER)
    (said,) = issued.content["overridden"]
    assert said["words"] == "The section “2 Not for publication” must have text, and has none"
    assert "Okapi" not in json.dumps(issued.content)


def withdrawn(paper, by):
    Takedown.objects.create(paper=paper, authority="Section 5", reason="A name", taken_by=by)


def test_a_withdrawn_paper_is_not_told_again_by_its_restatements_nor_by_what_follows_it(
    july, clerk, browser_of_clerk
):
    found = restated(july.paper)
    second = PaperFactory(meeting=MeetingFactory(), follows=july.paper)
    assert services.preview(second)["before"]
    withdrawn(july.paper, clerk)
    assert "before" not in services.preview(second)
    page = reverse("committees:restatements")
    one = reverse("committees:restatement", args=[july.paper_id, found.figure.position])
    assert july.paper.title not in read(browser_of_clerk, page)
    assert browser_of_clerk.get(one).status_code == 404


def test_the_next_paper_says_nothing_of_figures_in_one_that_was_withdrawn(july, plan, officer, clerk):
    put_right(plan, officer)
    meeting = MeetingFactory(body=july.paper.meeting.body)
    paper = PaperFactory(meeting=meeting, plans=[plan], as_at=OCTOBER, published_on=OCTOBER)
    assert services.preview(paper)["restated"]
    withdrawn(july.paper, clerk)
    assert "restated" not in services.preview(paper)


def test_restated_figures_of_part_2_are_not_counted_for_nor_classed_by_who_may_not_read_it(
    plan, officer, clerk, ig_officer
):
    paper = PaperFactory(meeting=MeetingFactory(held_on=JULY), plans=[plan])
    section = paper.sections.create(
        position=1, heading="Prices", text="{{figure actions.in_progress plan=ico}}"
    )
    mark(paper, section=section)
    issued = services.issue(paper, by=officer, frozen_on=JULY).paper
    put_right(plan, officer)
    find()
    hidden = PublishedFigure.objects.get(paper=issued, exempt=True)
    public = issued.figures.get(key="actions.in_progress", exempt=False, dimension={}, movement="")
    counts = {clerk: 5, ig_officer: 4}
    for person, count in counts.items():
        browser = signed_in(person)
        home, page = (read(browser, url) for url in (reverse("dashboards:home"), issued.get_absolute_url()))
        assert f"{count} published figures have since been corrected" in plainly(home)
        assert f"{count} figures of this paper are known otherwise" in plainly(page)
    found = public.restatements.get()
    alike = {each: restatements.with_the_same_cause(found, each) for each in counts}
    assert hidden.restatements.get() in alike[clerk]
    assert set(alike[clerk]) - set(alike[ig_officer]) == {hidden.restatements.get()}
    assert Restatement.objects.filter(figure=hidden).exists()
