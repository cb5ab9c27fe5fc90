"""Measuring a paper from its issue to its files: on a plan made for it, of which nothing stays."""

import pytest

from actions.models import Action
from governance.committees.models import Body, Paper, Rendering
from governance.demo import bench_papers
from governance.demo.measuring import Measured
from governance.people.models import Role
from tests.cast import play

pytestmark = [pytest.mark.usefixtures("built_interface"), pytest.mark.django_db]


def test_a_paper_is_measured_with_all_its_files_and_nothing_of_it_stays():
    person = play("ig_officer", Role.IG_OFFICER)
    timed = bench_papers.measure(person, rows=6, turns=1)
    assert list(timed.parts) == ["issue", *(kind for kind in Rendering.Format.values if kind != "original")]
    assert all(spent > 0 for spent in timed.parts.values())
    assert timed.whole.name == "paper of 6 actions"
    assert min(timed.whole.milliseconds, timed.whole.floor) > 0
    assert not any(kind.objects.exists() for kind in (Action, Body, Paper, Rendering))


@pytest.mark.parametrize(("ours", "said"), [(300.0, "limit 3, kept"), (301.0, "limit 3, NOT KEPT")])
def test_a_line_says_whether_the_limit_is_kept(ours, said):
    assert said in str(bench_papers.Timed(Measured("paper", ours, 100.0), {"issue": 7.0}, 99.0))
