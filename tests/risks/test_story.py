"""The page of a risk tells all that became of it in one history, each thing to whom it is open."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import ActionRisk
from governance.core.dates import long_date, today
from governance.figures.moment import Moment
from governance.history.trail import signed
from risks.models import IncidentRisk, Risk, RiskAsset, RiskColour, RiskControl
from risks.representations.acceptance import Accepted
from risks.representations.scores import Scores
from risks.representations.story import Kind, chosen, story_of
from risks.services.acceptance import answer, ask, before, end
from risks.services.assessment import correct
from risks.services.merging import merge, separate, token_of
from tests.cast import play, play_owner, signed_in
from tests.colours.factories import in_force
from tests.factories import ActionFactory, AssetFactory, RiskFactory
from tests.risks.factories import cell, score
from tests.risks.factories_acceptance import NEXT_SPRING, REFUSED, accept, scored_risk
from tests.risks.factories_incident import IncidentFactory
from tests.risks.passing import Passing, known

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=30)


def story(risk, person, moment=None):
    moment = moment or Moment.now()
    answers = Accepted.of(risk, moment, person).recorded
    return story_of(risk, moment, person, [], Scores.of(risk, moment).known, answers)


def titles(risk, person, *kinds, moment=None):
    return [entry.title for entry in chosen(story(risk, person, moment), kinds)]


def history(person, risk, **asked):
    """What the page says below its heading "History"."""
    whole = signed_in(person).get(risk.get_absolute_url(), asked)
    assert whole.status_code == 200
    return whole.content.decode().split('id="section-history"')[1].split("govuk-grid-column-one-third")[0]


@pytest.fixture
def risk(ig_officer):
    return scored_risk(ig_officer)


def test_a_score_is_told_with_its_level_in_words_its_day_its_reason_and_who_gave_it(risk, siro):
    (entry,) = chosen(story(risk, siro), [Kind.SCORE])
    assert entry.title == "Current score: Very high (4 and 4 of 5), from 15 January 2020"
    assert entry.reason == "As the workshop found"
    assert entry.post == risk.assessments.get().assessor


def test_a_score_that_was_put_right_is_told_beside_the_wrong_one(risk, siro, ig_officer):
    wrong = risk.assessments.get()
    correct(wrong, cell=cell(2, 2), reason="Read from the wrong line", by=ig_officer)
    assert titles(risk, siro, Kind.SCORE) == [
        "Current score put right: Low (2 and 2 of 5), from 15 January 2020",
        "Current score: Very high (4 and 4 of 5), from 15 January 2020",
    ]
    assert not titles(risk, siro, Kind.LINE)


def test_crossing_a_line_is_told_once_and_coming_back_too(risk, siro, ig_officer):
    for days, where in ((30, (5, 5)), (20, (3, 4)), (10, (1, 1))):
        score(risk, *where, on=today() - timedelta(days=days), by=ig_officer)
    day = {days: long_date(today() - timedelta(days=days)) for days in (20, 10)}
    assert titles(risk, siro, Kind.LINE) == [
        f"Within appetite again from {day[10]}",
        f"Above appetite, within tolerance again from {day[20]}",
        "Above tolerance from 15 January 2020: escalated, unless it is accepted",
    ]


def test_asked_given_suspended_and_taken_back_are_told_in_their_order(risk, siro, ig_officer):
    owner = play_owner("owner")
    ask(risk, reason="No money this year", by=owner)
    accept(risk, siro, conditions="Report monthly")
    score(risk, 5, 5, on=today(), by=ig_officer)
    end(risk.acceptances.get(), reason="It grew", by=siro)
    told = chosen(story(risk, siro), [Kind.ACCEPTANCE])
    assert [each.title for each in told] == [
        "Acceptance taken back",
        "Acceptance suspended, since the risk has changed",
        f"Accepted until {long_date(NEXT_SPRING)}",
        "Asked for it to be accepted",
    ]
    assert "Conditions: Report monthly" in told[2].reason
    assert told[2].post == siro.post.title


def test_a_refusal_is_told_and_is_never_suspended(risk, siro, ig_officer):
    answer(risk, REFUSED, seen=before(risk).token, by=siro, until=None, reason="It can be mended")
    score(risk, 5, 5, on=today(), by=ig_officer)
    assert titles(risk, siro, Kind.ACCEPTANCE) == ["Acceptance refused"]


def test_what_follows_stands_above_what_it_follows_from(risk, siro):
    accept(risk, siro)
    control = RiskControl.objects.create(risk=risk, title="Locked cabinets")
    accept(risk, siro)
    RiskControl.objects.filter(pk=control.pk).update(state="ended")
    assert titles(risk, siro)[:2] == ["Acceptance suspended, since the risk has changed", "Controls changed"]


def test_an_acceptance_that_was_replaced_first_is_not_said_to_be_suspended_after(risk, siro, ig_officer):
    accept(risk, siro)
    accept(risk, siro)
    score(risk, 5, 5, on=today(), by=ig_officer)
    assert sum("suspended" in title for title in titles(risk, siro)) == 1


def test_an_acceptance_that_ran_out_is_said_to_have(owner_connection, siro, ig_officer):
    time = Passing(owner_connection)
    risk = RiskFactory(treatment=Risk.Treatment.TREAT)
    score(risk, 4, 4, by=ig_officer, **known(60))
    accept(risk, siro, until=today() + timedelta(days=5))
    time.days(30)
    assert not [each for each in titles(risk, siro) if "ran out" in each]
    later = Moment.of(today())
    assert titles(risk, siro, moment=later)
    ran_out = long_date(today() + timedelta(days=5))
    assert f"The acceptance ran out on {ran_out}" not in titles(risk, siro)


def test_controls_assets_actions_and_colours_are_told(risk, siro, ig_officer):
    with signed(ig_officer, reason="After the visit"):
        control = RiskControl.objects.create(risk=risk, title="Locked cabinets")
        RiskControl.objects.filter(pk=control.pk).update(state="ended")
        further = RiskAsset.objects.create(risk=risk, asset=AssetFactory())
        link = ActionRisk.objects.create(action=ActionFactory(), risk=risk)
        further.delete()
    in_force("risks")
    RiskColour.objects.create(
        risk=risk, colour="red", until=SOON, reason="Seen", recorded_by=siro, recorded_as="SIRO"
    )
    RiskColour.objects.create(risk=risk, reason="Mended", recorded_by=siro, recorded_as="SIRO")
    assert titles(risk, siro, Kind.CONTROL) == ["Controls changed", "Controls changed"]
    assert titles(risk, siro, Kind.LINK) == [
        f"No longer a risk to {further.asset}",
        f"Treated by action {link.action}",
        f"Also a risk to {further.asset}",
    ]
    assert titles(risk, siro, Kind.COLOUR) == [
        "The computed colour is shown again",
        f"Red set as its colour until {long_date(SOON)}",
    ]
    assert {each.why for each in chosen(story(risk, siro), [Kind.LINK, Kind.CONTROL])} == {"After the visit"}


def test_what_was_merged_into_it_is_told_and_what_was_found_to_be_no_duplicate(risk, ig_officer):
    twice = RiskFactory(title="Files left on trains")
    merge(twice, risk, reason="Entered twice", seen=token_of(twice, risk), by=ig_officer)
    twice.refresh_from_db()
    separate(twice, reason="They were two")
    assert titles(risk, ig_officer, Kind.MERGE) == [
        f"{twice.reference} Files left on trains was found to be no duplicate of it",
        f"{twice.reference} Files left on trains was merged into it",
    ]
    assert Kind.MERGE.label in history(ig_officer, risk)


def test_nothing_is_told_of_what_the_reader_may_not_open(risk):
    owner = play("keeper")
    Risk.objects.filter(pk=risk.pk).update(owner=owner.post)
    siro, records = play("siro", "siro"), play("records", "records_manager")
    incident = IncidentFactory(title="Files left in the Crown")
    IncidentRisk.objects.create(incident=incident, risk=risk)
    asset = RiskAsset.objects.create(risk=risk, asset=AssetFactory(title="Adoption files")).asset
    action = ActionRisk.objects.create(action=ActionFactory(title="Move the files"), risk=risk).action
    twice = RiskFactory(title="Boxes lost in the move")
    Risk.objects.filter(pk=twice.pk).update(state="merged", merged_into=risk)
    secrets = [incident.title, asset.title, action.title, twice.title]
    assert all(any(each in title for title in titles(risk, siro)) for each in secrets)
    assert not any(each in title for title in titles(risk, owner) for each in secrets)
    assert incident.title not in history(records, risk)
    assert not any(each in history(owner, risk) for each in secrets)


def test_a_reader_chooses_what_it_shows_and_the_day_is_kept(risk, siro):
    accept(risk, siro)
    whole, some = history(siro, risk), history(siro, risk, show=["acceptance"])
    assert "Current score: Very high" in whole
    assert "Accepted until" in whole
    assert "Current score: Very high" not in some.split("moj-timeline", 1)[1]
    assert "Accepted until" in some
    assert 'name="as_at"' in history(siro, risk, as_at=today().isoformat())
    assert "Nothing of this kind has been recorded" in history(siro, risk, show=["merge"])


def test_a_kind_that_there_is_not_is_refused_in_words_and_all_is_shown(risk, siro):
    said = history(siro, risk, show=["nonsense"])
    assert "govuk-error-message" in said
    assert "Current score: Very high" in said


def test_a_past_day_tells_only_what_was_known_then(owner_connection, siro, ig_officer):
    time = Passing(owner_connection)
    risk = RiskFactory(treatment=Risk.Treatment.TREAT)
    score(risk, 4, 4, by=ig_officer, **known(40))
    RiskControl.objects.create(risk=risk, title="Locked cabinets")
    accept(risk, siro)
    time.days(20)
    RiskControl.objects.create(risk=risk, title="Guards")
    then = Moment.of(today() - timedelta(days=30))
    assert titles(risk, siro, Kind.ACCEPTANCE, Kind.CONTROL, moment=then) == []
    assert len(titles(risk, siro, Kind.SCORE, moment=then)) == 1
    between = Moment.of(today() - timedelta(days=10))
    assert len(titles(risk, siro, Kind.CONTROL, moment=between)) == 1


def test_it_asks_as_much_however_much_there_is_to_tell(risk, siro, ig_officer):
    asked = []
    for _ in range(2):
        for place in range(6):
            score(risk, place % 5 + 1, 3, on=today(), by=ig_officer)
            accept(risk, siro)
            RiskControl.objects.create(risk=risk, title=f"Guard {place}")
            RiskAsset.objects.create(risk=risk, asset=AssetFactory())
            ActionRisk.objects.create(action=ActionFactory(), risk=risk)
            IncidentRisk.objects.create(incident=IncidentFactory(), risk=risk)
            Risk.objects.filter(pk=RiskFactory().pk).update(state="merged", merged_into=risk)
        moment = Moment.now()
        scores, answers = Scores.of(risk, moment).known, Accepted.of(risk, moment, siro).recorded
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert story_of(risk, moment, siro, [], scores, answers)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12


def test_its_address_carries_what_is_shown(risk, siro):
    address = reverse("risks:risk", args=[risk.reference])
    said = signed_in(siro).get(address, {"show": ["score", "acceptance"]}).content.decode()
    assert said.count("checked") == 2
