"""The words in files that come with a paper are compared with what is withheld, as far as they are read."""

import io
import zlib

import pypdf
import pytest
import weasyprint
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.committees import services, withheld
from governance.committees.models import AgendaItem
from governance.committees.models.attached import NEVER_LOOKED
from governance.committees.services.attached import add_appendix, add_background
from governance.committees.services.stops import overridden, override, standing_stops
from governance.committees.withheld import filewords
from governance.committees.withheld.filewords import Words, words_in
from governance.committees.withheld.pages import MOST_PAGES
from governance.core.steps import StepError
from tests.actions.evidence_files import upload as a_pdf
from tests.cast import play, signed_in
from tests.committees.conftest import OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db
LEAKED = "the quick brown okapi jumps over the lazy quetzal"
PLACES = {
    "text": f"<p>Below: <b>The Quick</b> brown okapi<br>jumps over the lazy<p>quetzal. {LEAKED}</p>",
    "cut": "<p>The quick brown oka-<br>pi jumps over the lazy quetzal</p>",
    "title": f"<title>{LEAKED}</title><p>Nothing",
    "bookmark": f"<p style='bookmark-level: 1; bookmark-label: \"{LEAKED}\"'>Nothing",
    "beyond": f"<p>Nothing<p style='break-before: page'>Nothing<p style='break-before: page'>{LEAKED}",
}
BEYOND = "could not be read, or not within the time and room there is"
BROKEN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def made(html):
    return weasyprint.HTML(string=f"<html lang=en>{html}").write_pdf(uncompressed_pdf=True)


@pytest.fixture
def draft(plan):
    """A paper that withholds a section, and lists its background papers."""
    paper = PaperFactory(plans=[plan])
    paper.sections.create(position=1, number="1", heading="Background papers", lists="background")
    secret = paper.sections.create(position=2, number="2", heading="Prices", text=f"So it is: {LEAKED}.")
    mark(paper, section=secret)
    return paper


@pytest.mark.parametrize("html", PLACES.values(), ids=PLACES)
def test_nobody_issues_a_paper_with_a_public_file_that_says_what_is_withheld(html, draft, clerk):
    letter = add_appendix(draft, title="Letter", file=a_pdf("letter.pdf", made(html)))
    said = "in the section “2 Prices” are repeated in the file of “Appendix 4: Letter”"
    with pytest.raises(services.IssueRefusedError, match=said):
        services.issue(draft, by=clerk, frozen_on=OCTOBER)
    assert said in plainly(read(signed_in(clerk), reverse("committees:issue_paper", args=[draft.pk])))
    mark(draft, appendix=letter)
    assert services.issue(draft, by=clerk, frozen_on=OCTOBER)


def test_so_it_is_with_a_background_paper_that_is_held_as_a_copy(draft, clerk):
    add_background(draft, title="Report", file=a_pdf("report.pdf", made(PLACES["text"])), link="")
    with pytest.raises(services.IssueRefusedError, match="the file of “Background paper 1: Report”"):
        services.issue(draft, by=clerk, frozen_on=OCTOBER)


SCAN = "<p>Nothing<p style='break-before: page'><svg width=9 height=9><rect width=9 height=9 /></svg>"
UNREAD = {
    "broken": (lambda: BROKEN, "it could not be opened to be read"),
    "scanned": (lambda: made(SCAN), "no words could be read on page 2"),
}


@pytest.mark.parametrize(("make", "why"), UNREAD.values(), ids=UNREAD)
def test_a_file_that_cannot_be_read_is_told_and_the_proper_officer_answers_for_it(make, why, draft, clerk):
    add_appendix(draft, title="Letter", file=a_pdf("letter.pdf", make()))
    said = f"The file of “Letter” could not be read in full: {why}"
    attached = reverse("committees:attached", args=[draft.pk])
    assert f"Not read in full: {why}" in plainly(read(signed_in(clerk), attached))
    with pytest.raises(services.IssueRefusedError, match=said):
        services.issue(draft, by=clerk, frozen_on=OCTOBER)
    officer = play("monitoring_officer", "monitoring_officer")
    for costs in ("So it is", "No, so it is"):
        draft.sections.filter(heading="Prices").update(text=f"{costs}: {LEAKED}.")
        (stop,) = standing_stops(draft)  # again, since what is withheld is another text
        override(draft, stop=stop.name, reason="I read the letter myself", by=officer)
    issued = services.issue(draft, by=clerk, frozen_on=OCTOBER)
    assert [each["reason"] for each in issued.content["overridden"]] == ["I read the letter myself"]


