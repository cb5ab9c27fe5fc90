"""The tests' own database: the application's role, and a clean copy after every transactional test."""

import threading

import pytest
from django.db import connection

from governance.people.models import User


def test_every_thread_works_in_the_test_database_as_the_application(transactional_db):
    seen: list[tuple[str, str]] = []

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database(), current_user")
            seen.append(cursor.fetchone())
        connection.close()

    look()
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert seen == [(connection.settings_dict["NAME"], "custodian_app")] * 2
    assert seen[0][0].startswith("test_custodian_")


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_transactional_test_writes_is_gone_at_the_next(transactional_db, turn):
    assert not User.objects.exists()
    person = User.objects.create(email="officer@northmere.example", display_name="Officer")
    assert person.pk == 1, "sequences begin anew too"
