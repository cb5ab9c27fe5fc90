"""What was signed of a pack is kept and shown as it was, whatever is recorded later."""

import json
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from actions.models import (
    Action,
    ActionRecommendation,
    EvidencePack,
    PackLayout,
    PackSignature,
    PackStep,
    Recommendation,
    digest_of,
)
from actions.services import evidence, packs
from actions.services.packs import content_of
from governance.core.dates import today
from governance.core.steps import StepError
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.actions.evidence_files import a_document
from tests.actions.packs import a_pack, a_recommendation, page_of, saved
from tests.actions.pages import text
from tests.browser import axe, sign_in
from tests.cast import known, play, signed_in
from tests.factories import (
    LONG_AGO,
    ActionFactory,
    PostFactory,
    PostHoldingFactory,
    RecommendationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where this test keeps its files."""
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture
def asked(db):
    """A recommendation, and an action that was completed for it."""
    return a_recommendation()


def signed(pack, by):
    return packs.sign(pack, content_of(pack).digest, "", by=by)


@pytest.mark.parametrize("on", [None, date(2016, 5, 1), date(2016, 5, 2)])
def test_the_figures_of_a_pack_count_the_rows_that_stand_in_it_on_any_day(asked, siro, on):
    RecommendationFactory(audit=asked.audit, reference="A02")
    pack = a_pack(asked, on)
    content, moment = content_of(pack), Moment.of(pack.as_at)
    answered = [row[3] for row in content.rows]
    assert content.figures["packs.recommendations"] == len(content.rows) == 2
    assert content.figures["packs.accepted"] == answered.count("Accepted") == 1
    assert content.figures["packs.unanswered"] == answered.count("") == 1
    assert content.figures["packs.without_action"] == [row[4] for row in content.rows].count("")
    for key, value in content.figures.items():
        assert get_figure(key).by(moment, Scope(), "audit").get(asked.audit.code, 0) == value
    browser = signed_in(siro)
    shown = browser.get(page_of(pack)).context["tiles"]
    assert [tile.value for tile in shown] == list(content.figures.values())
    assert f"<dd>{len(content.rows)}</dd>" in saved(siro, pack)["index.html"].decode()
    assert browser.get(shown[0].href).content.count(asked.text.encode()) == 1


def test_an_answer_given_after_the_day_is_no_answer_on_it(asked):
    RecommendationFactory(
        audit=asked.audit, reference="A02", response="accepted", responded_on=date(2016, 6, 1)
    )
    before, after = (content_of(a_pack(asked, date(2016, month, 2))) for month in (5, 7))
    assert [dict(row[::3][:2] for row in each.rows)["A02"] for each in (before, after)] == ["", "Accepted"]
    assert [each.figures["packs.unanswered"] for each in (before, after)] == [1, 0]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_titles_and_answers_read_as_they_did_on_the_day(asked, owner_connection):
    words = "A = recommendation\nB = response\nC = actions\nD = owners\nE = evidence"
    layout = PackLayout.objects.create(code="words", name="Words", columns=words)
    document = a_document(asked.action)
    then = [text, answer, title, owner, _] = content_of(a_pack(asked, layout=layout)).rows[0]
    owner_connection.execute("SET app.redacting = 'on'")
    for table in ("actions_historicalrecommendation", "actions_historicalaction", "people_historicalpost"):
        owner_connection.execute(f"UPDATE {table} SET history_date = history_date - interval '30 days'")
    Recommendation.objects.update(text="Train managers", response="partially")
    other = PostFactory(title="Head of training")
    Action.objects.update(title="Hold other courses", owner=other)
    now = content_of(EvidencePack.objects.get()).rows[0]
    assert now[:4] == [
        "Train managers",
        "Partially accepted",
        "ICO-001: Hold other courses",
        "ICO-001: Head of training",
    ]
    past = content_of(a_pack(asked, today() - timedelta(days=5), layout))
    assert past.rows[0] == [text, answer, title, owner, "ICO-001: no document"]
    assert then[4] == f"ICO-001: {document.reference} {document.title}"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_is_linked_or_unlinked_since_reads_as_it_did_on_the_day(asked, owner_connection):
    """Of actions that were there by then; of one that was entered later, as it is recorded now."""
    other = RecommendationFactory(audit=asked.audit, reference="A02")
    owner_connection.execute("SET app.redacting = 'on'")
    for table in ("actions_historicalrecommendation", "actions_historicalaction"):
        owner_connection.execute(f"UPDATE {table} SET history_date = history_date - interval '30 days'")
    ActionRecommendation.objects.create(action=asked.action, recommendation=other)
    Action.objects.update(recommendation=None)
    late = ActionFactory(plan=asked.action.plan, title="Test them", recommendation=other)
    past, now = (content_of(a_pack(asked, on)) for on in (today() - timedelta(days=5), None))
    assert [row[4] for row in past.rows] == ["ICO-001: Hold courses", f"{late.reference}: Test them"]
    assert [row[4] for row in now.rows] == ["", f"{late.reference}: Test them\nICO-001: Hold courses"]
    assert [each.figures["packs.without_action"] for each in (past, now)] == [0, 1]


def test_only_the_siro_signs_and_what_was_signed_stays_shown_and_handed_over(
    asked, siro, ig_officer, auditor
):
    pack = a_pack(asked)
    address = reverse("actions:sign_pack", args=[pack.pk])
    seen = content_of(pack).digest
    for person in (ig_officer, auditor):
        assert signed_in(person).post(address, {"seen": seen}).status_code == 403
    browser = signed_in(siro)
    assert "Not signed off yet" in text(browser.get(page_of(pack)))
    assert browser.post(address, {"seen": seen, "note": "For the visit"}).url == page_of(pack)
    page = text(signed_in(auditor).get(page_of(pack)))
    assert "This is what was signed" in page
    assert "For the visit" in page
    assert "has changed since" not in page
    assert "Sign it off" not in text(browser.get(page_of(pack)))
    asked.text = "Train managers"
    asked.save()
    a_document(asked.action)
    page = text(browser.get(page_of(pack)))
    for said in (
        "This is what was signed",
        "The register has changed since",
        "Train everybody",
        "Sign it off",
    ):
        assert said in page
    assert "Train managers" not in page
    assert "Train managers" in text(browser.get(reverse("actions:pack_now", args=[pack.pk])))
    files = saved(siro, pack)
    assert "as it is here; the register has changed since" in files["index.html"].decode()
    assert "Train everybody" in files["table.csv"].decode()
    assert not [name for name in files if name.startswith("evidence/")]
    refused = browser.post(address, {"seen": seen})
    assert "changed while you looked at it" in text(refused)
    assert f'value="{content_of(pack).digest}"' in refused.content.decode()  # it is shown, and can be signed
    again = signed(pack, siro)
    assert "Train managers" in text(browser.get(page_of(pack)))
    first = pack.signatures.exclude(pk=again.pk).get()
    assert "Train everybody" in text(browser.get(first.get_absolute_url()))
    assert len(saved(siro, pack)) == 5


def test_what_was_signed_is_kept_with_its_digest_and_neither_changes(asked, siro):
    kept = signed(a_pack(asked), siro)
    assert digest_of(kept.content) == kept.digest
    assert json.loads(kept.content)["rows"][0][:2] == ["A01", "Train everybody"]
    for change in (
        lambda: PackSignature.objects.filter(pk=kept.pk).update(content="{}"),
        lambda: PackSignature.objects.filter(pk=kept.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            change()
        assert isinstance(refused.value.__cause__, psycopg.Error)


def test_of_what_was_signed_before_it_was_kept_the_index_does_not_say_that_it_has_changed(asked, siro):
    pack = a_pack(asked)
    digest, when = "0" * 64, timezone.now()
    old = PackSignature(pack=pack, digest=digest, signed_at=when, signed_by=siro, signed_as="Siro", note="Go")
    standing = replace(packs.Standing.of(pack, None), signature=old)
    index = render_to_string("exchange/pack_index.html", {"pack": pack, "standing": standing})
    assert "before what is signed was kept. This is what it holds now" in index
    assert digest in index
    assert "Go" in index
    assert "has changed since" not in index
    assert not standing.has_changed


def test_a_document_taken_down_after_the_signing_is_not_handed_over_and_the_rest_stands(asked, siro):
    version = a_document(asked.action).versions.get()
    pack = a_pack(asked)
    signed(pack, siro)
    evidence.take_down(version, "Names a child", by=siro)
    files = saved(siro, pack)
    assert not [name for name in files if name.startswith("evidence/")]
    assert "taken down, Names a child" in files["index.html"].decode()


def test_a_pack_that_was_returned_is_put_forward_and_signed_again(asked, siro, ig_officer):
    pack = a_pack(asked)
    signed(pack, siro)
    back, forward = (
        reverse(f"actions:{name}", args=[pack.pk]) for name in ("return_pack", "put_pack_forward")
    )
    chief, officer = signed_in(siro), signed_in(ig_officer)
    assert "There is a problem" in text(chief.post(back, {"reason": " "}))
    assert "was not returned" in text(officer.post(forward, {"reason": "Done"}))
    assert chief.post(back, {"reason": "Name the courses"}).url == page_of(pack)
    assert "returned already" in text(chief.post(back, {"reason": "Again"}))
    page = text(officer.get(page_of(pack)))
    assert "Name the courses" in page
    assert "Put it forward again" in page
    assert "Returned by" in saved(siro, pack)["index.html"].decode()
    with pytest.raises(StepError, match="signed once it is put forward"):
        signed(pack, siro)
    assert officer.post(forward, {"reason": "They are named"}).url == page_of(pack)
    page = text(chief.get(page_of(pack)))
    assert "They are named" in page
    assert "Sign it off" in page
    signed(pack, siro)
    with pytest.raises(StepError, match="signed off as it is already"):
        signed(pack, siro)
    assert pack.signatures.count() == 2


def test_what_goes_back_to_how_it_was_is_signed_again(asked, siro):
    pack = a_pack(asked)
    for words in ("Train everybody", "Train managers", "Train everybody"):
        asked.text = words
        asked.save()
        signed(pack, siro)
    assert len(set(pack.signatures.values_list("digest", flat=True))) == 2


def test_who_signs_does_so_in_the_post_that_may(asked, siro):
    """An older post that they hold too carries no role, and somebody may act in none."""
    PostHoldingFactory(person=siro, from_on=LONG_AGO - timedelta(days=1))
    person, pack = known(siro, siro.post), a_pack(asked)
    assert person.post_title != "Siro"
    assert "You sign as Siro" in text(signed_in(person).get(reverse("actions:sign_pack", args=[pack.pk])))
    assert signed(pack, person).signed_as == "Siro"
    assert packs.send_back(pack, "Once more", by=UserFactory()).taken_as == ""


def test_more_recommendations_and_signatures_cost_the_page_no_further_query(asked, siro):
    pack, browser = a_pack(asked), signed_in(siro)
    a_document(asked.action, link="https://a.example")

    def queries():
        signed(pack, siro)
        browser.get(page_of(pack))
        with CaptureQueriesContext(connection) as found:
            assert browser.get(page_of(pack)).status_code == 200
        return len(found)

    few = queries()
    for _ in range(5):
        more = RecommendationFactory(audit=asked.audit)
        a_document(ActionFactory(plan=asked.action.plan, recommendation=more), link="https://a.example")
        assert queries() == few


def refused(write):
    """The constraint that refuses it."""
    with pytest.raises(IntegrityError) as wrong, transaction.atomic():
        write()
    return wrong.value.__cause__.diag.constraint_name


def test_the_database_keeps_what_is_signed_by_its_digest_and_once(asked, siro):
    pack = a_pack(asked)

    def sign(content, digest):
        return lambda: pack.signatures.create(content=content, digest=digest, signed_by=siro)

    sign("{}", digest_of("{}"))()
    assert refused(sign("", digest_of(""))) == "pack_signature_keeps_what_is_signed"
    assert refused(sign("{}", "a" * 64)) == "pack_signature_keeps_what_is_signed"
    assert refused(sign("{}", digest_of("{}"))) == "pack_is_signed_once_as_it_is"


def test_the_database_lets_a_pack_go_back_and_forth_in_turn(asked, siro):
    pack = a_pack(asked)

    def step(kind, reason):
        return lambda: PackStep.objects.create(pack=pack, kind=kind, reason=reason, taken_by=siro)

    assert refused(step("put_forward", "Done")) == "pack_goes_back_and_forth"
    assert refused(step("returned", "")) == "pack_step_gives_a_reason"
    step("returned", "Name them")()
    assert refused(step("returned", "Again")) == "pack_goes_back_and_forth"
    assert refused(step("lost", "Gone")) == "pack_step_is_known"
    said = {"content": "{}", "digest": digest_of("{}"), "signed_by": siro}
    assert refused(lambda: pack.signatures.create(**said)) == "pack_returned_is_not_signed"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["page", "narrow_page"])
def test_the_siro_signs_a_pack_in_chromium(request, how, asked):
    PackLayout.objects.get_or_create(
        code="plain", defaults={"name": "Plain", "columns": "Ref = reference\nProgress = progress"}
    )
    page, pack = request.getfixturevalue(how), a_pack(asked)
    sign_in(page, play("siro", Role.SIRO))
    page.goto(page_of(pack))
    axe(page)
    page.get_by_role("button", name="Sign it off").click()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This is what was signed")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Return it").click()
    page.get_by_label("What is to be done before you sign?").fill("Name the courses")
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Name the courses").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Plain").click()
    axe(page)
