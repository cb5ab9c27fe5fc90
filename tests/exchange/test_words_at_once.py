"""Two who match the words of one source: neither takes back what the other said without having seen it."""

import pytest
from django.urls import reverse

from governance.exchange.importing.words import MatchedSinceError, remember, words_of
from governance.exchange.models import FileWord
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.exchange.test_words import answered, in_units, opened
from tests.exchange.uploads import brought, csv_file
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(db):
    return UnitFactory(code="FIN", name="Finance and Procurement")


@pytest.fixture
def parks(db):
    return UnitFactory(code="PAR", name="Green spaces")


@pytest.fixture
def batch(ig_officer, owner, finance, parks):
    """A file with two words that nobody knows."""
    return in_units(ig_officer, owner, "Nowhere", "Elsewhere")


@pytest.fixture
def one(ig_officer):
    return signed_in(ig_officer)


@pytest.fixture
def other(db):
    return signed_in(play("another_officer", Role.IG_OFFICER))


def kept(batch):
    """What each word of the file stands for, by the word."""
    held = dict(batch.source.words.values_list("digest", "stands_for"))
    said = {each.word: held.get(batch.source.digest_of(each.word)) for each in words_of(batch)}
    return {word: key for word, key in said.items() if key is not None}


def errors(answer):
    form = answer.context["form"]
    return [sentence for sentences in form.errors.values() for sentence in sentences]


def test_a_word_left_as_it_was_keeps_what_another_has_matched_meanwhile(one, other, batch, finance, parks):
    page = opened(other, batch)
    answered(one, batch, Nowhere=str(finance.pk))
    answered(other, batch, page, Elsewhere=str(parks.pk))
    assert kept(batch) == {"Nowhere": str(finance.pk), "Elsewhere": str(parks.pk)}
    assert batch.rows.counts()["new"] == 2


def test_a_word_left_as_it_was_stays_what_another_has_changed_it_to(one, other, batch, finance, parks):
    answered(one, batch, Nowhere=str(finance.pk))
    page = opened(other, batch)
    answered(one, batch, Nowhere=str(parks.pk))
    answered(other, batch, page, Elsewhere=str(parks.pk))
    assert kept(batch)["Nowhere"] == str(parks.pk)


def test_a_word_left_as_it_was_stays_forgotten(one, other, batch, finance, parks):
    answered(one, batch, Nowhere=str(finance.pk))
    page = opened(other, batch)
    answered(one, batch, Nowhere="")
    answered(other, batch, page, Elsewhere=str(parks.pk))
    assert kept(batch) == {"Elsewhere": str(parks.pk)}


def test_a_page_of_another_batch_of_the_source_takes_nothing_back(
    one, other, batch, ig_officer, owner, finance
):
    second = in_units(ig_officer, owner, "Nowhere", "Third")
    page = opened(other, second)
    answered(one, batch, Nowhere=str(finance.pk))
    answered(other, second, page, Third=str(finance.pk))
    assert kept(batch) == {"Nowhere": str(finance.pk)}
    assert second.rows.counts()["new"] == 2


def test_who_would_change_what_another_has_said_since_is_asked_once_more(one, other, batch, finance, parks):
    page = opened(other, batch)
    answered(one, batch, Nowhere=str(finance.pk))
    answer = answered(other, batch, page, Nowhere=str(parks.pk), Elsewhere=str(parks.pk))

    assert errors(answer) == [
        "“Nowhere” was matched with “Finance and Procurement” since you opened the page. "
        "Choose again what it stands for"
    ]
    assert kept(batch) == {"Nowhere": str(finance.pk)}
    form = answer.context["form"]  # nothing that was chosen is lost
    assert {field.value() for field in form.columns()[0].fields} == {str(parks.pk)}

    answered(other, batch, form)
    assert kept(batch) == {"Nowhere": str(parks.pk), "Elsewhere": str(parks.pk)}


@pytest.mark.parametrize(("said", "became"), [("", "forgotten"), ("-", "left out")])
def test_it_says_what_became_of_the_word(said, became, one, other, ig_officer, owner):
    rows = [["Reference", "Marking"], [owner.asset.reference, "Hush"]]
    batch = brought(csv_file(rows), ig_officer)
    choices = [key for key, _ in opened(one, batch).columns()[0].fields[0].field.choices]
    first, second = [key for key in choices if key not in ("", "-")][:2]
    answered(one, batch, Hush=first)
    page = opened(other, batch)
    answered(one, batch, Hush=said)
    (sentence,) = errors(answered(other, batch, page, Hush=second))
    assert sentence.startswith(f"“Hush” was {became} since you opened the page")


def test_two_who_say_the_same_are_both_right(one, other, batch, finance):
    page = opened(other, batch)
    answered(one, batch, Nowhere=str(finance.pk))
    done = answered(other, batch, page, Nowhere=str(finance.pk))
    assert done.redirect_chain[-1][0] == reverse("exchange:batch", args=[batch.pk])


def test_another_mistake_on_the_page_does_not_pass_the_others_answer_off_as_seen(
    one, other, batch, finance, parks
):
    page = opened(other, batch)
    answered(one, batch, Nowhere=str(finance.pk))
    wrong = answered(other, batch, page, Elsewhere="9999999")
    assert "Choose from the list what “Elsewhere” stands for" in wrong.content.decode()
    answered(other, batch, wrong.context["form"], Elsewhere=str(parks.pk))
    assert kept(batch)["Nowhere"] == str(finance.pk)


def test_an_answer_that_does_not_say_what_was_seen_overwrites_nothing(one, batch, finance, parks):
    answered(one, batch, Nowhere=str(finance.pk))
    page = opened(one, batch)
    page.seen.clear()
    answer = answered(one, batch, page, Nowhere=str(parks.pk))
    assert "was matched with" in errors(answer)[0]
    assert kept(batch) == {"Nowhere": str(finance.pk)}


def test_of_what_has_moved_on_nothing_is_kept(batch, finance, parks):
    first, second = ("unit", "Nowhere"), ("unit", "Elsewhere")
    remember(batch, {first: str(finance.pk)})
    with pytest.raises(MatchedSinceError) as moved:
        remember(batch, {second: str(parks.pk), first: None}, seen={second: None, first: str(parks.pk)})
    assert moved.value.now == {first: str(finance.pk)}
    assert kept(batch) == {"Nowhere": str(finance.pk)}


def test_no_word_of_a_file_is_kept_readably_with_its_source_or_in_history(one, ig_officer, owner):
    rows = [["Reference", "Owner"], [owner.asset.reference, "Jane Smith (ext 4411)"]]
    batch = brought(csv_file(rows), ig_officer)
    answered(one, batch, **{"Jane Smith (ext 4411)": str(owner.post.pk)})
    answered(one, batch, **{"Jane Smith (ext 4411)": ""})
    answered(one, batch, **{"Jane Smith (ext 4411)": str(owner.post.pk)})
    held = [*FileWord.objects.values(), *FileWord.history.values()]
    assert len(held) == 4
    assert "jane" not in str(held).lower()


def test_a_word_of_one_source_has_another_digest_in_the_next(batch, ig_officer, owner):
    parks = in_units(ig_officer, owner, "Nowhere", source="Parks").source
    assert batch.source.digest_of("Nowhere") == batch.source.digest_of("  nowhere ")
    assert batch.source.digest_of("Nowhere") != parks.digest_of("Nowhere")
