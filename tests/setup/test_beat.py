"""What the worker does by the clock: it is all on the schedule, and the worker knows each of it."""

from django.conf import settings

from governance.celery import app

DUTIES = {
    "governance.committees.tasks.sweep_renderings",
    "governance.committees.tasks.find_restatements",
    "governance.committees.tasks.verify_each_night",
    "governance.committees.tasks.sweep_verifications",
    "governance.history.tasks.seal_the_trail",
    "governance.dashboards.tasks.carry_out_hand_overs",
    "governance.reminders.tasks.compose_digests",
    "governance.reminders.tasks.sweep_digests",
    "governance.exchange.tasks.empty_files",
    "governance.people.tasks.delete_old_drafts",
}


def test_nothing_that_is_done_by_the_clock_is_left_out_and_the_worker_knows_all_of_it():
    app.loader.import_default_modules()
    scheduled = [each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()]
    assert set(scheduled) == DUTIES
    assert set(app.tasks) >= DUTIES


def test_what_nobody_did_in_time_is_not_done_twice_afterwards():
    """A worker that was down finds one message of a kind worth doing, not one for each minute it missed."""
    for name, each in settings.CELERY_BEAT_SCHEDULE.items():
        assert each["options"]["expires"] > 0, name
        if isinstance(each["schedule"], int):
            assert each["options"]["expires"] <= each["schedule"], name
