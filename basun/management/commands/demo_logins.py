import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from basun.demo.logins import EVERYBODY, LOGINS, PASSWORD


class Command(BaseCommand):
    """`manage.py demo_logins [--json]`: who can sign in to the demo."""

    help = "Shows the demo's logins; as JSON the first one of each role."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="as JSON, by role")

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("There is no demo here: BASUN_DEMO is not set.")
        if options["json"]:
            logins = {
                login.key: {"email": login.email, "password": login.password} for login in LOGINS
            }
            self.stdout.write(json.dumps(logins, ensure_ascii=False))
            return
        self.stdout.write(f"Lösenord för alla: {PASSWORD}")
        for login in EVERYBODY:
            self.stdout.write(f"  {login.role:<28} {login.email}")
