"""A number of an advisory lock stands for one thing: whoever takes it waits for nobody else's work."""

import re
from collections import defaultdict

import pytest
from django.db import connection

from governance.core.locks import Lock
from tests.architecture.test_rooms import ROOT

WHOLE_DATABASE = {Lock.WRITERS}
TAKEN = re.compile(r"pg_advisory_xact_lock(?:_shared)?\((\d+)")


@pytest.mark.django_db
def test_every_lock_that_the_database_takes_is_on_the_list_and_belongs_to_one_room():
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE prosrc LIKE '%pg_advisory%'")
        functions = cursor.fetchall()
    rooms = defaultdict(set)
    for name, source in functions:
        for number in TAKEN.findall(source):
            rooms[Lock(int(number))].add(name.split("_")[0])
    assert Lock.COLOURS_IN_FORCE in rooms
    assert [lock for lock, found in rooms.items() if len(found) > 1 and lock not in WHOLE_DATABASE] == []


def test_python_takes_its_locks_from_the_list():
    rooms = [ROOT / name for name in ("governance", "assets", "risks", "actions")]
    files = [each for room in rooms for each in room.rglob("*.py") if each.name != "locks.py"]
    numbers = re.compile("|".join(rf"\b{lock.value}\b|\b{lock.value:_}\b" for lock in Lock))
    assert [str(each) for each in files if numbers.search(each.read_text())] == []
