"""The Celery application: it wakes workers up; what is to be done stands in the database."""

import os
from pathlib import Path
from typing import Any

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")

app = Celery("custodian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def make_folders(sender: Celery, **signal: Any) -> None:
    """Make the folders that the filesystem broker and beat write to, for this account alone."""
    settings = sender.conf
    folders = [Path(settings.beat_schedule_filename).parent]
    if settings.broker_url.startswith("filesystem:"):
        options = settings.broker_transport_options
        kept = [Path(path) for name, path in options.items() if "folder" in name]
        folders += [*(folder.parent for folder in kept), *kept]
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)  # also where an earlier version made it
