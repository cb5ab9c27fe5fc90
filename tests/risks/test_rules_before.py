"""Rules written before the database asked for more of them."""

import pytest
from django.core.management import call_command
from django.db import connection

from risks.models import EscalationRules
from risks.services.rules import begin
from tests.risks.factories_rules import rules_in_force
from tests.risks.refused import refused_by


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_rules_in_force_that_ask_for_less_than_is_asked_today_let_the_database_be_migrated():
    made = begin()
    call_command("migrate", "risks", "0013", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE risks_escalationrules SET days_above = NULL, from_on = CURRENT_DATE")
    call_command("migrate", "risks", verbosity=0)
    made.refresh_from_db()
    assert made.days_above is None
    assert made.from_on


@pytest.mark.django_db
def test_rules_after_them_are_asked():
    rules_in_force()
    draft = begin()
    with refused_by("escalation_rules_ask_for_what_is_worse_too"):
        EscalationRules.objects.filter(pk=draft.pk).update(days_above=None)
