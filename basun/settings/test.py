"""Tests: quick password hashing, jobs run by hand or by a real worker."""

from basun.settings.base import *  # noqa: F403  (settings files are lists of differences)
from basun.settings.base import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_GATEWAY = "memory"
PUBLIC_URL = "http://localhost:8000/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A bell nobody hears: tests run their jobs with jobs.run(); those marked `services` start a worker.
CELERY_BROKER_URL = "memory://localhost//"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # What a power cut would lose does not matter here, and waiting for the disk takes half the time.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
