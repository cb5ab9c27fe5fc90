"""Answers drawn by lot and looked at again."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from assets.figures.assurance import answers_checked, answers_found_different
from assets.models import Sample
from assets.services.samples import NothingToDrawError, draw, drawn, population
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from tests.assets.factories_attestation import attested
from tests.cast import signed_in
from tests.factories import AssetFactory, PostHoldingFactory

pytestmark = pytest.mark.django_db


def answers(owner, number):
    return [attested(AssetFactory(owner=owner.post), by=owner) for _ in range(number)]


def a_sample(officer, size=3, **said):
    return draw(from_on=today(), until_on=today(), size=size, by=officer, **said)


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def test_what_the_database_refuses_about_samples(owner, ig_officer):
    one, two = answers(owner, 2)
    sample = a_sample(ig_officer, size=1, seed=1)
    held = sample.answers.get()
    other = two if held.attestation == one else one
    fields = {"seed": 1, "drawn_by": ig_officer, "drawn_as": "Officer", "until_on": today()}
    refused = {
        "sample_ends_after_it_begins": lambda: Sample.objects.create(
            **fields, from_on=today() + timedelta(days=1), size=1, population=1
        ),
        "sample_is_drawn_from_enough": lambda: Sample.objects.create(
            **fields, from_on=today(), size=2, population=1
        ),
        "answer_is_drawn_once_in_a_sample": lambda: sample.answers.create(
            attestation=held.attestation, position=2
        ),
        "sampled_answer_has_its_place": lambda: sample.answers.create(attestation=other, position=1),
        "sample_finding_is_known": lambda: sample.answers.update(
            finding="perhaps", checked_on=today(), checked_by=ig_officer
        ),
        "sample_finding_is_dated_and_signed": lambda: sample.answers.update(finding="agreed"),
        "sample_difference_is_described": lambda: sample.answers.update(
            finding="different", checked_on=today(), checked_by=ig_officer
        ),
    }
    for constraint, write in refused.items():
        assert_refused(constraint, write)


def test_the_seed_draws_the_same_answers_again(owner, ig_officer):
    answers(owner, 12)
    sample = a_sample(ig_officer, size=5)
    again = drawn(population(today(), today()), sample.seed, sample.size)
    assert list(sample.answers.values_list("attestation", flat=True)) == again
    assert (sample.size, sample.population) == (5, 12)


def test_only_answers_that_nothing_has_changed_are_drawn(owner, ig_officer):
    (one,) = answers(owner, 1)
    attested(AssetFactory(owner=owner.post), by=owner, outcome="changed")
    attested(AssetFactory(owner=owner.post), by=owner, days_ago=5)
    assert a_sample(ig_officer).answers.get().attestation == one


def test_where_nothing_was_answered_nothing_is_drawn(ig_officer):
    with pytest.raises(NothingToDrawError):
        a_sample(ig_officer)
    day = today()
    days = {
        f"{name}_{part}": getattr(day, part)
        for name in ("from_on", "until_on")
        for part in ("day", "month", "year")
    }
    said = signed_in(ig_officer).post("/assets/attestation/samples/new/", {**days, "size": "5"})
    assert "Nobody said between these days" in said.content.decode()


def test_a_reader_sees_samples_and_draws_none(auditor):
    client = signed_in(auditor)
    assert client.get("/assets/attestation/samples/").status_code == 200
    assert client.post("/assets/attestation/samples/new/", {"size": "5"}).status_code == 403


def test_an_officer_says_what_was_found_and_describes_a_difference(owner, ig_officer):
    answers(owner, 1)
    held = a_sample(ig_officer).answers.get()
    client, address = signed_in(ig_officer), f"/assets/attestation/answers/{held.pk}/"
    page = client.get(address).content.decode()
    said = {"seen_version": re.search(r'name="seen_version" value="(\d+)"', page)[1], "finding": "different"}
    assert "Select what you found" in client.post(address, said | {"finding": ""}).content.decode()
    assert "Enter what you found different" in client.post(address, said).content.decode()
    assert client.post(address, said | {"note": "Access is wider"}).status_code == 302
    held.refresh_from_db()
    assert (held.finding, held.checked_by, held.checked_on) == ("different", ig_officer, today())
    assert client.post(address, said | {"note": "Late"}).status_code == 409
    for figure in (answers_checked, answers_found_different):
        assert [row.subject for row in figure.entries(Moment.now(), Scope())] == [held.pk]
        assert figure.value(Moment.of(today() - timedelta(days=1)), Scope()) == 0
        assert figure.value(Moment.now(), Scope(units=("elsewhere",))) == 0


def test_nobody_checks_an_answer_of_their_own(owner, ig_officer):
    PostHoldingFactory(post=owner.post, person=ig_officer)
    attested(owner.asset, by=ig_officer)
    held = a_sample(ig_officer).answers.get()
    assert not ig_officer.has_perm("assets.check_sample", held)
