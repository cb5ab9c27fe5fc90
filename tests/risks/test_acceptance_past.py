"""What a past day says of acceptances: what had been answered, and what had changed, by then."""

from datetime import timedelta

import pytest

from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from risks.figures import acceptance as figures
from risks.models import Risk
from risks.services.acceptance import ask
from tests.factories import RiskFactory
from tests.risks.factories import in_force, score
from tests.risks.factories_acceptance import accept
from tests.risks.passing import Passing, known

pytestmark = pytest.mark.django_db
FIGURES = (figures.asked, figures.accepted, figures.suspended, figures.expired)


def test_each_past_day_is_told_by_what_stood_then(siro, ig_officer, owner_connection):
    in_force()
    time = Passing(owner_connection)
    risk = RiskFactory(treatment=Risk.Treatment.TREAT)
    score(risk, 4, 4, by=ig_officer, **known(90))
    time.days(90)
    ask(risk, reason="The works begin in March", by=ig_officer)
    time.days(60)
    accept(risk, siro, until=today() + timedelta(days=100))
    time.days(40)
    Risk.objects.filter(pk=risk.pk).update(title="Said better")
    time.days(30)
    Risk.objects.filter(pk=risk.pk).update(treatment=Risk.Treatment.TOLERATE)
    time.days(10)
    for ago, state in ((70, None), (50, "asked"), (35, "accepted"), (20, "accepted"), (5, "suspended")):
        day = today() - timedelta(days=ago)
        counted = {each.key: each.value(Moment.of(day, day), Scope()) for each in FIGURES}
        wanted = getattr(figures, state).key if state else None
        assert counted == {key: int(key == wanted) for key in counted}, ago


def test_an_acceptance_ran_out_on_its_day_and_not_before(siro, ig_officer, owner_connection):
    in_force()
    time = Passing(owner_connection)
    risk = RiskFactory(treatment=Risk.Treatment.TREAT)
    score(risk, 4, 4, by=ig_officer, **known(300))
    time.days(300)
    accept(risk, siro, until=today() + timedelta(days=2))
    time.days(200)
    standing, over = Moment.now(), Moment(today() + timedelta(days=3), Moment.now().known_before)
    assert figures.accepted.value(standing, Scope()) == 1
    assert figures.due.value(standing, Scope()) == 1
    assert figures.expired.value(over, Scope()) == 1
    assert figures.accepted.value(over, Scope()) == 0
