"""The PDF: accessible, and deaf to whatever the text of a paper asks for."""

import re
import subprocess
import sys
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
import weasyprint
from django.urls import reverse

from actions.models import ActionPlan
from governance.committees import pdf, services
from governance.committees.models import Paper, PaperSection, Rendering
from governance.committees.tagging import finish
from tests.actions.factories_overlap import overlap_of
from tests.actions.maturity import a_model, assessed
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.factories import ActionFactory, PlanFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_interface")]

FRONT = {"wards": "All", "report_of": "Executive Director of Resources"}


def issued(plan, officer, *texts, title="Progress on the action plan", marking=""):
    services.issue(
        PaperFactory(meeting=MeetingFactory(held_on=date(2016, 7, 25)), plans=[plan]),
        by=officer,
        frozen_on=JULY,
    )
    paper = PaperFactory(plans=[plan], title=title, security_marking=marking, **FRONT)
    for position, text in enumerate(texts or ("{{summary}}\n\n{{movement}}\n\n{{waiting}}",), 1):
        PaperSection.objects.create(paper=paper, position=position, heading=f"Part {position}", text=text)
    services.issue(paper, by=officer, frozen_on=OCTOBER)
    return Paper.objects.get(pk=paper.pk)


def text_of(file):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages).split())


@pytest.fixture
def file(plan, officer):
    return pdf.render(issued(plan, officer))


def test_it_passes_both_checkers_of_pdf_ua(plan, officer, tmp_path):
    for number in range(60):  # so that the appendix runs over several pages
        ActionFactory(plan=plan, reference=f"NEW-{number:02}", by=officer, opened_on=OCTOBER)
    made = tmp_path / "paper.pdf"
    before = PaperFactory(meeting=MeetingFactory(held_on=date(2016, 7, 25)), plans=[plan])
    services.issue(before, by=officer, frozen_on=JULY)
    others = [ActionFactory(plan=PlanFactory(), reference="MAP-01", by=officer)]
    others += [ActionFactory(plan=others[0].plan, reference=f"MAP-{n:02}", by=officer) for n in range(2, 12)]
    overlap_of(plan.actions.first(), others[0])
    assessed(a_model(), [2, 3], target=4, by=officer)
    parts = dict.fromkeys(("tells_movement", "tells_union", "tells_maturity"), True)
    paper = PaperFactory(plans=ActionPlan.objects.order_by("code"), to_come=True, **parts)
    paper.sections.create(position=1, heading="Summary", text="{{chart actions.total by=status}}")
    assert {"balances", "union", "maturity"} < services.issue(paper, by=officer).content.keys()
    made.write_bytes(pdf.render(Paper.objects.get(pk=paper.pk)))
    for program, arguments in (("outloud", ["--fail-on", "warning"]), ("pdfua", ["check"])):
        command = [str(Path(sys.executable).parent / program), *arguments, str(made)]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout


def test_it_has_title_language_bookmarks_and_numbered_pages(file):
    with pikepdf.open(BytesIO(file)) as read:
        assert str(read.Root.Lang) == "en-GB"
        assert str(read.docinfo["/Title"]) == "Progress on the action plan"
        assert bool(read.Root.ViewerPreferences.DisplayDocTitle)
        with read.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
        pages = len(read.pages)
        with read.open_outline() as outline:
            assert "Appendix 1: Progress in figures" in str([item.title for item in outline.root[0].children])
    for number, page in enumerate(pypdf.PdfReader(BytesIO(file)).pages, 1):
        assert f"Page {number} of {pages}" in page.extract_text()
        assert "Public report" in page.extract_text()


def test_every_font_is_embedded_and_ours(file):
    fonts = {}
    for page in pypdf.PdfReader(BytesIO(file)).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font["/DescendantFonts"][0]
            fonts[str(font["/BaseFont"])] = (
                "/FontFile2" in inner["/FontDescriptor"] or "/FontFile3" in inner["/FontDescriptor"]
            )
    assert fonts
    assert all(fonts.values())
    assert all("Source-Sans" in name or "SourceSans" in name for name in fonts), fonts


def headings(file):
    def below(element):
        for kid in (
            element.get("/K", ()) if isinstance(element.get("/K"), pikepdf.Array) else [element.get("/K")]
        ):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    with pikepdf.open(BytesIO(file)) as read:
        return [
            (str(e.S), str(e.A.get("/Scope", "")))
            for e in below(read.Root.StructTreeRoot)
            if str(e.S) == "/TH"
        ]


def test_every_table_heading_has_its_scope(file):
    found = headings(file)
    assert {scope for _, scope in found} == {"/Column", "/Row"}


def test_without_the_finishing_pass_headings_have_no_scope(plan, officer):
    bare = pdf.lay_out(pdf.document(issued(plan, officer)))
    assert {scope for _, scope in headings(bare)} == {""}
    assert len(finish(bare)) < 1.1 * len(bare)


