from django.core.management.base import BaseCommand

from accounts.permissions import PUBLIC, SIGNED_IN, Permission
from accounts.roles import ROLES
from accounts.routes import routes

WORDS = {PUBLIC: "alla, även utan inloggning", SIGNED_IN: "alla inloggade"}


class Command(BaseCommand):
    help = "Print who may do what: each permission and each address with the roles that have it."

    def handle(self, *args, **options):
        self.stdout.write("# Behörigheter\n")
        for permission in Permission:
            self.stdout.write(f"{permission}: {permission.sentence}\n    {roles_with(permission)}")
        self.stdout.write("\n# Adresser\n")
        for route in routes():
            who = WORDS.get(route.rule) or roles_with(route.rule)
            self.stdout.write(f"/{route.pattern} [{route.name}] {route.rule}\n    {who}")


def roles_with(permission: Permission) -> str:
    """Return the roles that hold a permission, in words."""
    return ", ".join(role.label for role, facts in ROLES.items() if permission in facts.permissions)
