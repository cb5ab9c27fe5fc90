"""A suspended acceptance says in words what has changed: on the page of the risk, for the SIRO, on Home."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils.html import strip_tags

from governance.core.dates import long_date, today
from governance.figures.moment import Moment
from governance.people.waiting import all_waiting
from risks.models import ControlEffectiveness, Risk, RiskAsset, RiskControl
from risks.representations.acceptance import Accepted
from risks.services.assessment import correct
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory
from tests.risks.factories import score
from tests.risks.factories_acceptance import accept, scored_risk

pytestmark = pytest.mark.django_db
TODAY = long_date(today())


@pytest.fixture
def risk(cast):
    """A risk with two controls and a further asset, that the SIRO bears."""
    found = scored_risk(cast["ig_officer"])
    Risk.objects.filter(pk=found.pk).update(owner=PostFactory(title="Head of Housing"), asset=None)
    locks = RiskControl.objects.create(risk=found, title="Locked cabinets", effectiveness=rated(0))
    RiskControl.objects.create(risk=found, title="Patrols", state="planned", planned_for=today())
    RiskAsset.objects.create(risk=found, asset=AssetFactory(reference="IA-0901"))
    accept(found, cast["siro"])
    found.refresh_from_db()
    found.locks = locks
    return found


def rated(place):
    return ControlEffectiveness.objects.order_by("position")[place]


def named(place):
    return rated(place).name.lower()


def since(risk, person, moment=None):
    standing = Accepted.of(risk, moment or Moment.now(), person).standing
    return list(standing.since)


def words_of(person, path):
    return " ".join(unescape(strip_tags(signed_in(person).get(path).content.decode())).split())


def change(risk, **said):
    Risk.objects.filter(pk=risk.pk).update(**said)


CHANGES = {
    "owner": (
        lambda risk: change(risk, owner=PostFactory(title="Head of Planning")),
        f"owner was Head of Housing, is Head of Planning since {TODAY}",
    ),
    "treatment": (
        lambda risk: change(risk, treatment="tolerate"),
        f"treatment was treat, is tolerate since {TODAY}",
    ),
    "harm": (
        lambda risk: change(risk, integrity=True),
        f"harm to integrity was not named, is named since {TODAY}",
    ),
    "asset": (
        lambda risk: change(risk, asset=AssetFactory(reference="IA-0902")),
        f"asset was none, is IA-0902 since {TODAY}",
    ),
    "further asset": (
        lambda risk: RiskAsset.objects.create(risk=risk, asset=AssetFactory(reference="IA-0903")),
        f"IA-0903 was added on {TODAY}",
    ),
    "asset less": (lambda risk: risk.asset_links.all().delete(), f"IA-0901 was taken off on {TODAY}"),
    "control put off": (
        lambda risk: RiskControl.objects.filter(pk=risk.locks.pk).update(
            state="planned", planned_for=today(), effectiveness=None
        ),
        f"control “Locked cabinets” was in place, became planned on {TODAY}",
    ),
    "control judged": (
        lambda risk: RiskControl.objects.filter(pk=risk.locks.pk).update(effectiveness=rated(2)),
        lambda: f"control “Locked cabinets” was {named(0)}, became {named(2)} on {TODAY}",
    ),
    "control gone": (
        lambda risk: RiskControl.objects.filter(title="Patrols").delete(),
        f"control “Patrols” was planned, and was taken off on {TODAY}",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_that_suspends_is_said_in_words_and_nothing_else(name, cast, risk):
    made, words = CHANGES[name]
    assert since(risk, cast["siro"]) == []
    made(risk)
    assert since(risk, cast["siro"]) == [words() if callable(words) else words]


def test_another_score_says_both(cast, risk):
    score(risk, 5, 5, by=cast["ig_officer"], on=today())
    (words,) = since(risk, cast["siro"])
    assert words.startswith("current score was ")
    assert "(4 × 4), " in words
    assert words.endswith(f"(5 × 5) holds from {TODAY}")


def test_a_score_that_never_was_is_said_so(cast, risk):
    given = risk.assessments.get()
    correct(given, by=cast["ig_officer"], reason="Of another risk", void=True)
    assert since(risk, cast["siro"])[0].endswith("was found never to have been given")


def test_what_was_changed_and_changed_back_is_said_both_times(cast, risk):
    change(risk, treatment="tolerate")
    change(risk, treatment="treat")
    assert since(risk, cast["siro"]) == [
        f"treatment was treat, became tolerate on {TODAY}",
        f"treatment was tolerate, is treat since {TODAY}",
    ]


def test_wording_is_not_among_what_changed(cast, risk):
    change(risk, event="Said better")
    assert since(risk, cast["siro"]) == []
    change(risk, treatment="tolerate", title="Said better still")
    assert len(since(risk, cast["siro"])) == 1


def test_an_asset_is_named_to_those_alone_who_may_open_it(cast):
    mine = cast["owner"].risk
    score(mine, 4, 4, by=cast["ig_officer"])
    accept(mine, cast["siro"])
    secret = AssetFactory(reference="IA-0904")
    RiskAsset.objects.create(risk=mine, asset=secret)
    change(mine, asset=secret)
    told = since(mine, cast["owner"])
    assert "IA-0904" not in " ".join(told)
    assert sum("an asset that you may not open" in words for words in told) == 2
    assert "IA-0904" in " ".join(since(mine, cast["siro"]))
    assert "This risk is to an asset that you may not open." in words_of(
        cast["owner"], mine.get_absolute_url()
    )


def test_it_is_said_on_the_risks_page_the_page_of_answers_home_and_in_the_mail(cast):
    mine = cast["owner"].risk
    score(mine, 4, 4, by=cast["ig_officer"])
    RiskControl.objects.create(risk=mine, title="Locked cabinets")
    accept(mine, cast["siro"])
    RiskControl.objects.filter(risk=mine).update(state="ended")
    said = f"control “Locked cabinets” was in place, and ended on {TODAY}"
    siro, owner = cast["siro"], cast["owner"]
    for person, path in (
        (owner, mine.get_absolute_url()),
        (siro, f"{mine.get_absolute_url()}acceptance/"),
        (siro, "/"),
        (owner, "/"),
    ):
        assert said in words_of(person, path), path
    (waiting,) = [each for each in all_waiting(owner) if each.kind == "acceptance_suspended"]
    assert f"({mine.reference}: {said})" in waiting.words


def test_of_many_that_are_suspended_the_mail_says_what_changed_of_three(cast, django_assert_max_num_queries):
    for _ in range(5):
        risk = scored_risk(cast["ig_officer"])
        accept(risk, cast["siro"])
        change(risk, treatment="tolerate")
    (waiting,) = [each for each in all_waiting(cast["siro"]) if each.kind == "acceptance_suspended"]
    assert waiting.words.count("treatment was treat") == 3
    assert waiting.words.endswith("; and 2 more)")


@pytest.mark.parametrize("number", [1, 8])
def test_what_changed_is_read_with_the_answers(number, cast, risk, django_assert_num_queries):
    for _ in range(number):
        change(risk, treatment="tolerate")
        change(risk, treatment="treat")
    with django_assert_num_queries(2):
        assert len(since(risk, cast["siro"])) == 2 * number


def test_of_a_past_day_only_what_had_changed_by_then_is_said(cast, risk):
    change(risk, treatment="tolerate")
    yesterday = Moment.of(today() - timedelta(days=1))
    assert Accepted.of(risk, yesterday, cast["siro"]).standing is None


# The page on which the SIRO answers


def test_the_page_shows_all_that_the_answer_binds(cast, risk):
    change(risk, treatment="treat", treatment_note="New doors in June", confidentiality=True)
    AssetFactory(reference="IA-0905")
    RiskAsset.objects.create(risk=risk, asset=AssetFactory(reference="IA-0906"), note="The letters")
    words = words_of(cast["siro"], f"{risk.get_absolute_url()}acceptance/")
    for part in (
        "Head of Housing", "New doors in June", "Confidentiality", "likelihood 4 and impact 4",
        f"Locked cabinets ({named(0)})", "Patrols, by", "IA-0901", "IA-0906", "The letters",
        "Nobody has asked for it to be accepted",
    ):  # fmt: skip
        assert part in words, part


def test_the_answer_before_is_said_with_what_became_of_it(cast, risk):
    ways = f"{risk.get_absolute_url()}acceptance/"
    assert "; it stands." in words_of(cast["siro"], ways)
    assert "(accepted)" not in words_of(cast["siro"], ways)
    change(risk, treatment="tolerate")
    words = words_of(cast["siro"], ways)
    assert "; it is suspended, since the risk has changed." in words
    assert f"treatment was treat, is tolerate since {TODAY}" in words


def test_the_words_do_not_say_that_it_is_suspended_until_a_day(cast, risk):
    change(risk, treatment="tolerate")
    words = words_of(cast["siro"], risk.get_absolute_url())
    assert "The acceptance is suspended, since the risk has changed." in words
    assert "had accepted it on" in words
    assert "changed, until" not in words
