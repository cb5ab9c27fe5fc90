"""A file is proved by the proof of its paper, whatever kind of paper that is, and no other file is."""

import io
from datetime import timedelta

import pikepdf
import pytest

from governance.committees import pdf, services
from governance.committees.checking import against_proof
from governance.committees.models import Edition, Takedown
from governance.committees.proof import exported
from governance.committees.services.errata import begin_erratum
from tests.committees.conftest import OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory

pytestmark = [pytest.mark.usefixtures("built_interface"), pytest.mark.django_db]
ALTERED = "The file is not one that was issued, or was altered: its SHA-256 is "


def issued(plan, clerk, **said):
    draft = PaperFactory(plans=[plan], **said)
    return services.issue(draft, by=clerk, frozen_on=OCTOBER).paper


def in_two_parts(plan, clerk):
    draft = PaperFactory(plans=[plan])
    mark(draft, section=draft.sections.create(position=1, number="1", heading="Prices", text="Okapi"))
    return services.issue(draft, by=clerk, frozen_on=OCTOBER).paper


def erratum(plan, clerk):
    wrong = issued(plan, clerk)
    said = {"said": "Page 3 says 8", "instead": "It should say 9", "because": "A slip"}
    return services.issue(
        begin_erratum(wrong, meeting=wrong.meeting, by=clerk, **said), by=clerk, frozen_on=OCTOBER
    ).paper


def withdrawn(plan, clerk):
    paper = issued(plan, clerk)
    services.take_down(Takedown(paper=paper, authority="Section 5", reason="A name"), by=clerk)
    return paper


def finished(rendering, file):
    assert rendering.claim(rendering.pk, lease=timedelta(minutes=5)).finish(file)
    return file


def pdf_of(paper, edition=None):
    """The file of it as a worker makes it."""
    return finished(paper.renderings.get(format="pdf", edition=edition), pdf.render(paper, edition))


def altered(file):
    """The file with one byte of its text altered, and with an update written behind its end."""
    with pikepdf.open(io.BytesIO(file)) as opened:
        text = opened.pages[0].Contents.read_raw_bytes()
    middle = file.index(text) + len(text) // 2
    yield file[:middle] + bytes([file[middle] ^ 1]) + file[middle + 1 :]
    yield file + b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.mark.parametrize("kind", [issued, in_two_parts, erratum, withdrawn])
def test_a_proof_proves_the_file_of_its_paper_and_nothing_that_was_altered(kind, plan, clerk):
    paper = kind(plan, clerk)
    file, proof = pdf_of(paper), exported(paper)
    found = against_proof(file, proof)
    assert found.sound
    assert found.sentences[0].endswith(", as it was issued.")
    other = pdf.render(issued(plan, clerk, title="Another"))
    for each in (*altered(file), other):
        found = against_proof(each, proof)
        assert not found.sound
        assert found.sentences[0].startswith(ALTERED)


def test_each_public_version_is_proved_as_itself_and_part_2_by_no_proof(plan, clerk):
    paper = in_two_parts(plan, clerk)
    said = {"decided": "officer", "resolution": None, "reason": "Signed"}
    part_2 = paper.editions.get(kind=Edition.Kind.PART_2)
    secret, first = pdf_of(paper, part_2), pdf_of(paper)
    lifted = services.lift(paper.exemptions.get(), by=clerk, **said)
    second, proof = pdf_of(paper, lifted), exported(paper)
    told = [against_proof(file, proof).sentences[0] for file in (first, second, secret)]
    assert told[0].endswith(", as it was issued.")
    assert told[1].endswith(f", in {lifted.in_words}.")
    assert told[2].startswith(ALTERED)
