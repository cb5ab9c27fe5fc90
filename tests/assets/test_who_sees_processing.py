"""Who sees which processing activities and which impact assessments."""

import pytest

from assets.models import Dpia, ProcessingActivity
from governance.people.models import Role
from tests.assets.factories_processing import ActivityFactory, DpiaFactory
from tests.cast import play

pytestmark = pytest.mark.django_db


def seen(model, person):
    return set(model.objects.visible_to(person).values_list("pk", flat=True))


@pytest.mark.parametrize("role", [Role.IG_OFFICER, Role.SIRO, Role.DPO, Role.INTERNAL_AUDITOR])
def test_who_reads_the_registers_sees_all_of_them(role):
    activity, dpia = ActivityFactory(), DpiaFactory()
    person = play("reader", role)
    assert seen(ProcessingActivity, person) == {activity.pk, dpia.activity_id}
    assert seen(Dpia, person) == {dpia.pk}


def test_an_owner_sees_what_is_theirs_and_nothing_else(owner, other_owner):
    own = ActivityFactory(owner=owner.post, unit=owner.post.unit)
    DpiaFactory(activity=ActivityFactory(owner=other_owner.post, unit=other_owner.post.unit))
    mine = DpiaFactory(activity=own)
    assert seen(ProcessingActivity, owner) == {own.pk}
    assert seen(Dpia, owner) == {mine.pk}


def test_who_neither_reads_nor_owns_sees_none(outsider, administrator):
    DpiaFactory()
    for person in (outsider, administrator):
        assert seen(ProcessingActivity, person) == seen(Dpia, person) == set()
