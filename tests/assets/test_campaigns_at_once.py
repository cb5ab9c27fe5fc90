"""Of two campaigns that ask one service on the same days, the second is refused at every door."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from assets.models import Campaign, CampaignService
from assets.services.campaigns import AskedAlreadyError, ask
from governance.core.dates import today
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def begin(title, *units, first=0, last=20):
    days = {"from_on": today() + first * DAY, "until_on": today() + last * DAY}
    return ask(title=title, words="", units=units, **days)


def test_a_service_is_not_asked_twice_on_one_day_whoever_asks():
    roads, parks = UnitFactory(name="Roads"), UnitFactory(name="Parks")
    begin("Spring", roads)
    for first, last in ((0, 20), (20, 40), (-5, 0)):
        with pytest.raises(AskedAlreadyError) as refused:
            begin("Summer", parks, roads, first=first, last=last)
        assert [each.unit for each in refused.value.asked] == [roads]
    assert Campaign.objects.count() == CampaignService.objects.count() == 1
    begin("Summer", parks, first=0)
    begin("Autumn", roads, parks, first=21, last=40)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_ask_at_once_one_is_told_which_services_are_asked():
    unit, ready = UnitFactory(name="Roads"), Barrier(2)
    clients = [signed_in(play(name, Role.IG_OFFICER)) for name in ("one", "two")]
    said = {"title": "Spring", "words": "Please confirm", "units": [unit.pk]}
    for name, day in (("from_on", today()), ("until_on", today() + 20 * DAY)):
        said |= {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}

    def send(client):
        try:
            ready.wait(timeout=60)
            answer = client.post("/assets/attestation/campaigns/new/", said)
            return answer.status_code, "asks these services on the same days: Roads" in str(answer.content)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, clients)) == [(200, True), (302, False)]
    assert Campaign.objects.count() == 1
