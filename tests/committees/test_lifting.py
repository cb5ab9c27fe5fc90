"""Exemptions lifted in new public versions, and papers withdrawn: what was issued stays as it was sealed."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from actions.models import Action
from governance.committees import checking, pdf, services, tasks
from governance.committees.ledgers import verify_all
from governance.committees.models import Edition, Takedown
from governance.committees.models.ledger import fingerprint
from governance.committees.proof import exported
from governance.committees.services.attached import add_appendix
from governance.core.dates import LONDON, long_date, today
from governance.core.steps import StepError
from tests.actions.evidence_files import upload as a_pdf
from tests.cast import play, signed_in
from tests.committees.conftest import OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory
from tests.committees.pages import parts, plainly, read

pytestmark = pytest.mark.django_db
SAID = {"decided": "officer", "resolution": None, "reason": "The contract was signed"}


@pytest.fixture
def officer(db):
    return play("monitoring_officer", "monitoring_officer")


@pytest.fixture
def issued(plan, clerk):
    paper = PaperFactory(plans=[plan])
    prices = paper.sections.create(
        position=1, number="1", heading="Okapi prices", text="Quetzal: {{figure actions.completed plan=ico}}"
    )
    names = paper.sections.create(position=2, number="2", heading="Names", text="The Pangolin team")
    paper.sections.create(position=3, heading="Appendices", lists="appendices")
    mark(paper, section=prices, withholds_heading=True)
    mark(paper, section=names, kind="confidential", paragraph="")
    mark(paper, appendix=add_appendix(paper, title="Axolotl letter", file=a_pdf()))
    mark(paper, row="ICO-2")
    return services.issue(paper, by=clerk, frozen_on=OCTOBER).paper


def test_what_is_lifted_stands_in_a_new_public_version_and_nothing_else_changes(issued, officer, ig_officer):
    before = fingerprint(issued.issue.content)
    prices, names, letter, row = issued.exemptions.all()
    first = services.lift(prices, by=officer, **SAID)
    told = json.dumps(first.content)
    assert "Quetzal" in told
    assert "Okapi prices" in told
    assert not [word for word in ("Pangolin", "Axolotl") if word in told]
    assert "The contract was signed" in pdf.document(issued, first)
    assert fingerprint(type(issued.issue).objects.get(paper=issued).content) == before
    figure = issued.figures.get(exempt=True)
    reader = signed_in(ig_officer)
    assert (
        reader.get(reverse("committees:published_figure", args=[issued.pk, figure.position])).status_code
        == 200
    )
    address = reverse("committees:appendix_file", args=[issued.pk, issued.uploaded.get().pk])
    assert reader.get(address).status_code == 404
    services.lift(letter, by=officer, **SAID)
    last = services.lift(row, by=officer, **SAID)
    assert last.number == 3
    assert reader.get(address).status_code == 200
    assert "Axolotl letter" in pdf.document(issued, last)
    assert not any("exempt" in each for plan in last.content["plans"] for each in plan["appendix"])
    assert "Pangolin" not in json.dumps(last.content)
    assert not verify_all().faults
    with pytest.raises(StepError, match="not lifted here"):
        services.lift(names, by=officer, **SAID)
    with pytest.raises(StepError, match="lifted already"):
        services.lift(prices, by=officer, **SAID)


NOW, THEN = "{{list actions.total plan=ico}}", "{{list actions.total plan=ico as_at=2016-07-13}}"


@pytest.fixture
def listing(plan, clerk):
    """Two sections, two rows and an appendix are withheld; what lists them is withheld too, or open."""
    paper = PaperFactory(plans=[plan])
    figure = "{{figure actions.completed plan=ico}}"
    sold = "The Pangolin team sells all nine shops in June"
    for position, text in enumerate((f"{figure}\n\n{NOW}\n\n{THEN}", figure, f"{NOW}\n\n{THEN}", sold), 1):
        paper.sections.create(position=position, heading=f"Part {position}", text=text)
    appendices = paper.sections.create(position=5, heading="Appendices", lists="appendices")
    Action.objects.filter(reference="ICO-2").update(title="Dismiss the Capybara")
    for section in (*paper.sections.filter(position__in=(1, 2)), appendices):
        mark(paper, section=section)
    for row in ("ICO-2", "Part 4"):
        of = {"row": row} if row == "ICO-2" else {"section": paper.sections.get(heading=row)}
        mark(paper, kind="confidential", paragraph="", **of)
    mark(paper, row="ICO-3")
    mark(paper, appendix=add_appendix(paper, title="Axolotl letter", file=a_pdf()))
    return services.issue(paper, by=clerk, frozen_on=OCTOBER).paper


def rows_of(edition, reference):
    """The row in each list of the sections, without its reference."""
    blocks = [block for section in edition.content["sections"] for block in section["blocks"]]
    rows = [row for block in blocks if block["kind"] == "records" for row in block["rows"]]
    return [row[1:] for row in rows if row[0] == reference]


def test_a_lifted_section_lists_nothing_that_is_still_withheld(listing, officer):
    first, second, appendices, row, letter = listing.exemptions.filter(kind="exempt")
    lifted = services.lift(first, by=officer, **SAID)
    for reference, law in (("ICO-2", "section 100A(3)"), ("ICO-3", "paragraph 3")):
        told = rows_of(lifted, reference)
        assert len(told) == 4
        assert all(law in cells[0] and not any(cells[1:]) for cells in told)
    services.lift(second, by=officer, **SAID)
    lifted = services.lift(appendices, by=officer, **SAID)
    assert not [word for word in ("Capybara", "Axolotl") if word in json.dumps(lifted.content)]
    inserted = [line["position"] for each in lifted.content["inserted"] for line in each["ledger"]]
    assert len(inserted) == len(set(inserted))
    lifted = services.lift(row, by=officer, **SAID)
    assert [cells[1] for cells in rows_of(lifted, "ICO-3")] == ["Completed", "In progress"] * 2
    assert "Axolotl" not in json.dumps(lifted.content)
    lifted = services.lift(letter, by=officer, **SAID)
    assert "Axolotl letter" in json.dumps(lifted.content["sections"])
    assert "Capybara" not in json.dumps(lifted.content)


def test_why_something_is_lifted_says_nothing_that_is_still_withheld(listing, officer):
    why = "It is known that the Pangolin team sells all nine shops in June"
    with pytest.raises(StepError, match="“Part 4” are repeated in what was lifted, and why"):
        services.lift(listing.exemptions.first(), by=officer, **SAID | {"reason": why})


@pytest.mark.usefixtures("built_interface")
def test_a_public_version_has_files_of_its_own(issued, officer, ig_officer):
    edition = services.lift(issued.exemptions.first(), by=officer, **SAID)
    made = edition.renderings.get(format="csv")
    tasks.render_paper(rendering_id=made.pk)
    made.refresh_from_db()
    assert made.filename.endswith("-public-version-2-tables-csv.zip")
    which = f"public version 2, made on {long_date(today())}"
    proved = checking.against_proof(bytes(made.file), exported(issued))
    assert proved.sentences[0].endswith(f", in {which}.")
    assert f"This is the file of {which}, from " in checking.against_papers(bytes(made.file)).sentences[0]
    page = reverse("committees:public_version", args=[issued.pk, 1])
    assert "Quetzal: 4" in plainly(read(signed_in(ig_officer), page))
    assert signed_in(ig_officer).get(f"{page}csv/").content == bytes(made.file)
    assert "Public version 2" in plainly(read(signed_in(ig_officer), issued.get_absolute_url()))


@pytest.mark.parametrize(
    "wrong",
    [{"reason": ""}, {"decided": ""}, {"decided": "meeting"}, {"lifts": None}, {"kind": "part_2"}],
)
def test_the_database_keeps_what_a_lifting_says(wrong, issued, officer):
    said = {"kind": "lifted", "lifts": issued.exemptions.first(), "decided": "officer", "reason": "So it is"}
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.create(
            paper=issued,
            made_by=officer,
            content={},
            content_sha256=fingerprint({}),
            number=7,
            **said | wrong,
        )


def test_the_database_lifts_nothing_confidential(issued, officer):
    secret = issued.exemptions.get(kind="confidential")
    said = {"kind": "lifted", "lifts": secret, "decided": "officer", "reason": "So it is"}
    with pytest.raises(DatabaseError, match="not lifted here"), transaction.atomic():
        Edition.objects.create(
            paper=issued, made_by=officer, content={}, content_sha256=fingerprint({}), **said
        )


def test_the_proper_officer_lifts_on_a_page_and_by_a_resolution(issued, officer):
    browser = signed_in(officer)
    exemption = issued.exemptions.first()
    url = reverse("committees:lift_exemption", args=[issued.pk, exemption.pk])
    answer = browser.post(url, {"decided": "meeting", "reason": "As resolved"})
    assert "Choose the resolution" in answer.context["form"].errors["resolution"][0]
    resolved = issued.meeting.resolutions.create(position=1, decision="approve", text="Publish the prices")
    issued.meeting.resolutions.create(position=2, decision="note", text="Keep the names")
    offered = read(browser, url)
    assert "Publish the prices" in offered
    assert "Keep the names" in offered
    said = {"decided": "meeting", "reason": "As resolved", "resolution": resolved.pk}
    assert browser.post(url, said).status_code == 302
    assert issued.editions.public().get().resolution == resolved
    assert str(resolved) in plainly(read(browser, reverse("committees:public_version", args=[issued.pk, 1])))


@pytest.mark.usefixtures("built_interface")
def test_a_withdrawn_paper_leaves_a_tombstone_and_is_told_from_tampering(issued, officer, ig_officer):
    made = issued.renderings.get(format="html", edition=None)
    tasks.render_paper(rendering_id=made.pk)
    made.refresh_from_db()
    url = reverse("committees:take_down", args=[issued.pk])
    said = {"reach": "paper", "authority": "Section 5", "reason": "A name stood in it"}
    browser, reader = signed_in(officer), signed_in(ig_officer)
    assert browser.post(url, said | {"authority": ""}).status_code == 200
    assert browser.post(url, said).status_code == 302
    answer = reader.get(issued.get_absolute_url())
    assert answer.status_code == 410
    page = plainly(answer.content.decode())
    assert "This paper was withdrawn" in page
    assert "Section 5" in page
    assert "A name stood in it" in page
    for gone in ("paper_pdf", "agenda_page", "minuted", "part_2", "clearance"):
        assert browser.get(reverse(f"committees:{gone}", args=[issued.pk])).status_code == 410, gone
    figure = reverse("committees:published_figure", args=[issued.pk, issued.figures.first().position])
    assert reader.get(figure).status_code == 410
    report = verify_all()
    assert not report.faults
    assert "redacted by authority (Section 5" in str(report.removals[-1])
    found = checking.against_papers(bytes(made.file))
    assert found.sound
    assert "redacted by authority (Section 5): A name stood in it" in found.sentences[1]
    kept = Takedown.objects.get()
    more = said | {"reason": "Two names stood in it", "seen_version": kept.standing_version()}
    assert signed_in(play("another_officer", "monitoring_officer")).post(url, more).status_code == 302
    assert Takedown.objects.get().taken_by == officer


def test_a_withdrawn_paper_is_replaced_by_a_new_version_after_its_meeting(issued, officer, clerk):
    office, reader = signed_in(clerk), signed_in(play("councillor", "portfolio_holder"))
    old, begin = issued.get_absolute_url(), reverse("committees:replace_paper", args=[issued.pk])
    button = "Begin the paper that replaces it"
    assert "This paper was not withdrawn" in office.post(begin, follow=True).content.decode()
    services.take_down(Takedown(paper=issued, authority="Section 5", reason="A name"), by=officer)
    assert button in office.get(old).content.decode()
    assert button not in reader.get(old).content.decode()
    assert reader.post(begin).status_code == 403
    assert office.post(begin).url == office.post(begin).url  # a double click begins it once
    draft = issued.followed_by.get()
    assert (draft.meeting, draft.title, draft.as_at) == (issued.meeting, issued.title, OCTOBER)
    for part in ("plans", "sections", "uploaded", "exemptions"):
        assert getattr(draft, part).count() == getattr(issued, part).count() > 0, part
    stone, new = office.get(old).content.decode(), draft.get_absolute_url()
    assert new in stone
    assert button not in stone
    said, stranger = reader.get(old).content.decode(), Client()
    assert new not in said
    assert f'href="{old}">{issued}</a>' in read(office, new)
    draft.sections.filter(heading="Names").update(heading="Teams")
    services.issue(draft, by=clerk)
    draft = type(draft).objects.get(pk=draft.pk)
    assert draft.published_on > draft.meeting.held_on
    day = long_date(issued.takedown.taken_at.astimezone(LONDON).date())
    told = f"Published after the meeting, in place of the paper that was withdrawn on {day}"
    assert told in plainly(read(reader, new))
    assert "went to the meeting" not in plainly(read(reader, new))
    values = [list(each.figures.values_list("key", "value")) for each in (issued, draft)]
    assert values[0] == values[1]
    assert Takedown.objects.get().replaced_by == draft
    assert new in reader.get(old).content.decode()
    assert told in plainly(read(stranger, reverse("published:paper", args=[draft.pk])))
    public = stranger.get(reverse("published:paper", args=[issued.pk])).content.decode()
    assert reverse("published:paper", args=[draft.pk]) in public
    assert "In its place:" in plainly(read(office, issued.meeting.get_absolute_url()))
    assert "It is replaced already" in office.post(begin, follow=True).content.decode()
    assert not verify_all().faults


def test_only_what_replaces_a_withdrawn_paper_is_published_after_the_meeting(issued, officer, clerk, plan):
    other = PaperFactory(plans=[plan], meeting=issued.meeting, as_at=OCTOBER)
    with pytest.raises(services.IssueRefusedError, match="after the meeting of"):
        services.issue(other, by=clerk)
    services.take_down(Takedown(paper=issued, authority="Section 5", reason="A name"), by=officer)
    draft = services.begin_replacement(issued, by=clerk)
    for paper, refused in ((other, True), (draft, False)):
        page = reverse("committees:edit_paper", args=[paper.pk])
        shown = signed_in(clerk).get(page).context["form"]
        same = ("meeting", "title", "publication_status", "seen_version", "seen_plans")
        typed = {name: shown[name].value() for name in same} | {"plans": [plan.pk]}
        typed |= parts("as_at", OCTOBER) | parts("published_on", today())
        said = signed_in(clerk).post(page, typed, follow=True).content.decode()
        assert ("The day of publication must be on or before the meeting" in said) == refused
        paper.refresh_from_db()
        assert (paper.published_on == today()) != refused


def test_what_was_lifted_in_a_paper_that_was_withdrawn_is_marked_again_in_what_replaces_it(
    issued, officer, clerk
):
    services.lift(issued.exemptions.first(), by=officer, **SAID)
    services.take_down(Takedown(paper=issued, authority="Section 5", reason="Lifted by mistake"), by=officer)
    assert services.begin_replacement(issued, by=clerk).exemptions.count() == issued.exemptions.count()


def test_a_version_from_which_nothing_is_withheld_any_more_says_so(plan, officer, clerk):
    paper = PaperFactory(plans=[plan])
    prices = paper.sections.create(position=1, heading="Prices", text="Quetzal")
    mark(paper, section=prices)
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    edition = services.lift(paper.exemptions.get(), by=officer, **SAID)
    assert "except Part 2" in pdf.document(paper)
    assert "except Part 2" not in pdf.document(paper, edition)


def test_a_tombstone_is_of_an_issued_paper_and_stays(issued, officer, plan):
    said = {"authority": "Section 5", "reason": "A name", "taken_by": officer}
    for wrong in ({"authority": ""}, {"reason": ""}, {"reach": "all"}, {"replaced_by": issued}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Takedown.objects.create(paper=issued, **said | wrong)
    with pytest.raises(DatabaseError, match="was issued"), transaction.atomic():
        Takedown.objects.create(paper=PaperFactory(plans=[plan]), **said)
    stone = Takedown.objects.create(paper=issued, **said)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        stone.delete()
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Takedown.objects.update(reach="public")
