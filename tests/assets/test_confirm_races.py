"""Two windows, two people, one asset: confirmed once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assets.models import Attestation
from governance.people.models import Role
from tests.cast import play, play_owner, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(sent):
    ready = Barrier(len(sent))

    def send(request):
        try:
            client, address, said = request
            ready.wait(timeout=60)
            return client.post(address, said).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sent)) as pool:
        return Counter(pool.map(send, sent))


def test_an_owner_and_a_deputy_who_confirm_at_once_confirm_once():
    owner = play_owner("owner")
    deputy = play("deputy", Role.IAA, owner.asset.unit)
    said = {"seen_version": owner.asset.standing_version()}
    address = f"/assets/{owner.asset.reference}/confirm/"
    people = [signed_in(person) for person in (owner, deputy) for _ in range(5)]
    assert at_once([(client, address, said) for client in people]) == {302: 10}
    given = Attestation.objects.get()
    assert given.answers.count() == 4
