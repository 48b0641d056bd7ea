from django.core.management.base import CommandError

from accounts.models import User
from core.import_command import ImportCommand
from referrals.imports.register import RegisterResource


class Command(ImportCommand):
    """`manage.py import_register FILE [--dry-run] [--with-consent] [--reader EMAIL]`."""

    help = "Reads persons, referrals, enrolments and exits from a register, all of it or nothing."
    resource = RegisterResource

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--with-consent",
            action="store_true",
            help="set consent to Arbetsförmedlingen for those never asked (for demo data)",
        )
        parser.add_argument(
            "--reader",
            action="append",
            default=[],
            metavar="EMAIL",
            help="a user who may see the persons this file protects; may be given several times",
        )

    def options_for(self, options):
        return {
            "with_consent": options["with_consent"],
            "readers": self._readers(options["reader"]),
        }

    def _readers(self, addresses):
        wanted = {address.lower() for address in addresses}
        users = list(User.objects.filter(email__in=wanted, is_active=True))
        missing = wanted - {user.email for user in users}
        if missing:
            raise CommandError(f"Ingen aktiv användare heter {', '.join(sorted(missing))}.")
        return users

    def _tell(self, outcome):
        super()._tell(outcome)
        if outcome.counts["without_track"]:
            self.stderr.write(
                f"Obs! {outcome.counts['without_track']} rader ligger utanför spårens åldrar."
            )
