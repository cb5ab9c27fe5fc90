"""The papers of the golden case say the same on their page, the command line and in every file of theirs."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from datetime import date

import docx
import pypdf
import pytest
from django.core.management import call_command
from lxml import html
from python_calamine import CalamineWorkbook

from actions.models import ProgressUpdate
from governance.committees import pdf, services
from governance.committees.content import text_of
from governance.committees.models import Meeting, Paper
from governance.committees.outputs import annex, twin, word
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.committees.factories import PaperFactory
from tests.committees.factories_bodies import MeetingFactory
from tests.demo.files import statuses

pytestmark = [pytest.mark.usefixtures("northmere", "built_interface"), pytest.mark.django_db]

PLAN = "ico-2015"
MEETINGS = [date(2016, 7, 25), date(2016, 7, 28), date(2016, 10, 24), date(2017, 2, 20), date(2017, 4, 13)]
STATUSES = {
    "completed": "Completed, as reported by management",
    "in_progress": "In progress",
    "not_started": "Not started",
    "awaiting_approval": "Awaiting approval",
}
BY_STATUS = "Actions by scope area and status"


def squeezed(text):
    """Without any space: lines and pages are broken elsewhere in each file."""
    return re.sub(r"\s", "", str(text))


def written(rows):
    """Cells as they are read, whatever a file keeps them as."""
    cells = ((int(cell) if isinstance(cell, float) else cell for cell in row) for row in rows)
    return [[squeezed(cell) for cell in row] for row in cells]


class Outputs:
    """What a reader finds in each of a paper's files: all tables with their captions, and all words."""

    def __init__(self, paper):
        self.paper = paper
        self.page = html.document_fromstring(twin.render(paper))
        self.document = docx.Document(io.BytesIO(word.render(paper)))

    def of_html(self):
        for table in self.page.iter("table"):
            if caption := table.findtext("caption"):
                yield caption, written([[cell.text_content() for cell in row] for row in table.iter("tr")])

    def of_word(self):
        captions = [each.text for each in self.document.paragraphs if each.style.name == "Caption"]
        for title, table in zip(captions, self.document.tables[1:], strict=True):
            yield title, written([[cell.text for cell in row.cells] for row in table.rows])

    def of_workbook(self):
        book = CalamineWorkbook.from_filelike(io.BytesIO(annex.workbook(self.paper)))
        for name in book.sheet_names:
            (title, *_), _, *rows = book.get_sheet_by_name(name).to_python()
            yield title, written(rows)

    def of_commas(self):
        archive = zipfile.ZipFile(io.BytesIO(annex.commas(self.paper)))
        for name, sheet in zip(archive.namelist(), annex.sheets(self.paper), strict=True):
            yield sheet.title, written(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))

    def words(self):
        """By output, all that it says."""
        auditor = signed_in(play("reads_all", Role.INTERNAL_AUDITOR))
        shown = html.document_fromstring(auditor.get(self.paper.get_absolute_url()).content)
        pages = pypdf.PdfReader(io.BytesIO(pdf.render(self.paper))).pages
        rows = [cell.text for table in self.document.tables for row in table.rows for cell in row.cells]
        told = {
            "page": shown.text_content(),
            "pdf": " ".join(page.extract_text() for page in pages),
            "web page": self.page.text_content(),
            "word": "\n".join([*(each.text for each in self.document.paragraphs), *rows]),
        }
        return {name: squeezed(text) for name, text in told.items()}


def paper_of(day):
    return Paper.objects.issued().select_related("issue").get(meeting__held_on=day)


