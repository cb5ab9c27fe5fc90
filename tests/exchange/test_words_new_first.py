"""What nobody has said yet stands before what is matched, and no answer is lost when the order moves on."""

import pytest
from django.urls import reverse

from governance.exchange.importing.words import AT_A_TIME
from governance.exchange.models import FileWord
from tests.cast import signed_in
from tests.exchange.test_words import answered, in_units, opened, words_page
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(ig_officer):
    return signed_in(ig_officer)


@pytest.fixture
def finance(db):
    return UnitFactory(code="FIN", name="Finance and Procurement")


def words_in(columns):
    return [field.label.strip("“”") for column in columns for field in column.fields]


def test_new_words_and_those_already_matched_are_two_lists(officer, ig_officer, owner, finance):
    first = in_units(ig_officer, owner, "Money", "Money", "Cash")
    only_new = words_page(officer, first).content.decode()
    assert "New words" in only_new
    assert "Already matched" not in only_new
    answered(officer, first, Money=finance.pk, Cash=finance.pk)
    second = in_units(ig_officer, owner, "Money", "Money", "Cash", "Elsewhere")
    form = opened(officer, second)
    assert (words_in(form.new()), words_in(form.matched())) == (["Elsewhere"], ["Money", "Cash"])
    page = words_page(officer, second).content.decode()
    new, matched = page.index("New words"), page.index("Already matched")
    assert new < page.index("“Elsewhere”") < matched < page.index("“Money”")
    assert page.count("The register does not know these words") == 1
    answered(officer, second, Elsewhere=finance.pk)
    settled = words_page(officer, second).content.decode()
    assert "The register does not know these words" not in settled
    assert "was said before and is remembered for files from Housing" in settled


def test_what_was_matched_can_still_be_changed_beside_new_words(officer, ig_officer, owner, finance):
    answered(officer, in_units(ig_officer, owner, "Money"), Money=finance.pk)
    parks = UnitFactory(name="Parks")
    batch = in_units(ig_officer, owner, "Money", "Elsewhere")
    answered(officer, batch, Money=parks.pk, Elsewhere=finance.pk)
    assert sorted(FileWord.objects.values_list("stands_for", flat=True)) == sorted(
        [str(parks.pk), str(finance.pk)]
    )


def test_after_an_answer_the_next_new_words_are_shown_and_none_is_passed_over(
    officer, ig_officer, owner, finance
):
    words = [f"Word {n:03}" for n in range(AT_A_TIME * 2)]
    batch = in_units(ig_officer, owner, *words)
    first = words_in(opened(officer, batch).new())
    done = answered(officer, batch, **dict.fromkeys(first, finance.pk))
    assert done.redirect_chain[-1][0].endswith("/words/?page=1")
    rest = words_in(opened(officer, batch).new())
    assert sorted([*first, *rest]) == words
    done = answered(officer, batch, **dict.fromkeys(rest, finance.pk))
    assert done.redirect_chain[-1][0] == reverse("exchange:batch", args=[batch.pk])
    assert FileWord.objects.count() == len(words)


def test_a_page_that_was_opened_before_another_answered_keeps_what_it_answers(
    officer, ig_officer, owner, finance
):
    """Its words stand on another page by then."""
    words = [f"Word {n:03}" for n in range(AT_A_TIME + 5)]
    batch = in_units(ig_officer, owner, *words)
    second = officer.get(reverse("exchange:words", args=[batch.pk]), {"page": 2}).context["form"]
    late = words_in(second.new())
    first = words_in(opened(officer, batch).new())
    answered(officer, batch, **dict.fromkeys(first, finance.pk))
    fields = {field.html_name: finance.pk for column in second.columns() for field in column.fields}
    officer.post(f"{reverse('exchange:words', args=[batch.pk])}?page=2", fields | second.seen)
    assert len(late) == 5
    assert FileWord.objects.count() == len(words)
