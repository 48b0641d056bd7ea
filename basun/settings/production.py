"""In earnest: behind a proxy with TLS, on PostgreSQL and Redis. Has no defaults for secrets."""

from django.core.exceptions import ImproperlyConfigured

from basun.settings.base import *  # noqa: F403  (settings files are lists of differences)
from basun.settings.base import DEMO
from basun.settings.environment import database_from_url, env_int, env_list, env_secret, env_str

MISSING = []


def required(reader, name):
    """Read a variable; note its name when it is missing, so that all are named at once."""
    try:
        return reader(name)
    except ImproperlyConfigured:
        MISSING.append(name)
        return ""


def required_list(name):
    return env_list(name, required(env_str, name))


SECRET_KEY = required(env_secret, "SECRET_KEY")
DATABASE_URL = required(env_secret, "DATABASE_URL")
REDIS_URL = required(env_secret, "REDIS_URL")
ALLOWED_HOSTS = required_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = required_list("CSRF_TRUSTED_ORIGINS")
if MISSING:
    raise ImproperlyConfigured(
        f"Production needs {', '.join(MISSING)}. Set them in the environment; .env.example explains each."
    )
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short for production: use 50 random characters.")
if DEMO:
    raise ImproperlyConfigured("BASUN_DEMO is set: production never holds demo data. Unset it.")

DATABASES = {"default": database_from_url(DATABASE_URL)}
CELERY_BROKER_URL = REDIS_URL

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
