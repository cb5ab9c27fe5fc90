"""What officers may enter and take back: bodies, and drafts that were begun twice."""

import pytest
from django.urls import reverse

from governance.committees.models import Body, Paper, PaperSection
from tests.cast import play, signed_in
from tests.committees.factories import BodyFactory, PaperFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return signed_in(play("committee_officer", "committee_officer"))


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
