from django.core.management.base import BaseCommand, CommandError

from accounts.management.passwords import ask_password
from accounts.models import User
from accounts.roles import Authority, Role


class Command(BaseCommand):
    help = (
        "Create a user with roles; asks for the password, which is checked by the password rules."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)
        parser.add_argument("--authority", required=True, choices=Authority.values)
        parser.add_argument("--role", required=True, action="append", choices=Role.values)

    def handle(self, *args, email, first_name, last_name, authority, role, **options):
        if User.objects.filter(email=email.lower()).exists():
            raise CommandError(f"{email} already has an account.")
        password = ask_password(User(email=email, first_name=first_name, last_name=last_name))
        User.objects.create_user(
            email,
            password,
            roles=role,
            first_name=first_name,
            last_name=last_name,
            authority=authority,
        )
        self.stdout.write(f"{email} can now sign in.")
