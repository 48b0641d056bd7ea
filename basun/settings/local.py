"""On one's own machine: `make run`. SQLite under var/, a broker that needs no server."""

from basun.settings.base import *  # noqa: F403  (settings files are lists of differences)
from basun.settings.environment import env_bool

DEBUG = env_bool("DEBUG", False)
# Static files are served from where they are; nothing is collected.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
