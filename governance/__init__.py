"""The Django project, and the rooms that belong to no one register."""

from governance.celery import app as celery_app

__all__ = ["celery_app"]
