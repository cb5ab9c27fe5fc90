"""What officers may enter and take back: bodies, and drafts that were begun twice."""

import pytest
from django.urls import reverse

from governance.committees.models import Body, Paper, PaperSection, Recommendation
from tests.cast import play, signed_in
from tests.committees.factories import BodyFactory, PaperFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return signed_in(play("committee_officer", "committee_officer"))


def test_a_new_body_is_entered_and_stands_in_the_list_of_the_next_meeting(clerk):
    url = reverse("committees:new_body")
    assert url in clerk.get(reverse("committees:new_meeting")).content.decode()
    done = clerk.post(url, {"name": "Scrutiny Board 1", "kind": "committee"}, follow=True).content.decode()
    assert "Body entered: Scrutiny Board 1" in done
    assert Body.objects.get().code == "scrutiny-board-1"
    assert "Scrutiny Board 1</option>" in done


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter the name"),
        ("!!!", "The name must have letters or numbers"),
        ("Cabinet", "A body of this name is there already"),
        ("cabinet!", "A body of this name is there already"),
    ],
)
def test_a_body_that_cannot_be_entered_is_said_in_words(clerk, name, sentence):
    BodyFactory(code="cabinet", name="Cabinet")
    answer = clerk.post(reverse("committees:new_body"), {"name": name, "kind": "cabinet"})
    assert sentence in answer.content.decode()
    assert Body.objects.count() == 1


def test_a_draft_begun_twice_can_be_deleted_after_asking(clerk, plan):
    draft, other = PaperFactory(plans=[plan]), PaperFactory(plans=[plan])
    PaperSection.objects.create(paper=draft, position=1, heading="Context", text="Words")
    url = reverse("committees:delete_paper", args=[draft.pk])
    assert url in clerk.get(draft.get_absolute_url()).content.decode()
    asked = clerk.get(url).content.decode()
    assert "Delete this draft?" in asked
    assert "Context" in asked
    done = clerk.post(url, follow=True).content.decode()
    assert f"Draft deleted: {draft.title}" in done
    assert list(Paper.objects.all()) == [other]
    assert PaperSection.history.filter(text="Words", history_type="-").exists()


def test_an_issued_paper_is_not_deleted(clerk, october):
    url = reverse("committees:delete_paper", args=[october.paper.pk])
    assert clerk.post(url).status_code == 403
    assert Paper.objects.filter(pk=october.paper.pk).exists()


WORD = "x" * 200_000  # 200 kB without a space


@pytest.mark.parametrize(
    ("page", "field", "typed"),
    [
        ("new_section", "text", {"heading": "Context", "place": 1}),
        ("new_section", "heading", {"text": "Words", "place": 1}),
        ("new_paper", "title", {}),
        ("new_recommendation", "text", {}),
        ("new_body", "name", {"kind": "committee"}),
    ],
)
def test_200_kb_in_one_word_is_refused_in_words_and_given_back(clerk, plan, page, field, typed):
    draft = PaperFactory(plans=[plan])
    keys = [] if page in ("new_body", "new_paper") else [draft.pk]
    counted = [model.objects.count() for model in (Body, Paper, PaperSection, Recommendation)]
    answer = clerk.post(reverse(f"committees:{page}", args=keys), {**typed, field: WORD})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in shown
    assert "characters" in shown
    assert WORD in shown
    assert [model.objects.count() for model in (Body, Paper, PaperSection, Recommendation)] == counted
