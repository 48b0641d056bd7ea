"""The Celery application: `celery -A basun worker` and `celery -A basun beat`."""

import os

from celery import Celery
from django.conf import settings

from basun.schedule import beat_schedule
from core import broker  # noqa: F401  (registers folder://, the broker that needs no server)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "basun.settings.local")

app = Celery("basun")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = beat_schedule()
app.autodiscover_tasks(lambda: settings.INSTALLED_APPS)
