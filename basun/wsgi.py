"""The door for gunicorn. A route without a rule stops the start here."""

import os

from django.core.wsgi import get_wsgi_application

from accounts.routes import check_routes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "basun.settings.local")

application = get_wsgi_application()
check_routes()
