from django.core.management.base import BaseCommand

from accounts.permissions import Permission
from accounts.roles import ROLES
from accounts.routes import routes


class Command(BaseCommand):
    help = "Print who may do what: permissions by role, then every route and its rule."

    def handle(self, *args, **options):
        self.stdout.write("Behörighet × roll\n")
        for permission in Permission:
            holders = [
                role.label for role, facts in ROLES.items() if permission in facts.permissions
            ]
            self.stdout.write(f"{permission.sentence}: {', '.join(holders) or 'ingen'}")
        self.stdout.write("\nAdress × regel\n")
        for route in routes():
            rule = getattr(route.rule, "sentence", route.rule)
            self.stdout.write(f"/{route.pattern}  {route.name}  {rule}")
