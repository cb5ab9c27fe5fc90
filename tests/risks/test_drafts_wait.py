"""A draft of rules, of a matrix or of colours waits on the Home of who alone can put it in force."""

import pytest

from governance.colours.representations.definition import shipped as colours_shipped
from governance.colours.services import rule as colours
from governance.core.dates import today
from governance.history.trail import signed
from governance.people.waiting import all_waiting
from risks.representations.definition import shipped
from risks.services import matrix, rules
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
KINDS = {
    "rules_drafted": (rules, lambda: rules.begin()),
    "matrix_drafted": (matrix, lambda: matrix.begin(next(iter(shipped().values())))),
    "colours_drafted": (colours, lambda: colours.begin(colours_shipped("actions"))),
}


def waits(person, kind):
    return [each for each in all_waiting(person) if each.kind == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_waits_for_the_siro_alone_until_it_is_in_force(siro, ig_officer, kind):
    room, begin = KINDS[kind]
    with signed(ig_officer):
        draft = begin()
    (waiting,) = waits(siro, kind)
    assert waiting.path == draft.get_absolute_url()
    assert f"version {draft.number}" in waiting.words
    assert waiting.words in signed_in(siro).get("/").content.decode()
    assert not waits(ig_officer, kind)
    room.adopt(draft, from_on=today(), reason="Cabinet, minute 64")
    assert not waits(siro, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_that_a_later_version_has_overtaken_waits_no_more(siro, kind):
    room, begin = KINDS[kind]
    first, second = begin(), begin()
    assert [each.path for each in waits(siro, kind)] == [each.get_absolute_url() for each in (first, second)]
    room.adopt(second, from_on=today(), reason="Cabinet, minute 64")
    assert not waits(siro, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_one_s_own_draft_does_not_wait_for_oneself(siro, kind):
    with signed(siro):
        KINDS[kind][1]()
    assert not waits(siro, kind)
