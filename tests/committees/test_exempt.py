"""What is not for publication: marked on the draft, withheld from everything public, kept in Part 2."""

import io
import json
import zipfile

import docx
import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Action
from governance.committees import pdf, services, tasks, withheld
from governance.committees.ledgers import verify_all
from governance.committees.models import Edition, PublishedFigure
from governance.committees.proof import exported
from governance.committees.services.attached import add_appendix, add_background
from tests.actions.evidence_files import upload as a_pdf
from tests.actions.factories_order import AssuranceFactory
from tests.actions.pages import known
from tests.cast import play, signed_in
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.exempting import PUBLIC_INTEREST, mark
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db
CANARIES = ("Quetzal", "Axolotl", "Okapi", "Narwhal", "Pangolin", "Capybara")


@pytest.fixture
def draft(plan):
    """A paper with a canary in each sort of thing that may be withheld."""
    body = BodyFactory(name="Audit Committee")
    meeting = MeetingFactory(body=body)
    paper = PaperFactory(plans=[plan], meeting=meeting)
    paper.sections.create(position=1, number="1", heading="Summary", text="{{summary}}")
    secret = paper.sections.create(
        position=2, number="2", heading="Okapi contract",
        text="The Quetzal price is low: {{figure actions.in_progress plan=ico}}\n\n"
        "{{list actions.not_started plan=ico}}",
    )  # fmt: skip
    paper.sections.create(position=3, heading="Appendices", lists="appendices")
    Action.objects.filter(reference="ICO-2").update(title="Dismiss the Pangolin team")
    appendix = add_appendix(paper, title="Axolotl letter", file=a_pdf("narwhal.pdf"))
    mark(paper, section=secret, withholds_heading=True)
    mark(paper, appendix=appendix, kind="confidential", paragraph="", reason="Capybara forbids it")
    mark(paper, row="ICO-2", paragraph="4")
    return paper


@pytest.fixture
def issued(draft, clerk):
    return services.issue(draft, by=clerk, frozen_on=OCTOBER).paper


def words_of(name, file):
    """All that is said in a file: unpacked, decompressed, with names and metadata."""
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(file)) as opened:
            opened.save(kept := io.BytesIO(), compress_streams=False, qdf=True)
            said = [str(opened.docinfo), str(opened.Root), str(opened.open_metadata())]
        return " ".join([name, kept.getvalue().decode("latin-1"), *said])
    if zipfile.is_zipfile(io.BytesIO(file)):
        archive = zipfile.ZipFile(io.BytesIO(file))
        return " ".join([name, *(words_of(each, archive.read(each)) for each in archive.namelist())])
    return f"{name} {file.decode(errors='replace')}"


def render_all(paper):
    for pk in paper.renderings.order_by("format").values_list("pk", flat=True):
        tasks.render_paper(rendering_id=pk)
    bundle = paper.renderings.get(format="bundle", edition=None)
    tasks.render_paper(rendering_id=bundle.pk)
    assert not paper.renderings.exclude(state="done").exists()


@pytest.mark.usefixtures("built_interface")
def test_nothing_withheld_is_in_any_public_file_and_all_of_it_is_in_part_2(issued):
    render_all(issued)
    public = {
        made.format: words_of(made.filename, bytes(made.file))
        for made in issued.renderings.filter(edition=None)
    }
    assert set(public) == {"pdf", "html", "docx", "xlsx", "csv", "bundle"}
    public["proof"] = json.dumps(exported(issued), ensure_ascii=False)
    assert "part-2" not in public["proof"]
    for canary in CANARIES:
        for kind, said in public.items():
            assert canary.lower() not in said.lower(), (kind, canary)
    assert "paragraph 4 of Part 1 of Schedule 12A" in public["html"]
    apart = {made.format: made for made in issued.renderings.exclude(edition=None)}
    assert set(apart) == {"pdf", "html", "docx"}
    told = words_of("", bytes(apart["html"].file))
    for canary in ("Quetzal", "Okapi", "Axolotl", "narwhal", "Pangolin", "Not for publication"):
        assert canary in told, canary
    header = docx.Document(io.BytesIO(bytes(apart["docx"].file))).sections[0].header.paragraphs[0].text
    assert header == "Confidential and exempt (Part 2) report Not for publication"