def test_a_figure_of_the_pdf_leads_to_its_rows(file, settings):
    paper = Paper.objects.order_by("-pk").first()
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in pypdf.PdfReader(BytesIO(file)).pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    for figure in paper.figures.counted().filter(dimension={}):
        assert (
            settings.SITE_URL + reverse("committees:published_figure", args=[paper.pk, figure.position])
            in links
        )


def test_it_prints_summary_dates_status_and_fingerprint(plan, officer):
    paper = issued(plan, officer)
    said = text_of(pdf.render(paper))
    assert "Since 25 July 2016 a further 3 actions have been completed" in said
    assert "as at 12 October 2016, as known on 12 October 2016" in said
    assert "24 October 2016" in said
    assert "as reported by management" in said
    assert paper.issue.content_sha256 in said.replace(" ", "") or paper.issue.content_sha256 in said
    for action in plan.actions.all():
        assert action.reference in said


@pytest.mark.parametrize(("switched_on", "times"), [(True, 1), (False, 0)])
def test_a_security_marking_is_printed_only_where_the_council_wants_it(
    plan, officer, settings, switched_on, times
):
    settings.PAPER_MARKINGS = switched_on
    assert (
        "OFFICIAL-SENSITIVE" in text_of(pdf.render(issued(plan, officer, marking="OFFICIAL-SENSITIVE")))
    ) == bool(times)


# Hostile text


class Canary:
    """A server on loopback that counts who comes, and sends them on."""

    def __init__(self):
        visits = self.visits = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                visits.append(self.path)
                self.send_response(302)
                self.send_header("Location", "/further")
                self.end_headers()

            def log_message(self, *words):
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def canary():
    found = Canary()
    yield found
    found.server.shutdown()
    found.server.server_close()


HOSTILE = [
    '<img src="{there}/a.png">',
    '<link rel="stylesheet" href="{there}/b.css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">read</a>',
    '<object data="{there}/c"></object>',
    '<embed src="file:///etc/passwd">',
    '<style>@import url("{there}/d.css"); body {{ background: url("{there}/e.png") }}</style>',
    '<svg><image href="{there}/f.png"/></svg>',
    '<base href="{there}/">',
    '<meta http-equiv="refresh" content="0; url={there}/g">',
    '<iframe src="{there}/h"></iframe>',
    "<script>fetch('{there}/i')</script>",
    "{{{{7*7}}}}",
    "{{% debug %}}",
    "{{{{ request.user }}}}",
    "{{{{summary|safe}}}}",
    "${{7*7}} <%= 7*7 %> #{{7*7}}",
    "</title><img src={there}/j>",
]


@pytest.fixture
def payloads(canary):
    return [payload.format(there=canary.address) for payload in HOSTILE]


def test_hostile_text_is_printed_and_opens_nothing(plan, officer, canary, payloads):
    plan.actions.filter(reference="ICO-1").update(title=payloads[0])
    # In a section, what stands in two braces and means nothing is refused.
    braces = [each for each in payloads if "{{" in each]
    text = "\n\n".join(each for each in payloads if each not in braces)
    made = pdf.render(issued(plan, officer, text, title=" ".join([*braces, payloads[-1]])))
    printed = re.sub(r"[\s*]+", "", text_of(made))  # stars may stress what stands between them
    for payload in payloads:
        assert re.sub(r"[\s*]+", "", payload) in printed
    assert canary.visits == []
    assert pypdf.PdfReader(BytesIO(made)).attachments == {}


def test_markup_that_got_through_would_open_nothing_either(canary, payloads):
    """The second wall: the same payloads unescaped, as if a template had forgotten to."""
    whole = "".join(payloads)
    made = pdf.lay_out(
        f'<html lang="en-GB"><title>Hostile</title><body><h1>Hostile</h1>{whole}</body></html>'
    )
    assert canary.visits == []
    assert pypdf.PdfReader(BytesIO(made)).attachments == {}


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/x",
        "https://own.invalid/app.css",
        "https://own.invalid/fonts/../app.css",
        "https://own.invalid/fonts/source-sans-3-latin-400-normal.woff2?x",
        "https://own.invalid.example/fonts/source-sans-3-latin-400-normal.woff2",
        "ftp://own.invalid/x",
    ],
)
def test_the_fetcher_refuses(address):
    with pytest.raises(pdf.RefusedAddressError):
        pdf.own_files().fetch(address)


def test_the_fetcher_serves_our_typeface():
    served = pdf.own_files().fetch("https://own.invalid/fonts/source-sans-3-latin-400-normal.woff2")
    assert served.read()[:4] == b"wOF2"


def test_weasyprint_is_new_enough():
    pdf.refuse_below_the_floor(weasyprint.VERSION)
    with pytest.raises(pdf.UnsafeVersionError, match="CVE-2026-55073"):
        pdf.refuse_below_the_floor("69.3")


def test_a_draft_has_no_pdf(plan, officer):
    PaperFactory(plans=[plan])
    assert not Rendering.objects.exists()
