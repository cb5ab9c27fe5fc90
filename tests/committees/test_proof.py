"""A paper is proved by what it prints: offline by a file, and here against the chain and its ledger."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from governance.committees import pdf, services
from governance.committees.checking import against_papers, against_proof, carried
from governance.committees.ledgers import verify_all
from governance.committees.models import Issue, Paper, Rendering
from governance.committees.models.ledger import fingerprint
from governance.committees.proof import NoProofError, exported, ledger_of, read_proof
from governance.committees.reckoning import reckon
from governance.committees.services.attached import add_appendix, add_background
from governance.committees.services.ledger import write_ledger
from governance.core.dates import LONDON, long_date
from governance.history.models import Block
from tests.actions.evidence_files import upload as a_pdf
from tests.committees.conftest import OCTOBER
from tests.committees.factories import PaperFactory


@pytest.fixture
def october(july, plan, officer):
    """A paper with files that came with it."""
    draft = PaperFactory(plans=[plan])
    add_appendix(draft, title="Map", file=a_pdf("map.pdf"))
    add_background(draft, title="Letter", file=a_pdf("letter.pdf"), link="")
    return services.issue(draft, by=officer, frozen_on=OCTOBER)


@pytest.fixture
def file(paper):
    """The paper's file as a worker makes it."""
    rendering = Rendering.objects.get(paper=paper, format="pdf")
    made = pdf.render(paper)
    assert Rendering.claim(rendering.pk, lease=timedelta(minutes=5)).finish(made)
    return made


def test_a_paper_prints_the_head_of_the_chain_and_the_digest_of_its_ledger(paper):
    proof = paper.issue.content["proof"]
    head = Block.objects.get(number=proof["block"])
    assert (proof["head"], proof["era"]) == (head.digest, head.era)
    assert proof["ledger"] == fingerprint(ledger_of(paper.pk))
    page = pdf.document(paper)
    assert f"block {head.number} of era {head.era}" in page
    assert page.count(head.digest) == page.count(proof["ledger"]) == 2  # in the appendix, and for programs


def test_what_was_issued_before_there_were_seals_prints_none_and_is_still_shown(paper, plan, clerk):
    issue = paper.issue
    content = {name: told for name, told in issue.content.items() if name != "proof"}
    older = PaperFactory(plans=[plan])
    write_ledger(older, [reckon(plan, issue.moment, older.meeting.body_id)], issue.moment)
    frozen = {"as_at": issue.as_at, "known_before": issue.known_before, "issued_by": clerk}
    Issue.objects.create(paper=older, content=content, content_sha256=fingerprint(content), **frozen)
    older.state, older.as_at, older.published_on = Paper.State.ISSUED, issue.as_at, issue.as_at
    older.save()
    page = pdf.document(older)
    assert "Head of the chain" in pdf.document(paper)
    assert "Where the figures come from" in page
    assert "Head of the chain" not in page
    assert "custodian-chain" not in page


def test_a_file_is_checked_by_its_proof_without_a_database(paper, file, tmp_path):
    saved, proof = tmp_path / "paper.pdf", tmp_path / "proof.json"
    saved.write_bytes(file)
    call_command("export_proof", paper.pk, to=proof)
    assert carried(file) == paper.issue.content["proof"]
    done = offline(saved, proof)
    assert (done.returncode, done.stderr) == (0, "")
    assert paper.title in done.stdout
    told = json.loads(proof.read_text())
    told["ledger"]["figures"][0]["value"] += 1
    proof.write_text(json.dumps(told))
    assert "The ledger in the proof was altered" in offline(saved, proof).stderr
    saved.write_bytes(file[:-1] + b"?")
    call_command("export_proof", paper.pk, to=proof)
    refused = offline(saved, proof)
    assert refused.returncode == 1
    assert "The file is not one that was issued, or was altered" in refused.stderr


