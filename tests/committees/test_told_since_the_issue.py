"""A proof tells what became of a paper since; faults say in words what they are of; a head is looked for."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from governance.committees import pdf, services
from governance.committees.checking import against_papers, against_proof
from governance.committees.ledgers import verify_all
from governance.committees.models import Rendering, Takedown
from governance.committees.proof import NoProofError, exported, read_proof
from governance.committees.representations import in_full
from tests.cast import play, signed_in
from tests.committees.conftest import OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory
from tests.committees.pages import plainly, read

EXPORTED = "when this proof was exported, it was redacted by authority"
SAID = {"decided": "officer", "resolution": None, "reason": "The contract was signed"}


@pytest.fixture
def issued(plan, clerk):
    paper = PaperFactory(plans=[plan])
    mark(paper, section=paper.sections.create(position=1, heading="Prices", text="The Okapi price"))
    return services.issue(paper, by=clerk, frozen_on=OCTOBER).paper


@pytest.fixture
def file(issued):
    rendering = Rendering.objects.get(paper=issued, format="pdf", edition=None)
    made = pdf.render(issued)
    assert Rendering.claim(rendering.pk, lease=timedelta(minutes=5)).finish(made)
    return made


@pytest.mark.django_db
def test_a_proof_tells_of_liftings_and_withdrawal_until_its_export_and_one_of_before_of_none(issued, file):
    officer = play("chief", "monitoring_officer")
    quiet = exported(issued)
    assert "neither withdrawn nor was anything lifted" in against_proof(file, quiet).sentences[1]
    services.lift(issued.exemptions.get(), by=officer, **SAID)
    stone = Takedown(paper=issued, reach="public", authority="Section 5", reason="A name stood in it")
    services.take_down(stone, by=officer)
    told = read_proof(json.dumps(exported(issued)))
    found, since = against_proof(file, told), told["since"]
    assert found.sound
    known, gone = in_full(since["known_on"]), in_full(since["withdrawn"]["on"])
    said = f"As known on {known}, {EXPORTED} (Section 5, {gone}; the public page and its files alone)"
    assert found.sentences[1] == f"{said}: A name stood in it"
    assert "less of it is withheld in public version 2" in found.sentences[2]
    assert against_papers(file).sentences[1].startswith("The public page of the paper was redacted")
    older = {part: each for part, each in told.items() if part != "since"}
    assert against_proof(file, read_proof(json.dumps(older))).sound
    with pytest.raises(NoProofError):
        read_proof(json.dumps(told | {"since": {"known_on": "some day"}}))


@pytest.mark.django_db
def test_a_wrong_file_is_refused_in_one_sentence_however_many_were_issued(issued, file):
    (said,) = against_proof(file[:-1] + b"?", exported(issued)).sentences
    assert said.endswith("which no file of the proof has.")


def test_a_fault_says_which_figure_of_which_paper(issued, owner_connection):
    figure = issued.figures.filter(exempt=False).first()
    owner_connection.execute("ALTER TABLE committees_publishedfigure DISABLE TRIGGER USER")
    altered = f"UPDATE committees_publishedfigure SET definition = 'Else' WHERE id = {figure.pk}"
    owner_connection.execute(altered)
    faults = list(map(str, verify_all().faults))
    named = f"(published figure: “{figure.title}” of “{issued.title}”)"
    assert f"committees_publishedfigure: row {figure.pk} of entry {figure.pk} was altered {named}" in faults
    whole = f"has another ledger than the one whose digest it prints (paper: “{issued.title}”)"
    assert any(each.endswith(whole) for each in faults)


def test_an_auditor_types_a_printed_head_and_reads_whether_it_is_in_the_chain(issued):
    browser, page = signed_in(play("internal_auditor", "internal_auditor")), reverse("committees:proof")
    proof = issued.issue.content["proof"]
    broken = f"{proof['head'][:30]} {proof['head'][30:].upper()}"
    told = plainly(browser.post(page, {"head": broken}).content.decode())
    assert f"The head {proof['head']} is that of block {proof['block']}, and" in told
    told = plainly(browser.post(page, {"head": "0" * 64}).content.decode())
    assert "the end of the trail was cut" in told
    for typed, words in (
        ("abc", "is no head"),
        ("", "Enter the head"),
        ("f" * 200_000, "200 characters or fewer"),
    ):
        answer = browser.post(page, {"head": typed})
        assert (answer.status_code, words in plainly(answer.content.decode())) == (200, True), typed[:9]
    assert "Head printed on a paper" in read(browser, page)
