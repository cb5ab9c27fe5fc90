"""What waits for whom in the asset register: Home and the daily mail say the same."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from assets.services import dpia as services
from assets.services.chain import sign
from assets.services.position import last_closed
from assets.services.signing import signings
from governance.core.dates import today
from governance.people.models import Role, RoleAssignment
from governance.people.waiting import KINDS, all_waiting, waits
from tests.assets.factories_processing import DpiaFactory, DpiaRiskFactory
from tests.cast import known, play, signed_in
from tests.factories import AssetFactory, PostHoldingFactory, UnitFactory

pytestmark = pytest.mark.django_db
YEAR = today().year + (today() > date(today().year, 3, 31))
AFTER = date(YEAR, 4, 1)


def told(person, *kinds):
    """What waits of these kinds, asked anew as the next request would."""
    return [each for each in all_waiting(known(person, person.post)) if each.kind in kinds]


def home(person):
    return signed_in(person).get("/").content.decode()


@pytest.fixture
def dpo(db):
    return play("dpo", Role.DPO)


@pytest.fixture
def sent():
    """A DPIA that was sent to the data protection officer, who has not advised."""
    dpia = DpiaFactory(title="Cameras on the market")
    DpiaRiskFactory(dpia=dpia)
    services.send(dpia)
    dpia.refresh_from_db()
    return dpia


# Impact assessments


def test_what_was_sent_waits_for_the_data_protection_officer_until_they_advise(dpo, siro, sent):
    (waiting,) = told(dpo, "dpia_advice", "dpia_sign_off")
    assert waiting.words == f"{sent.reference} Cameras on the market waits for your advice"
    assert waiting.references == (sent.reference,)
    assert told(siro, "dpia_advice", "dpia_sign_off") == []
    services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    assert told(dpo, "dpia_advice", "dpia_sign_off") == []


def test_after_the_advice_it_waits_for_who_may_sign(dpo, siro, owner, ig_officer, sent):
    services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    (waiting,) = told(siro, "dpia_sign_off")
    assert waiting.path == reverse("assets:sign_off_dpia", args=[sent.reference])
    assert signed_in(siro).get(waiting.path).status_code == 200
    for other in (dpo, owner, ig_officer):
        assert told(other, "dpia_sign_off") == []


def test_what_is_taken_back_waits_for_nobody_and_sent_again_for_advice_again(dpo, siro, sent):
    services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    services.take_back(sent)
    assert told(dpo, "dpia_advice") == told(siro, "dpia_sign_off") == []
    services.send(sent)
    assert len(told(dpo, "dpia_advice")) == 1
    assert told(siro, "dpia_sign_off") == []


def test_home_no_longer_says_that_there_is_nothing_to_do(dpo, siro, sent):
    assert "There is nothing for you to do today" in home(siro)
    page = home(dpo)
    assert reverse("assets:advise_dpia", args=[sent.reference]) in page
    assert "There is nothing for you to do today" not in page


# The position of a year


@pytest.fixture
def after_the_year(owner):
    """1 April: the year has closed over the owner's asset."""
    with time_machine.travel(AFTER, tick=False):
        yield


def test_while_a_year_is_under_way_nobody_owes_a_signature(owner, siro):
    with time_machine.travel(AFTER - timedelta(days=1), tick=False):
        assert told(owner, "position") == told(siro, "position") == []


@pytest.mark.usefixtures("after_the_year")
def test_from_the_day_after_each_of_the_chain_is_told_until_they_have_signed(owner, siro):
    director = play("director", Role.DIRECTOR_APPROVER, owner.asset.unit)
    for person, part in (
        (owner, "What the Owner owns"),
        (director, f"{owner.asset.unit}, as Director (Director)"),
        (siro, "The whole council, as Siro (Senior information risk owner)"),
    ):
        (waiting,) = told(person, "position")
        assert waiting.words == f"Sign as at 31 March {YEAR}: {part}"
        assert waiting.words in home(person)
        sign(last_closed(), signings(person, last_closed())[0], words="All is well", by=person)
        assert told(person, "position") == []


@pytest.mark.usefixtures("after_the_year")
def test_a_signature_given_in_a_post_is_owed_by_nobody_else_in_it(siro):
    deputy = known(PostHoldingFactory(post=siro.post, kind="acting").person, siro.post)
    assert told(deputy, "position")
    (signing,) = signings(siro, last_closed())
    sign(last_closed(), signing, words="All is well", by=siro, ahead="The owner is away")
    assert told(deputy, "position") == []


@pytest.mark.usefixtures("after_the_year")
def test_who_held_nothing_then_owes_nothing(owner):
    director = play("director", Role.DIRECTOR_APPROVER, UnitFactory())
    newcomer = play("newcomer", Role.IAO, owner.asset.unit)
    assert told(director, "position") == told(newcomer, "position") == []


@pytest.mark.usefixtures("after_the_year")
def test_who_carries_the_role_only_since_owes_nothing(siro):
    RoleAssignment.objects.filter(post=siro.post).update(from_on=AFTER)
    assert told(siro, "position") == []


def test_the_year_that_closed_last_changes_with_april():
    for day, year in ((date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026)):
        with time_machine.travel(day, tick=False):
            assert last_closed().year == year


# Home


@pytest.mark.usefixtures("after_the_year")
def test_home_takes_as_many_queries_for_many_as_for_few_that_wait(owner, django_assert_max_num_queries):
    siro, asked = play("siro", Role.SIRO), []
    AssetFactory(owner=siro.post)
    for number in (2, 20):
        for dpia in DpiaFactory.create_batch(number, activity__owner=owner.post):
            DpiaRiskFactory(dpia=dpia)
            services.send(dpia)
        client = signed_in(siro)
        with django_assert_max_num_queries(12 + 2) as queries:
            assert client.get("/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_kind_is_declared_once():
    with pytest.raises(ValueError, match="confirm is declared twice"):
        waits(confirm="Something else")(lambda person: ())
    assert KINDS["confirm"] == "Assets to confirm"


def test_what_the_reader_is_shown_otherwise_is_not_asked_for(owner, django_assert_num_queries):
    owner.posts()
    with django_assert_num_queries(0):
        assert all_waiting(owner, but=[*KINDS]) == []
    assert [each.kind for each in all_waiting(owner, but=["actions"])] == ["confirm"]
