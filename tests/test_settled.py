"""A process that answers requests does not look through what it has loaded again and again."""

import gc

from governance.core.settled import settle


def test_no_collection_of_garbage_looks_through_what_was_there_when_the_process_settled():
    there = [[]]
    settle()
    try:
        assert gc.get_freeze_count()
        assert not any(each is there for each in gc.get_objects())
    finally:
        gc.unfreeze()
    assert any(each is there for each in gc.get_objects())