def test_no_public_text_of_the_pdf_has_a_word_that_is_withheld(issued):
    said = pdf.document(issued, whole=True)
    assert not [canary for canary in CANARIES if canary.lower() in said.lower()]
    assert PUBLIC_INTEREST in said
    assert "section 100A(3)" in said


def test_who_may_not_read_part_2_finds_nothing_of_it_on_any_page(draft, clerk, ig_officer):
    pages = [draft.get_absolute_url()]
    other = play("another_author", "author")
    for person in (ig_officer, other):
        said = plainly(read(signed_in(person), pages[0]))
        assert not [canary for canary in CANARIES if canary in said]
    attached = reverse("committees:attached", args=[draft.pk])
    assert "Axolotl" not in read(signed_in(other), attached)
    secret = draft.sections.get(number="2")
    hidden = [
        reverse("committees:edit_section", args=[draft.pk, secret.pk]),
        reverse("committees:appendix_file", args=[draft.pk, draft.uploaded.get().pk]),
    ]
    assert [signed_in(other).get(url).status_code for url in hidden] == [404, 404]
    assert "Quetzal" in read(signed_in(clerk), draft.get_absolute_url())
    issued = services.issue(draft, by=clerk, frozen_on=OCTOBER).paper
    pages += [
        reverse(f"committees:{name}", args=[issued.pk]) for name in ("agenda_page", "minuted", "paper_state")
    ]
    pages += [reverse("committees:papers"), reverse("committees:restatements")]
    for url in pages:
        said = signed_in(ig_officer).get(url, follow=True).content.decode()
        assert not [canary for canary in CANARIES if canary.lower() in said.lower()], url
    figure = PublishedFigure.objects.get(paper=issued, exempt=True, key="actions.in_progress")
    hidden += [
        reverse("committees:published_figure", args=[issued.pk, figure.position]),
    ]
    assert {signed_in(ig_officer).get(url).status_code for url in hidden[1:]} == {404}
    assert signed_in(clerk).get(hidden[-1]).status_code == 200


def test_part_2_is_read_by_its_author_and_who_sits_on_the_body(draft, clerk):
    author, member = play("its_author", "author"), play("member", "portfolio_holder")
    type(draft).objects.filter(pk=draft.pk).update(created_by=author)
    draft.refresh_from_db()
    issued = services.issue(draft, by=clerk, frozen_on=OCTOBER).paper
    url = reverse("committees:part_2", args=[issued.pk])
    refused = signed_in(member).get(url)
    assert refused.status_code == 403
    assert "Whoever cleared the draft read all of it. Now that it is issued" in refused.content.decode()
    draft.meeting.body.seats.create(post=member.post, from_on=OCTOBER)
    for person in (author, member):
        said = plainly(read(signed_in(person), url))
        assert "The Quetzal price is low: 0" in said
        assert "Dismiss the Pangolin team" in said
        assert "Capybara" not in said
    assert "Capybara" in read(signed_in(clerk), reverse("committees:exemptions", args=[issued.pk]))


def test_figures_withheld_have_a_ledger_of_their_own_and_both_are_verified(issued):
    part_2 = issued.editions.get()
    tasks.render_paper(rendering_id=issued.renderings.get(format="csv").pk)
    told = {figure["key"] for figure in exported(issued)["ledger"]["figures"]}
    assert "actions.not_started" in told  # of the plan, as in every paper
    exempt = set(issued.figures.filter(exempt=True).values_list("position", flat=True))
    assert exempt
    assert exempt.isdisjoint(positions(issued))
    assert exempt.isdisjoint(figure["position"] for figure in exported(issued)["ledger"]["figures"])
    assert issued.issue.content["part_2"] == {"sha256": part_2.content_sha256}
    assert part_2.is_as_issued()
    assert not verify_all().faults


def positions(issued):
    return withheld.parts.positions(issued.issue.content, issued.pk)


