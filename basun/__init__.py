"""The project: settings, routes, schedule, demo data; the only room that sees all the others."""

from basun.celery import app as celery_app

__all__ = ["celery_app"]
