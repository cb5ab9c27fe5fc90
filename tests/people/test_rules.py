"""The one question for every door: what no rule allows is refused, and every rule has its sentence."""

import pytest
from django.contrib.auth.models import AnonymousUser

from governance.people.rules import RULES, rule, sentences


def test_a_permission_that_no_room_declares_is_a_fault_and_not_a_refusal(siro):
    with pytest.raises(KeyError):
        siro.has_perm("assets.launch")


def test_a_stranger_may_do_nothing_that_any_rule_names():
    asked = [name for name in RULES if not AnonymousUser().has_perm(name)]
    assert asked == list(RULES)
    assert asked


def test_no_backend_behind_the_rules_is_asked(outsider, django_assert_num_queries):
    outsider.has_perm("people.view_directory")
    with django_assert_num_queries(0):
        assert outsider.has_perm("people.view_directory") is False


def test_a_rule_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        rule("people.administer")(lambda person: True)


def test_a_rule_without_a_sentence_is_refused():
    with pytest.raises(ValueError, match="no sentence"):
        rule("people.dance")(lambda person: True)


def test_every_rule_is_said_in_a_sentence():
    said = [sentence for room in sentences().values() for _, sentence in room]
    assert len(said) == len(RULES)
    assert [sentence for sentence in said if not sentence.endswith(".") or "\n" in sentence] == []