def offline(saved, proof):
    """The command in a process that cannot reach any database."""
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing", "DATABASE_OWNER_URL": ""}
    words = [sys.executable, "manage.py", "verify", str(saved), "--proof", str(proof)]
    return subprocess.run(
        words,
        cwd=settings.BASE_DIR,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_file_that_carries_a_head_is_not_proved_by_a_proof_without_one(paper, file):
    proof = exported(paper)
    assert "Compare that head with the council's chain" in against_proof(file, proof).sentences[-1]
    found = against_proof(file, proof | {"printed": None, "block": None})
    assert found.sentences == [
        "The file carries another head of the chain, or of its ledger, than the proof."
    ]


def test_a_proof_that_lacks_a_part_is_said_to_be_none(paper, file):
    whole = exported(paper)
    assert read_proof(json.dumps(whole)) == whole
    for lacking in ("paper", "files", "ledger", "ledger_sha256"):
        cut = {part: told for part, told in whole.items() if part != lacking}
        with pytest.raises(NoProofError):
            read_proof(json.dumps(cut))


def test_a_file_is_recognised_among_the_papers_that_were_issued(paper, file):
    entered = long_date(paper.issue.issued_at.astimezone(LONDON).date())
    said = f"This is the file of “{paper}” published on 12 October 2016 for the {paper.meeting}; "
    assert against_papers(file).sentences[0] == f"{said}entered and sealed on {entered}."
    for other in (file[:-1] + b"?", b"no PDF at all"):
        found = against_papers(other)
        assert not found.sound
        assert "was not issued by this council, or was altered" in found.sentences[0]


TABLES = (
    "committees_publishedfigure",
    "committees_publishedentry",
    "committees_issue",
    "committees_rendering",
    "committees_appendix",
    "committees_backgroundpaper",
    "history_block",
    "history_seal",
)
ATTACKS = {
    "a figure altered": (
        "UPDATE committees_publishedfigure SET value = value + 1 WHERE paper_id = {paper} AND position = 1",
        ["has another ledger than the one whose digest it prints", "and has"],
    ),
    "an entry exchanged": (
        "UPDATE committees_publishedentry SET reference = 'ICO-99' "
        "WHERE id = (SELECT max(id) FROM committees_publishedentry)",
        ["has another ledger than the one whose digest it prints"],
    ),
    "the content altered": (
        "UPDATE committees_issue SET content = jsonb_set(content, '{{title}}', '\"Another\"') "
        "WHERE paper_id = {paper}",
        ["has not the content that it was issued with"],
    ),
    "the end of the trail cut": (
        "DELETE FROM history_seal s USING history_block b WHERE b.number = {block} AND s.id <@ b.seals; "
        "DELETE FROM history_block WHERE number >= {block}",
        ["prints block {block} as the head of the chain, which is not there"],
    ),
    "the file altered": (
        "ALTER TABLE committees_rendering DROP CONSTRAINT rendering_carries_its_fingerprint; "
        "UPDATE committees_rendering SET file = file || 'x' WHERE paper_id = {paper}",
        ["is not the file that was made"],
    ),
    "what came with it altered": (
        "ALTER TABLE committees_appendix DROP CONSTRAINT appendix_carries_its_fingerprint; "
        "UPDATE committees_appendix SET file = file || 'x' WHERE paper_id = {paper}; "
        "ALTER TABLE committees_backgroundpaper DROP CONSTRAINT background_paper_carries_its_fingerprint; "
        "UPDATE committees_backgroundpaper SET file = file || 'x' WHERE paper_id = {paper}",
        ["“map.pdf” is not the file that was added", "“letter.pdf” is not the file that was added"],
    ),
}


@pytest.mark.parametrize(("attack", "found"), ATTACKS.values(), ids=ATTACKS)
def test_what_the_owner_alters_of_a_paper_is_found_and_named(attack, found, owner_connection, october):
    paper = october.paper_id
    rendering = Rendering.objects.get(paper=paper, format="pdf")
    assert Rendering.claim(rendering.pk, lease=timedelta(minutes=5)).finish(b"%PDF-1.7 as made")
    assert verify_all().faults == []
    for table in TABLES:
        owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    words = {"paper": paper, "block": october.content["proof"]["block"]}
    owner_connection.execute(attack.format(**words))
    faults = "\n".join(str(fault) for fault in verify_all().faults)
    for each in found:
        assert each.format(**words) in faults


def test_the_command_says_what_it_found_and_fails_where_something_is_wrong(owner_connection, october):
    said = StringIO()
    call_command("verify", format="json", stdout=said)
    assert json.loads(said.getvalue())["sound"]
    owner_connection.execute("ALTER TABLE committees_publishedfigure DISABLE TRIGGER USER")
    owner_connection.execute("UPDATE committees_publishedfigure SET title = 'Another' WHERE position = 1")
    said = StringIO()
    with pytest.raises(CommandError, match="faults: this is not what was sealed"):
        call_command("verify", stdout=said)
    assert "committees_publishedfigure: row" in said.getvalue()
