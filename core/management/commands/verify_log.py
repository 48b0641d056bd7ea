from django.core.management.base import BaseCommand, CommandError

from core import access_log


class Command(BaseCommand):
    help = "Check that no row of the access log was changed, removed, inserted, swapped or cut off."

    def handle(self, *args, **options):
        verdict = access_log.verify(access_log.stored_rows(), *access_log.head())
        if verdict.fault:
            raise CommandError(f"The access log is broken: {verdict.fault}.")
        self.stdout.write(
            f"The access log is whole: {verdict.rows} rows, head {access_log.head()[1]}"
        )