def test_a_file_that_nobody_ever_looked_into_is_told_too(draft, clerk):
    add_appendix(draft, title="Letter", file=a_pdf("letter.pdf", made("<p>Nothing")))
    draft.uploaded.update(words=None)
    said = "it was added before the words in files were looked at"
    page = plainly(read(signed_in(clerk), reverse("committees:attached", args=[draft.pk])))
    assert f"Not read in full: {said}" in page
    (stop,) = standing_stops(draft)
    assert f"{said}. Remove it and add it again" in stop.words


@pytest.mark.parametrize("kind", ["appendix", "background"])
def test_a_file_that_nobody_could_read_is_lifted_by_the_proper_officer_who_looked(kind, draft, clerk):
    if kind == "appendix":
        letter = add_appendix(draft, title="Letter", file=a_pdf("letter.pdf", BROKEN))
        lifted = mark(draft, appendix=letter)
    else:
        add_background(draft, title="Letter", file=a_pdf("letter.pdf", BROKEN), link="")
        lifted = mark(draft, section=draft.sections.get(lists="background"))
    services.issue(draft, by=clerk, frozen_on=OCTOBER)
    browser = signed_in(play("monitoring_officer", "monitoring_officer"))
    page = reverse("committees:lift_exemption", args=[draft.pk, lifted.pk])
    said = "The file of “Letter” could not be read in full: it could not be opened to be read"
    assert said in plainly(read(browser, page))
    typed = {"decided": "officer", "reason": "Signed"}
    assert browser.post(page, typed).context["form"].errors["looked"]
    with pytest.raises(StepError, match=said):
        services.lift(lifted, by=clerk, resolution=None, **typed)
    with CaptureQueriesContext(connection) as asked:
        assert browser.post(page, typed | {"looked": "on"}).status_code == 302
    looked_into = {"appendix": ["uploaded"], "background": ["uploaded", "background"]}[kind]
    assert sum(NEVER_LOOKED in each["sql"] for each in asked) == len(looked_into)  # once each
    version = reverse("committees:public_version", args=[draft.pk, 1])
    assert f"The proper officer looked first: {said}." in plainly(read(browser, version))


def test_a_section_that_repeats_a_withheld_file_is_lifted_by_who_looked_too(draft, clerk):
    letter = add_appendix(draft, title="Letter", file=a_pdf("letter.pdf", made(PLACES["text"])))
    mark(draft, appendix=letter)
    services.issue(draft, by=clerk, frozen_on=OCTOBER)
    prices = draft.exemptions.get(section__heading="Prices")
    typed = {"decided": "officer", "reason": "Signed", "resolution": None}
    with pytest.raises(StepError, match="“2 Prices” repeats words of an added appendix"):
        services.lift(prices, by=clerk, **typed)
    assert services.lift(prices, by=clerk, looked=True, **typed).content["lifted"][0]["looked"]


def test_a_file_that_cannot_be_read_stops_no_paper_that_withholds_nothing(plan, clerk):
    paper = PaperFactory(plans=[plan])
    add_appendix(paper, title="Letter", file=a_pdf("letter.pdf", BROKEN))
    assert services.issue(paper, by=clerk, frozen_on=OCTOBER)


def test_words_of_a_withheld_file_in_a_public_section_are_for_the_proper_officer_to_judge(plan, clerk):
    paper = PaperFactory(plans=[plan])
    summary = paper.sections.create(position=1, number="1", heading="Summary", text=f"That {LEAKED}.")
    letter = add_appendix(paper, title="Letter", file=a_pdf("letter.pdf", made(PLACES["text"])))
    mark(paper, appendix=letter)
    said = "The section “1 Summary” repeats words of an added appendix that is not for publication"
    with pytest.raises(services.IssueRefusedError, match=said):
        services.issue(paper, by=clerk, frozen_on=OCTOBER)
    stop = f"repeats-{letter.pk}-{summary.pk}-{summary.standing_version()}"
    override(paper, stop=stop, reason="Public in the press", by=play("monitor", "monitoring_officer"))
    assert services.issue(paper, by=clerk, frozen_on=OCTOBER)


