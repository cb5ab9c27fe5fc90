"""Activities and DPIAs as at a past day, their histories in words, a change compared and undone, drafts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assets.models import (
    ActivityAsset,
    Dpia,
    DpiaCriterion,
    DpiaRisk,
    ProcessingActivity,
    ScheduleCondition,
    Transfer,
)
from assets.services import dpia as dpias
from assets.services import processing
from governance.core.dates import today
from governance.history.trail import signed
from governance.people.models import Post
from tests.assets.factories_processing import (
    ActivityFactory,
    AdviceFactory,
    ControllerServedFactory,
    DpiaFactory,
    DpiaRiskFactory,
    LinkFactory,
    SignedDpiaFactory,
    TransferFactory,
)
from tests.cast import signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)
A_WEEK_AGO = today() - timedelta(days=7)


def shown(person, entry, **query):
    return signed_in(person).get(entry.get_absolute_url(), query).content.decode()


def lines(person, entry):
    """What the history says was changed: (field, before, after), the latest first."""
    events = signed_in(person).get(entry.get_absolute_url()).context["events"]
    return [
        (change.label, str(change.before), str(change.after)) for event in events for change in event.changes
    ]


# As at a past day


@pytest.fixture
def a_month_passes(owner_connection):
    """Lets what was recorded so far of activities and DPIAs have been recorded thirty days earlier."""

    def pass_a_month():
        owner_connection.execute("SET app.redacting = 'on'")
        for table in ("dpia", "dpiarisk", "processingactivity", "screening", "transfer"):
            owner_connection.execute(
                f"UPDATE assets_historical{table} SET history_date = history_date - interval '30 days', "
                "history_until = CASE WHEN history_until > '9999-01-01' THEN history_until "
                "ELSE history_until - interval '30 days' END"
            )
        for table in ("post", "organisationalunit"):
            owner_connection.execute(
                f"UPDATE people_historical{table} SET history_date = history_date - interval '30 days'"
            )

    return pass_a_month


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_dpia_is_shown_as_it_was(ig_officer, a_month_passes):
    signed_off = SignedDpiaFactory(nature="By one camera")
    risk = DpiaRiskFactory(dpia=signed_off, description="Seen by neighbours")
    a_month_passes()
    Dpia.objects.update(state="superseded", nature="By ten cameras")
    DpiaRisk.objects.filter(pk=risk.pk).update(description="Seen by anybody")
    Post.objects.filter(pk=signed_off.measures_approved_post_id).update(title="Director of Everything")
    then = shown(ig_officer, signed_off, as_at=A_WEEK_AGO.isoformat())
    for words in (
        "By one camera",
        "Seen by neighbours",
        "Signed off",
        "You are looking at the register as at",
    ):
        assert words in then
    for words in ("By ten cameras", "Seen by anybody", "Superseded", "Director of Everything"):
        assert words not in then
    now = shown(ig_officer, signed_off)
    for words in ("By ten cameras", "Seen by anybody", "Superseded", "Director of Everything"):
        assert words in now


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_register_of_dpias_is_shown_as_it_was(ig_officer, a_month_passes):
    before = DpiaFactory(title="Cameras")
    a_month_passes()
    Dpia.objects.filter(pk=before.pk).update(title="Eyes")
    DpiaFactory(title="Came later")
    client, address = signed_in(ig_officer), reverse("assets:dpias")
    then = client.get(address, {"as_at": A_WEEK_AGO.isoformat()}).content.decode()
    assert "Cameras" in then
    assert f"{before.get_absolute_url()}?as_at=" in then
    for words in ("Eyes", "Came later"):
        assert words not in then
        assert words in client.get(address).content.decode()
    assert "was on record then" in client.get(address, {"as_at": "2015-01-01"}).content.decode()
    assert client.get(address, {"as_at": "tomorrow or so"}).status_code == 200


def test_on_a_past_day_a_draft_offers_nothing_to_do(ig_officer):
    dpia = DpiaFactory()
    page = shown(ig_officer, dpia, as_at=YESTERDAY.isoformat())
    assert "Not on the register then" in page
    for words in ("Check and send", "Add a risk", "Begin or continue"):
        assert words not in page


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_activity_is_shown_with_the_dpia_and_the_warning_of_that_day(ig_officer, a_month_passes):
    activity = ActivityFactory()
    dpias.screen(activity, [DpiaCriterion.objects.get(code="data-matching")], decision="do", reason="")
    dpia = DpiaFactory(activity=activity)
    a_month_passes()
    Dpia.objects.filter(pk=dpia.pk).delete()
    SignedDpiaFactory(activity=activity)
    warning = "the DPIA that its screening requires is not signed off"
    then = shown(ig_officer, activity, as_at=A_WEEK_AGO.isoformat())
    assert warning in then
    assert dpia.reference in then
    assert warning not in shown(ig_officer, activity)


def test_advice_given_today_is_not_shown_on_a_past_day(ig_officer):
    dpia = DpiaFactory()
    AdviceFactory(activity=dpia.activity, dpia=dpia, text="Ask people")
    AdviceFactory(activity=dpia.activity, text="Ask the ICO")
    assert "Ask people" in shown(ig_officer, dpia)
    assert "Ask the ICO" in shown(ig_officer, dpia.activity)
    assert "Ask people" not in shown(ig_officer, dpia, as_at=YESTERDAY.isoformat())


# The history in words


def test_rows_added_and_removed_are_told_in_the_history_of_the_activity(ig_officer):
    activity = ActivityFactory(state="draft")
    transfer = TransferFactory(activity=activity, country="Norway", recipient="Cloud Ltd")
    Transfer.objects.filter(pk=transfer.pk).update(country="Sweden")
    with signed(ig_officer, reason="Moved home"):
        Transfer.objects.get().delete()
    assert lines(ig_officer, activity)[:3] == [
        ("Transfer abroad", "Sweden, Cloud Ltd", "nothing"),
        ("Transfer abroad “Norway, Cloud Ltd”: country", "Norway", "Sweden"),
        ("Transfer abroad", "nothing", "Norway, Cloud Ltd"),
    ]
    assert "Moved home" in shown(ig_officer, activity)


def test_every_kind_of_row_is_told(ig_officer):
    activity = ActivityFactory(state="draft")
    condition = ScheduleCondition.objects.first()
    asset = LinkFactory(activity=activity).asset
    processing.set_conditions(activity, [condition])
    ControllerServedFactory(activity=activity, name="The academy")
    criterion = DpiaCriterion.objects.get(code="data-matching")
    dpias.screen(activity, [criterion], decision="do", reason="")
    dpia = DpiaFactory(activity=activity)
    Dpia.objects.filter(pk=dpia.pk).update(state="superseded", need="Other words")
    found = lines(ig_officer, activity)
    for line in (
        ("Asset it works with", "nothing", str(asset)),
        ("Schedule 1 condition", "nothing", str(condition)),
        ("Controller it is done for", "nothing", "The academy"),
        ("Screening for a DPIA", "nothing", "Make a DPIA"),
        ("Criterion of the screening", "nothing", str(criterion)),
        ("DPIA", "nothing", dpia.reference),
        (f"DPIA “{dpia.reference}”: state", "Draft", "Superseded"),
    ):
        assert line in found
    assert not [label for label, _, after in found if after == "Other words"]


def test_texts_of_the_activity_itself_are_told_with_both_versions(ig_officer):
    activity = ActivityFactory()
    ProcessingActivity.objects.filter(pk=activity.pk).update(recipients="The police", data_subjects="Tenants")
    assert ("Categories of recipients", "None outside the council", "The police") in lines(
        ig_officer, activity
    )
    assert ("Categories of individuals", "Residents", "Tenants") in lines(ig_officer, activity)


def test_the_history_names_an_asset_only_to_who_may_open_it(owner, ig_officer):
    activity = ActivityFactory(owner=owner.post, unit=owner.post.unit)
    secret = AssetFactory(title="Fraud files")
    ActivityAsset.objects.create(activity=activity, asset=secret)
    assert "Fraud files" in shown(ig_officer, activity)
    page = shown(owner, activity)
    assert "Fraud files" not in page
    assert f"{secret.reference}, which you may not open" in page


def test_the_history_of_a_past_day_tells_no_later_rows(ig_officer):
    activity = ActivityFactory()
    TransferFactory(activity=activity, country="Norway")
    assert "Norway" not in shown(ig_officer, activity, as_at=YESTERDAY.isoformat())


def test_risks_are_told_in_the_history_of_the_dpia(ig_officer):
    risk = DpiaRiskFactory(description="Seen by neighbours")
    DpiaRisk.objects.filter(pk=risk.pk).update(likelihood="remote")
    found = lines(ig_officer, risk.dpia)
    assert ("Risk", "nothing", "Seen by neighbours") in found
    assert ("Risk “Seen by neighbours”: likelihood of harm", "Possible", "Remote") in found


@pytest.mark.parametrize("number", [2, 30])
def test_the_page_of_an_activity_asks_as_many_questions_however_long_its_history(
    ig_officer, django_assert_max_num_queries, number
):
    activity = ActivityFactory(state="draft")
    for n in range(number):
        TransferFactory(activity=activity, country=f"Country {n}")
        LinkFactory(activity=activity)
    client = signed_in(ig_officer)
    with django_assert_max_num_queries(50):
        assert client.get(activity.get_absolute_url()).status_code == 200
