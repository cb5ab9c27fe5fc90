"""Confirming assets: who, how often, and that it counts once."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from assets import figures
from assets.figures.attestation import FIGURES, tally
from assets.models import Asset, Attestation, AttestationPeriods, AttestationQuestion, ImpactLevel
from assets.services.attestation import MovedOnError, NotToBeConfirmedError, confirm
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.assets.factories_attestation import attested
from tests.cast import known, play, signed_in
from tests.factories import AssetFactory, PostFactory, PostHoldingFactory, RoleAssignmentFactory

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope()


def values(moment=None):
    return {name: figure.value(moment or Moment.now(), EVERYWHERE) for name, figure in FIGURES.items()}


def confirm_page(asset):
    return f"/assets/{asset.reference}/confirm/"


def send(person, asset, **said):
    said = {"seen_version": asset.standing_version(), **said}
    return signed_in(person).post(confirm_page(asset), said)


# The rules of the database


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def test_a_version_is_confirmed_once_a_day(owner):
    attested(owner.asset, by=owner)
    assert_refused("asset_version_is_confirmed_once_a_day", lambda: attested(owner.asset, by=owner))


def test_the_same_version_is_confirmed_again_on_another_day(owner):
    attested(owner.asset, by=owner, days_ago=200)
    assert attested(owner.asset, by=owner).pk


def test_a_confirmation_says_whether_something_changed_and_what(owner):
    one = attested(owner.asset, by=owner, days_ago=3)
    fields = {
        field.attname: getattr(one, field.attname)
        for field in Attestation._meta.concrete_fields
        if field.name not in ("id", "recorded_at", "known_at", "place", "effective_on")
    } | {"effective_on": today()}
    broken = [
        ({"outcome": "changed"}, "attestation_of_a_change_says_what_changed"),
        ({"what_changed": "Title"}, "attestation_of_a_change_says_what_changed"),
        ({"outcome": "perhaps"}, "attestation_of_a_change_says_what_changed"),
        ({"recorded_as": ""}, "attestation_names_the_post"),
    ]
    for change, constraint in broken:
        assert_refused(constraint, lambda change=change: Attestation.objects.create(**(fields | change)))


def test_an_answer_keeps_the_words_and_is_given_once(owner):
    given = confirm(owner.asset, seen=owner.asset.standing_version(), by=owner)
    question = AttestationQuestion.objects.first()
    assert_refused(
        "attestation_answers_a_question_once",
        lambda: given.answers.create(question=question, statement="Once more", holds=True),
    )
    new = AttestationQuestion.objects.create(code="new", name="New", explanation="Something else")
    assert_refused(
        "attestation_answer_keeps_the_words",
        lambda: given.answers.create(question=new, statement="", holds=True),
    )


def test_a_question_says_what_is_confirmed():
    assert_refused(
        "attestation_question_says_what_is_confirmed",
        lambda: AttestationQuestion.objects.create(code="empty", name="Empty"),
    )


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"months": 0}, "attestation_periods_are_1_to_60_months"),
        ({"high_risk_months": 61}, "attestation_periods_are_1_to_60_months"),
        ({"grace_days": 367}, "attestation_grace_is_a_year_at_most"),
    ],
)
def test_the_periods_stay_within_reason(change, constraint):
    assert_refused(constraint, lambda: AttestationPeriods.objects.update(**change))


def test_there_is_one_row_of_periods():
    assert_refused("attestation_periods_are_one_row", lambda: AttestationPeriods.objects.create(pk=2))


# When it is due


def asset_of(kind):
    rated = {f"{rated}_reason": "Because" for rated in ("confidentiality", "integrity", "availability")}
    high = ImpactLevel.objects.get(code="serious")
    return AssetFactory(
        **{
            "ordinary": {},
            "special": {"special_category": True},
            "confidential": {"confidentiality": high, **rated},
            "integral": {"integrity": high, **rated},
            "available": {"availability": high, **rated},
            "moderate": {"confidentiality": ImpactLevel.objects.get(code="moderate"), **rated},
        }[kind]
    )


DUE_DATES = [
    ("ordinary", date(2025, 3, 10), date(2026, 3, 10)),
    ("moderate", date(2025, 3, 10), date(2026, 3, 10)),
    ("special", date(2025, 3, 10), date(2025, 9, 10)),
    ("confidential", date(2025, 3, 10), date(2025, 9, 10)),
    ("integral", date(2025, 3, 10), date(2025, 9, 10)),
    ("available", date(2025, 3, 10), date(2025, 9, 10)),
    ("special", date(2025, 8, 31), date(2026, 2, 28)),
    ("ordinary", date(2024, 2, 29), date(2025, 2, 28)),
]


@pytest.mark.parametrize(("kind", "confirmed", "due"), DUE_DATES)
def test_when_an_asset_is_to_be_confirmed_again(kind, confirmed, due, ig_officer):
    asset = asset_of(kind)
    attested(asset, by=ig_officer, days_ago=(today() - confirmed).days)
    shown = figures.attestation.standing(Moment.now(), EVERYWHERE).get(id=asset.pk)
    assert (shown.attested_on, shown.confirm_by) == (confirmed, due)
    assert shown.overdue_from == due + timedelta(days=29)


def test_an_asset_never_confirmed_is_due_from_its_first_day_and_overdue_after_the_days_of_grace():
    AssetFactory()
    assert values() == {"total": 1, "attested": 0, "due": 1, "overdue": 0, "never": 1}
    later = Moment.of(today() + timedelta(days=28))
    assert values(later)["overdue"] == 0
    assert values(Moment.of(today() + timedelta(days=29)))["overdue"] == 1


@pytest.mark.django_db(transaction=True)
def test_the_days_as_a_draft_do_not_count_towards_what_is_overdue(owner_connection):
    asset = AssetFactory(state="draft")
    owner_connection.execute("SET app.redacting = 'on'")
    owner_connection.execute("UPDATE assets_historicalasset SET history_date = '2020-01-01'")
    Asset.objects.filter(pk=asset.pk).update(state="live")
    shown = figures.attestation.standing(Moment.now(), EVERYWHERE).get(id=asset.pk)
    assert shown.confirm_by == today()
    assert values()["overdue"] == 0


def test_a_confirmed_asset_is_due_again_on_the_day_its_period_ends(ig_officer):
    asset = AssetFactory()
    attested(asset, by=ig_officer)
    assert values() == {"total": 1, "attested": 1, "due": 0, "overdue": 0, "never": 0}
    shown = figures.attestation.standing(Moment.now(), EVERYWHERE).get(id=asset.pk)
    assert values(Moment.of(shown.confirm_by - timedelta(days=1)))["attested"] == 1
    assert values(Moment.of(shown.confirm_by))["due"] == 1


def test_other_periods_count_from_the_day_they_are_set(ig_officer):
    attested(AssetFactory(), by=ig_officer, days_ago=100)
    assert values()["due"] == 0
    AttestationPeriods.objects.update(months=3)
    assert values()["due"] == 1


def test_a_confirmation_counts_from_its_day_on(ig_officer):
    asset = AssetFactory()
    attested(asset, by=ig_officer)
    assert Attestation.objects.standing(Moment.of(today())).count() == 1
    assert Attestation.objects.standing(Moment.of(today() - timedelta(days=1))).count() == 0


def test_the_grouped_figures_are_the_figures(ig_officer, owner, other_owner):
    attested(owner.asset, by=owner)
    attested(AssetFactory(owner=owner.post), by=owner, days_ago=380)
    attested(AssetFactory(owner=owner.post), by=owner, days_ago=900)
    parts = tally(Moment.now(), EVERYWHERE)
    for name, figure in FIGURES.items():
        by_unit = {code: getattr(part, name) for code, part in parts.items() if getattr(part, name)}
        assert by_unit == figure.by(Moment.now(), EVERYWHERE, "unit"), name
        owners = tally(Moment.now(), EVERYWHERE, "owner")
        assert sum(getattr(part, name) for part in owners.values()) == values()[name]
    assert all(part.attested + part.due == part.total for part in parts.values())
    assert all(part.never <= part.due and part.overdue <= part.due for part in parts.values())


# Confirming


def test_two_clicks_confirm_an_asset(owner):
    client = signed_in(owner)
    mine = client.get("/assets/mine/").content.decode()
    assert "1 asset to confirm" in mine
    assert confirm_page(owner.asset) in mine
    page = client.get(confirm_page(owner.asset)).content.decode()
    for question in AttestationQuestion.objects.all():
        assert question.explanation.replace("'", "&#x27;") in page
    seen = re.search(r'name="seen_version" value="(\d+)"', page)[1]
    client.post(confirm_page(owner.asset), {"seen_version": seen})
    given = Attestation.objects.get()
    assert (given.asset, given.post, given.recorded_by) == (owner.asset, owner.post, owner)
    assert (given.outcome, given.effective_on, given.version) == ("unchanged", today(), int(seen))
    assert [answer.holds for answer in given.answers.all()] == [True] * 4
    assert "You are done until" in client.get("/assets/mine/").content.decode()


def test_what_is_confirmed_stays_confirmed_and_the_rest_waits(owner):
    second = AssetFactory(owner=owner.post)
    said = signed_in(owner).post(
        confirm_page(owner.asset), {"seen_version": owner.asset.standing_version()}, follow=True
    )
    page = said.content.decode()
    assert f"{owner.asset.reference} confirmed. 1 to go" in page
    assert "1 asset to confirm." in page
    assert confirm_page(second) in page
    assert confirm_page(owner.asset) not in page


def test_a_form_sent_twice_counts_once(owner):
    version = owner.asset.standing_version()
    assert send(owner, owner.asset, seen_version=version).status_code == 302
    assert send(owner, owner.asset, seen_version=version).status_code == 302
    assert Attestation.objects.count() == 1


def test_what_is_said_otherwise_on_the_same_day_takes_the_place_of_what_was_said(owner):
    access = AttestationQuestion.objects.get(code="access")
    Asset.objects.filter(pk=owner.asset.pk).update(title="Another title")
    send(owner, owner.asset)
    before = Attestation.objects.get()
    for _ in range(2):
        send(owner, owner.asset, doubts=[access.pk], note="Leavers are still on it")
    given = Attestation.objects.standing(Moment.now()).get()
    assert Attestation.objects.count() == 2
    assert (given.corrects, given.note) == (before, "Leavers are still on it")
    assert (given.outcome, given.due_on) == (before.outcome, before.due_on)
    assert [answer.question for answer in given.answers.filter(holds=False)] == [access]
    send(owner, owner.asset)
    assert Attestation.objects.standing(Moment.now()).get().corrects == given


def test_an_asset_changed_since_it_was_shown_is_not_confirmed_but_shown_with_what_changed(owner):
    seen = owner.asset.standing_version()
    Asset.objects.filter(pk=owner.asset.pk).update(title="Another title")
    response = send(owner, owner.asset, seen_version=seen)
    assert response.status_code == 409
    assert "was changed since this page was shown" in response.content.decode()
    assert "Another title" in response.content.decode()
    assert not Attestation.objects.exists()
    fresh = re.search(r'name="seen_version" value="(\d+)"', response.content.decode())[1]
    assert send(owner, owner.asset, seen_version=fresh).status_code == 302


def test_what_changed_since_the_last_confirmation_is_recorded_with_the_next(owner):
    attested(owner.asset, by=owner, days_ago=400)
    Asset.objects.filter(pk=owner.asset.pk).update(title="Another title", purpose="Another purpose")
    page = signed_in(owner).get(confirm_page(owner.asset)).content.decode()
    assert "Changed since it was confirmed before" in page
    send(owner, owner.asset)
    given = Attestation.objects.standing(Moment.now()).get()
    assert (given.outcome, given.what_changed) == ("changed", "Title, Purpose")


def test_a_statement_that_cannot_be_made_is_recorded_with_its_reason(owner):
    access = AttestationQuestion.objects.get(code="access")
    refused = send(owner, owner.asset, doubts=[access.pk])
    assert "Enter what is missing and what you will do about it" in refused.content.decode()
    send(owner, owner.asset, doubts=[access.pk], note="Leavers are being taken off")
    given = Attestation.objects.get()
    assert given.note == "Leavers are being taken off"
    assert [answer.question for answer in given.answers.filter(holds=False)] == [access]


@pytest.mark.parametrize("typed", ["", "x", "-1", "99999999999999999999", "\x00"])
def test_a_form_without_a_version_that_can_be_read_confirms_nothing(owner, typed):
    assert send(owner, owner.asset, seen_version=typed).status_code in (200, 409)
    assert not Attestation.objects.exists()


def test_the_words_of_a_question_stay_as_they_were_answered(owner):
    given = confirm(owner.asset, seen=owner.asset.standing_version(), by=owner)
    AttestationQuestion.objects.filter(code="know").update(explanation="Other words")
    assert "Other words" not in [answer.statement for answer in given.answers.all()]


def test_an_asset_that_has_moved_on_is_not_confirmed_by_the_service_either(owner):
    with pytest.raises(MovedOnError):
        confirm(owner.asset, seen=0, by=owner)


def test_an_asset_that_is_gone_from_the_register_is_not_confirmed(owner):
    asset = AssetFactory(owner=owner.post, state="disposed")
    with pytest.raises(NotToBeConfirmedError):
        confirm(asset, seen=asset.standing_version(), by=owner)


# Who


def test_nobody_confirms_for_an_owner_but_the_deputy(cast):
    asset = cast["owner"].asset
    able = {who for who, person in cast.items() if person.has_perm("assets.attest", asset)}
    assert able == {"owner"}
    deputy = play("deputy", Role.IAA, asset.unit)
    assert deputy.has_perm("assets.attest", asset)
    assert not play("manager", Role.SERVICE_MANAGER, asset.unit).has_perm("assets.attest", asset)


def test_a_deputy_confirms_in_the_deputys_own_post(owner):
    deputy = play("deputy", Role.IAA, owner.asset.unit)
    assert send(deputy, owner.asset).status_code == 302
    given = Attestation.objects.get()
    assert (given.post, given.recorded_as) == (deputy.post, deputy.post.title)


def test_a_deputy_with_two_posts_confirms_in_the_one_that_is_deputy(owner):
    deputy = play("clerk")
    other = PostFactory(title="Deputy of records")
    PostHoldingFactory(post=other, person=deputy, kind="acting")
    RoleAssignmentFactory(post=other, role=Role.IAA, unit=owner.asset.unit)
    assert known(deputy, deputy.post).post_title == "Clerk"
    send(deputy, owner.asset)
    given = Attestation.objects.get()
    assert (given.post, given.recorded_as) == (other, "Deputy of records")


def test_a_manager_sees_the_units_assets_and_who_confirms_them(owner):
    manager = play("manager", Role.SERVICE_MANAGER, owner.asset.unit)
    page = signed_in(manager).get("/assets/mine/").content.decode()
    assert owner.asset.reference in page
    assert f"{owner.post.title} confirms it" in page
    assert confirm_page(owner.asset) not in page


def test_who_stands_in_confirms_too(owner):
    acting = play("acting")
    PostHoldingFactory(post=owner.post, person=acting, kind="acting")
    assert send(acting, owner.asset).status_code == 302


# Pages


@pytest.mark.parametrize("number", [10, 200])
def test_my_assets_takes_as_many_queries_for_few_as_for_many(number, owner, django_assert_max_num_queries):
    AssetFactory.create_batch(number, owner=owner.post)
    client = signed_in(owner)
    with django_assert_max_num_queries(12):
        assert client.get("/assets/mine/").status_code == 200


@pytest.mark.parametrize("number", [10, 200])
def test_the_progress_page_takes_few_queries(number, ig_officer, django_assert_max_num_queries):
    AssetFactory.create_batch(number)
    client = signed_in(ig_officer)
    with django_assert_max_num_queries(12):
        page = client.get("/assets/attestation/").content.decode()
    assert page.count('<th scope="row">') == number


def test_each_number_of_the_progress_page_opens_its_rows(ig_officer, owner):
    attested(owner.asset, by=owner)
    AssetFactory()
    client = signed_in(ig_officer)
    page = client.get("/assets/attestation/").content.decode()
    for href, value in re.findall(r'href="(/figures/[^"]+)"><span class="app-tile__value">(\d+)', page):
        opened = client.get(href.replace("&amp;", "&")).content.decode()
        assert opened.count('<th scope="row"') == int(value)


def test_officers_change_the_periods_and_say_why(ig_officer):
    client = signed_in(ig_officer)
    page = client.get("/assets/attestation/periods/").content.decode()
    seen = re.search(r'name="seen_version" value="(\d+)"', page)[1]
    said = {"months": "0", "high_risk_months": "x", "grace_days": "", "seen_version": seen}
    refused = client.post("/assets/attestation/periods/", said).content.decode()
    for sentence in ("must be 1 or more", "must be a number, such as 12", "Enter the days until overdue"):
        assert sentence in refused
    said |= {"months": "9", "high_risk_months": "3", "grace_days": "14", "change_reason": "Audit asked"}
    client.post("/assets/attestation/periods/", said)
    kept = AttestationPeriods.history.first()
    assert (kept.months, kept.high_risk_months, kept.grace_days) == (9, 3, 14)
    assert kept.history_change_reason == "Audit asked"