def printed(command, *words, **options):
    out = io.StringIO()
    call_command(command, *words, format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def told_of_figures(day):
    """By key, what the command line tells of the audit's plan in the paper to a meeting."""
    (row,) = [row for row in printed("papers") if row["meeting"] == day.isoformat()]
    return {
        each["key"].removeprefix("actions."): each["value"]
        for each in row["figures"]
        if each["plans"] == [PLAN]
    }


def sentences_of(content):
    """What the paper says of the audit's plan and of what was told before, from its ledger."""
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    asked = [block["sentences"] for block in blocks if block.get("code") == PLAN]
    notes = content.get("restated", [])
    return [
        *(text_of(said) for said in asked if said),
        *("".join(part["text"] for part in note["sentence"]) for note in notes),
        *(record for note in notes for record in note["records"]),
    ]


def each_as_its_update_put_it(paper, listing):
    """Each figure of the audit's plan is as many actions of the table of all, and each is as the update that
    the figure rests on put it. What each row ends with, so that it is found in every file."""
    updates, ends = ProgressUpdate.objects.in_bulk(), []
    ledger = paper.figures.filter(scope={"plans": [PLAN]}, dimension={}, movement="", inserted=False)
    for status, heading in STATUSES.items():
        figure = ledger.get(key=f"actions.{status}")
        rows = [row for row in listing if row[5].startswith(squeezed(heading.partition(",")[0]))]
        entries = list(figure.entries.order_by("reference"))
        assert [row[0] for row in rows] == [each.reference for each in entries]
        assert len(rows) == figure.value
        for (*_, told, since, evidence), entry in zip(rows, entries, strict=True):
            update = updates[entry.evidence]
            assert (update.action_id, update.status) == (entry.subject, status)
            assert evidence == squeezed(update.evidence)
            ends.append(f"{told}{since}{evidence}"[:40])
    return ends


@pytest.mark.parametrize("day", MEETINGS)
def test_each_paper_says_the_same_on_its_page_and_in_every_file_as_the_files_of_the_council_tell(day):
    paper = paper_of(day)
    frozen = paper.issue.as_at
    counted = Counter(statuses(frozen).values())
    total = sum(counted.values())
    for told in (
        told_of_figures(day),
        printed("progress", PLAN, as_at=frozen.isoformat(), known_at=frozen.isoformat()),
    ):
        assert [told[name] for name in (*STATUSES, "total")] == [*(counted[name] for name in STATUSES), total]

    made = Outputs(paper)
    tables = list(made.of_html())
    assert list(made.of_word()) == tables
    (_, ledger), *annexed = made.of_workbook()
    assert [(annex.LEDGER, ledger), *annexed] == list(made.of_commas())
    assert annexed == tables[: len(annexed)]
    figures = {
        str(position): str(value) for position, value in paper.figures.values_list("position", "value")
    }
    assert {row[0]: row[4] for row in ledger[1:]} == figures

    (heads, *_, totals) = next(rows for title, rows in annexed if title == BY_STATUS)
    by_heading = dict(zip(heads, totals, strict=True))
    for status, heading in STATUSES.items():
        assert by_heading[squeezed(heading)] == str(counted[status])
    assert by_heading["Total"] == str(total)

    said, words = sentences_of(paper.issue.content), made.words()
    numbered = [(f"{value}({position})", f"{value}{position}") for position, value in figures.items()]
    assert len(said) >= 2
    listing = next(rows for title, rows in tables if title.startswith("Every action as it stood on "))
    rows = each_as_its_update_put_it(paper, listing)
    for name, text in words.items():
        assert [each for each in (*said, *rows) if squeezed(each) not in text] == [], name
        assert [each for each in numbered if not any(way in text for way in each)] == [], name


def test_what_is_restated_is_told_on_the_command_line_and_in_the_next_paper_alike():
    july = [row for row in printed("restatements") if row["meeting"] == "2016-07-25" and not row["part"]]
    ico = {row["key"]: row for row in july if row["plans"] == [PLAN]}
    (note,) = paper_of(MEETINGS[2]).issue.content["restated"]
    told = "".join(part["text"] for part in note["sentence"])
    known = Counter(statuses(MEETINGS[0], MEETINGS[2]).values())
    for key in ("actions.in_progress", "actions.not_started"):
        row = ico[key]
        assert f"{row['was']}, now known to have been {row['now']}" in told
        assert row["now"] == known[key.removeprefix("actions.")]
        assert [each.split(":")[0] for each in note["records"]] == row["references"]
        assert (row["class"], row["reason"]) == ("error", note["reason"])


LATE, ON_TIME = "Answered late, by 28 days, on 24 October 2016", "Answered on time, on 20 February 2017"


def paper_of_what_is_owed(day, frozen, text):
    """To the committee, on the plans where it says what was assured of one. Else it is on maturity, since no
    paper on a plan is frozen before another that was issued."""
    october = paper_of(MEETINGS[2])
    body, plans = october.meeting.body, october.plans.all() if PLAN in text else []
    meeting = Meeting.objects.filter(body=body, held_on=day).first() or MeetingFactory(body=body, held_on=day)
    paper = PaperFactory(meeting=meeting, plans=plans, tells_maturity=not plans)
    paper.sections.create(position=1, number="1", heading="What is owed", text=text)
    officer = play("committee_officer", Role.COMMITTEE_OFFICER)
    return services.issue(paper, by=officer, frozen_on=frozen).paper


@pytest.mark.parametrize(
    ("day", "frozen", "text", "stood", "kept"),
    [
        (MEETINGS[3], date(2017, 2, 8), "{{outstanding}}", [LATE, "Open", "Open", "Open"], []),
        (
            MEETINGS[4],
            MEETINGS[4],
            f"{{{{outstanding}}}}\n{{{{assurances {PLAN}}}}}",
            [ON_TIME, "Open", "Open"],
            ["Missed", "Missed"],
        ),
    ],
)
def test_what_is_owed_to_the_committee_is_told_alike_on_the_page_and_in_every_file(
    day, frozen, text, stood, kept
):
    made = Outputs(paper_of_what_is_owed(day, frozen, text))
    lists = [
        (title, rows)
        for title, rows in made.of_html()
        if title.startswith(("Outstanding issues of", "Assurances given of"))
    ]
    (_, (_, *owed)), *given = lists
    assert sorted(row[4] for row in owed) == sorted(map(squeezed, stood))
    open_matter = [row[1] for row in owed if row[0] == squeezed("Outcome of the follow-up audit")]
    assert [each.partition(",")[0] for each in open_matter] == ["25July2016", "24October2016"]
    assert [row[3] for _, rows in given for row in rows[1:]] == kept
    assert [each for each in made.of_word() if each in lists] == lists
    assert [each for each in made.of_workbook() if each in lists] == lists
    cells = [cell for _, rows in lists for row in rows for cell in row]
    for name, words in made.words().items():
        assert [each for each in cells if each not in words] == [], name
