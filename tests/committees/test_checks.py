"""An installation is told of papers that name a plan by a code which no plan has any more."""

import pytest

from governance.committees.checks import papers_name_plans_that_are_there


def said():
    return [each.msg for each in papers_name_plans_that_are_there(None, databases=["default"])]


@pytest.mark.django_db(transaction=True)
def test_a_paper_that_names_a_plan_by_a_code_that_is_gone_is_named_with_the_code_it_became(
    july, owner_connection
):
    assert said() == []
    owner_connection.execute("ALTER TABLE actions_actionplan DISABLE TRIGGER keep_code")
    owner_connection.execute("UPDATE actions_actionplan SET code = 'ico-7' WHERE code = 'ico'")
    owner_connection.commit()
    assert said() == [
        f"Figures of paper {july.paper_id} name an action plan by the code “ico”, which is “ico-7” since."
    ]
    assert papers_name_plans_that_are_there(None) == []  # no database was to be checked
