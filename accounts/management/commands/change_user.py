from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.management.passwords import ask_password
from accounts.models import RoleGrant, User
from accounts.roles import Role


class Command(BaseCommand):
    help = "Deactivate or activate a user, give or take roles, set a new password. Holds at the next request."

    def add_arguments(self, parser):
        parser.add_argument("email")
        active = parser.add_mutually_exclusive_group()
        active.add_argument("--deactivate", action="store_true")
        active.add_argument("--activate", action="store_true")
        parser.add_argument("--add-role", action="append", choices=Role.values, default=[])
        parser.add_argument("--remove-role", action="append", choices=Role.values, default=[])
        parser.add_argument("--password", action="store_true", help="ask for a new password")

    @transaction.atomic
    def handle(self, *args, email, **options):
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the address {email}.")
        if options["deactivate"] or options["activate"]:
            user.is_active = options["activate"]
            user.save(update_fields=["is_active"])
        for role in options["add_role"]:
            RoleGrant.objects.get_or_create(user=user, role=role)
        user.role_grants.filter(role__in=options["remove_role"]).delete()
        if options["password"]:
            user.set_password(ask_password(user))
            user.save(update_fields=["password"])
        state = "active" if user.is_active else "deactivated"
        roles = (
            ", ".join(user.role_grants.order_by("role").values_list("role", flat=True)) or "none"
        )
        self.stdout.write(f"{user.email} is {state}; roles: {roles}")