def test_a_paper_without_marks_has_no_part_2_and_no_new_word(paper):
    assert not paper.editions.exists()
    assert "part_2" not in paper.issue.content
    assert json.dumps(paper.issue.content).count("exempt") == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "exempt", "paragraph": "", "reason": "Because"},
        {"kind": "exempt", "paragraph": "3", "reason": ""},
        {"kind": "confidential", "paragraph": "3", "reason": "Because"},
        {"kind": "confidential", "paragraph": "", "reason": ""},
        {"kind": "secret", "paragraph": "", "reason": "Because"},
        {"paragraph": "3", "reason": "Because", "row": ""},
        {"paragraph": "3", "reason": "Because", "withholds_heading": True},
    ],
)
def test_a_mark_has_its_law_and_reason_and_one_part(wrong, plan):
    paper = PaperFactory(plans=[plan])
    with pytest.raises(DatabaseError), transaction.atomic():
        mark(paper, **{"row": "ICO-1"} | wrong)


def test_a_mark_is_of_a_part_of_its_own_paper_and_stands_with_it_once_it_is_issued(issued, plan):
    other = PaperFactory(plans=[plan])
    with pytest.raises(DatabaseError, match="part of the same paper"), transaction.atomic():
        mark(other, section=issued.sections.get(number="1"))
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        issued.exemptions.first().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.update(content={})


LEAKED = "the quick brown fox jumps over the lazy dog"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (
            "section",
            "Words of what is withheld in the section “2 Prices” are repeated in the section “1 Summary”",
        ),
        ("title", "in the section “2 Prices” are repeated in the title"),
        ("front", "in the section “2 Prices” are repeated in the front sheet"),
    ],
)
def test_nobody_issues_a_paper_whose_public_part_says_what_is_withheld(where, said, plan, clerk):
    paper = PaperFactory(plans=[plan])
    summary = paper.sections.create(position=1, number="1", heading="Summary")
    prices = paper.sections.create(position=2, number="2", heading="Prices", text=f"So it is: {LEAKED}.")
    mark(paper, section=prices)
    again = "As **The Quick** brown fox\njumps over the lazy, dog again"
    if where == "section":
        type(summary).objects.filter(pk=summary.pk).update(text=again)
    else:
        field = "title" if where == "title" else "report_of"
        type(paper).objects.filter(pk=paper.pk).update(**{field: again.replace("**", "")})
    with pytest.raises(services.IssueRefusedError) as refused:
        services.issue(paper, by=clerk, frozen_on=OCTOBER)
    assert said in str(refused.value)
    assert "Nobody can override this" in str(refused.value)
    page = plainly(read(signed_in(clerk), reverse("committees:issue_paper", args=[paper.pk])))
    assert said in page


def test_seven_words_alike_and_what_is_made_of_the_registers_are_no_leak(plan, clerk):
    AssuranceFactory(plan=plan, text=LEAKED, **known(JULY))
    paper = PaperFactory(plans=[plan])
    seven, made = " ".join(LEAKED.split()[:7]), "\n\n{{summary}}\n{{assurances}}"
    paper.sections.create(position=1, number="1", heading="Summary", text=f"{seven}.{made}")
    text = f"{seven}, no more.{made}"
    mark(paper, section=paper.sections.create(position=2, number="2", heading="Prices", text=text))
    assert LEAKED in str(services.issue(paper, by=clerk, frozen_on=OCTOBER).content)