def test_a_reason_that_is_printed_and_repeats_a_withheld_file_is_answered_for_too(plan, clerk):
    paper = PaperFactory(plans=[plan])
    missing = paper.sections.create(position=1, number="1", heading="Summary", mandatory=True)
    mark(paper, appendix=add_appendix(paper, title="Letter", file=a_pdf("l.pdf", made(PLACES["text"]))))
    officer = play("monitor", "monitoring_officer")
    said = "A reason for issuing the paper all the same repeats words of an added appendix"
    for reason in (f"As {LEAKED}", f"So it is: {LEAKED}"):
        (stop,) = standing_stops(paper)
        override(paper, stop=stop.name, reason=reason, by=officer)
        with pytest.raises(services.IssueRefusedError, match=said):
            services.issue(paper, by=clerk, frozen_on=OCTOBER)
    (stop,) = standing_stops(paper)
    override(paper, stop=stop.name, reason="Read out in public", by=officer)
    assert [each["reason"] for each in overridden(paper)["overridden"]][2:] == ["Read out in public"]
    assert not standing_stops(paper)
    missing.text = "It has text by now, so that none of the reasons is printed"
    missing.save()
    assert not overridden(paper)
    assert services.issue(paper, by=clerk, frozen_on=OCTOBER)


def test_a_withheld_file_is_compared_with_all_that_authors_type(july, plan, django_assert_num_queries):
    services.resolve(
        july.paper.meeting, [{"decision": "note", "text": f"That {LEAKED}", "paper": july.paper}]
    )
    paper = PaperFactory(plans=[plan], title=f"Why {LEAKED}", wards=f"Where {LEAKED}", follows=july.paper)
    AgendaItem.objects.create(paper=paper, kind="urgent", reason=f"Since {LEAKED}")
    paper.sections.create(position=1, heading="Recommendations", lists="recommendations")
    paper.recommendations.create(position=1, body=paper.meeting.body, text=f"That {LEAKED}")
    mark(paper, appendix=add_appendix(paper, title="Letter", file=a_pdf("l.pdf", made(PLACES["text"]))))
    told = [each.words.partition(" repeats words of")[0] for each in withheld.doubts(paper)]
    before = "What another body was recommended, or resolved,"
    recommended = f"A recommendation to the {paper.meeting.body}"
    assert told == ["The title", "The front sheet", "The front sheet", before, recommended]
    with django_assert_num_queries(1):
        assert not overridden(paper)  # nothing was, so no words of files are gone through


def test_what_is_packed_beyond_all_bounds_is_not_read_and_harms_nobody(caplog):
    packed = zlib.compress(bytes(200_000_000), 9)
    page = made("<p>Nothing")
    begins, ends = page.index(b"stream\n"), page.index(b"endstream")
    about = b"/Length %d/Filter/FlateDecode>>\n" % len(packed)
    harmful = page[: page.rindex(b"/Length", 0, begins)] + about + b"stream\n" + packed + b"\n" + page[ends:]
    read_in_it = words_in(harmful)
    assert "nothing" not in read_in_it.words
    assert read_in_it.unread == f"page 1 {BEYOND}"
    assert "The reader of PDFs ended with 1 pypdf" in caplog.text


def test_pages_behind_the_last_that_is_read_are_told():
    long, file = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(MOST_PAGES + 1):
        long.add_blank_page(9, 9)
    long.write(file)
    assert words_in(file.getvalue()).unread == f"page {MOST_PAGES + 1} {BEYOND}"


def test_a_file_that_takes_too_long_is_told_too(monkeypatch, caplog):
    monkeypatch.setattr(filewords, "LONGEST", 0.01)
    assert words_in(made("<p>Nothing")) == Words("", filewords.NOT_OPENED)
    assert "ended after 0.01 seconds" in caplog.text


def test_the_database_keeps_no_words_without_a_file(draft):
    kept = add_background(draft, title="The Act", file=None, link="https://www.legislation.gov.uk/")
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE committees_backgroundpaper SET words = 'x' WHERE id = %s", [kept.pk])
    assert refused.value.__cause__.diag.constraint_name == "background_paper_is_a_file_or_an_address"
