"""What only the database sees is answered with its rule and with everything that was typed."""

from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse

from assets.models import QualityRule
from governance.core.refusals import RefusalMiddleware, rule_of
from tests.assets.factories_quality import QualityRuleFactory
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused():
    """A real refusal of the database."""
    rule = QualityRuleFactory()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        QualityRuleFactory(asset=rule.asset, words=rule.words)
    return caught.value


def answer(request, exception):
    request.user = AnonymousUser()
    return RefusalMiddleware(lambda request: None).process_exception(request, exception)


def test_the_rule_is_said_in_the_words_of_its_name(refused):
    assert rule_of(refused) == "quality rule is said once"


def test_everything_typed_comes_back_and_the_old_token_does_not(refused):
    typed = {"words": ["Two <b>lines</b>", "again"], "csrfmiddlewaretoken": "old"}
    page = answer(RequestFactory().post("/somewhere/", typed), refused)
    text = page.content.decode()
    assert page.status_code == 409
    assert "quality rule is said once" in text
    assert 'name="words" value="Two &lt;b&gt;lines&lt;/b&gt;"' in text
    assert 'name="words" value="again"' in text
    assert 'value="old"' not in text


def test_nothing_else_is_answered(refused):
    assert answer(RequestFactory().get("/somewhere/"), refused) is None
    assert answer(RequestFactory().post("/somewhere/"), ValueError("a fault of ours")) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_say_one_rule_at_once_one_says_it_and_nobody_meets_an_error_page(owner):
    address = reverse("assets:add_rule", args=[owner.asset.reference])
    at_once, codes = Barrier(8), []

    def post():
        browser = signed_in(owner)
        at_once.wait()
        try:
            codes.append(browser.post(address, {"words": "Every child has a carer"}).status_code)
        finally:
            connection.close()

    threads = [Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert QualityRule.objects.count() == 1
    assert set(codes) <= {200, 302, 409}
    assert codes.count(302) == 1