def test_a_report_taken_to_another_body_keeps_its_marks_and_tells_nothing_withheld(plan, clerk):
    first = PaperFactory(plans=[plan])
    asked = first.sections.create(position=1, heading="Recommendations", text="- Dismiss the Quetzal team")
    mark(first, section=asked)
    first.recommendations.create(position=1, body=first.meeting.body, text="To note the report")
    letter = add_appendix(first, title="Axolotl letter", file=a_pdf())
    mark(first, appendix=letter)
    add_background(first, title="The contract", file=a_pdf("contract.pdf"), link="")
    services.issue(first, by=clerk, frozen_on=OCTOBER)
    second = services.follow(first, MeetingFactory(), by=clerk)
    copied = second.uploaded.get()
    assert [(each.section, each.appendix) for each in second.exemptions.order_by("pk")] == [
        (second.sections.get(), None),
        (None, copied),
    ]
    assert (bytes(copied.file), copied.sha256) == (bytes(letter.file), letter.sha256)
    assert second.recommendations.get().text == "To note the report"
    assert second.background_papers.get().file_name == "contract.pdf"
    assert first.uploaded.get() == letter
    issued = services.issue(second, by=clerk, frozen_on=OCTOBER).paper
    assert not [word for word in ("Quetzal", "Axolotl") if word in json.dumps(issued.issue.content)]
    stranger = signed_in(play("another_author", "author"))
    assert stranger.get(reverse("committees:follow_paper", args=[issued.pk])).status_code == 403


def test_a_report_is_taken_on_with_its_row_locked_before_its_parts_and_marks_are_read(
    plan, clerk, browser_of_clerk
):
    first = PaperFactory(plans=[plan])
    mark(first, section=first.sections.create(position=1, heading="Prices", text="Ours"))
    meeting = MeetingFactory(held_on=first.meeting.held_on)
    url = reverse("committees:follow_paper", args=[first.pk])
    with CaptureQueriesContext(connection) as asked:
        assert browser_of_clerk.post(url, {"meeting": meeting.pk}).status_code == 302
    told = [each["sql"] for each in asked.captured_queries]
    locked = next(place for place, sql in enumerate(told) if 'FOR UPDATE OF "committees_paper"' in sql)
    tables = ('FROM "committees_papersection"', 'FROM "committees_exemption"')
    assert locked < min(place for place, sql in enumerate(told) if any(each in sql for each in tables))


def test_a_clerk_marks_on_pages_and_the_proper_officer_alone_takes_a_mark_off(plan, clerk, browser_of_clerk):
    paper = PaperFactory(plans=[plan])
    section = paper.sections.create(position=1, number="1", heading="Prices", text="Ours")
    url = reverse("committees:mark_section", args=[paper.pk, section.pk])
    typed = {"kind": "exempt", "paragraph": "", "reason": "So it is", "withholds_heading": "on"}
    answer = browser_of_clerk.post(url, typed)
    assert "Choose the paragraph" in answer.context["form"].errors["paragraph"][0]
    assert answer.context["form"]["reason"].value() == "So it is"
    for wrong in ({"paragraph": "99"}, {"reason": "\0"}, {"reason": ""}, {"reason": "word" * 50_000}):
        assert browser_of_clerk.post(url, typed | {"paragraph": "3"} | wrong).status_code == 200
    assert not paper.exemptions.exists()
    assert browser_of_clerk.post(url, typed | {"paragraph": "3"}).status_code == 302
    assert browser_of_clerk.post(url, typed | {"paragraph": "4"}).status_code == 409
    kept = paper.exemptions.get()
    assert (kept.paragraph, kept.withholds_heading) == ("3", True)
    assert kept.description.startswith("information relating to the financial or business affairs")
    row = reverse("committees:mark_row", args=[paper.pk])
    typed = {"kind": "confidential", "paragraph": "3", "reason": "The Home Office forbids it"}
    answer = browser_of_clerk.post(row, typed | {"row": "ICO-99"})
    assert "No list of the paper has a row “ICO-99”" in answer.context["form"].errors["row"][0]
    assert browser_of_clerk.post(row, typed | {"row": " ICO-1 "}).status_code == 302
    assert "is marked already" in str(
        browser_of_clerk.post(row, typed | {"row": "ICO-1"}).context["form"].errors
    )
    assert paper.exemptions.get(row="ICO-1").paragraph == ""
    off = reverse("committees:unmark", args=[paper.pk, kept.pk])
    assert browser_of_clerk.post(off).status_code == 403
    officer = signed_in(play("monitoring_officer", "monitoring_officer"))
    assert officer.post(off).status_code == 302
    assert [each.row for each in paper.exemptions.all()] == ["ICO-1"]
