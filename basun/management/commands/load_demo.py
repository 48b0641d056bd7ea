from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from basun.demo import world


class Command(BaseCommand):
    """`manage.py load_demo`: fill an empty database with made-up people; does nothing to another."""

    help = "Fills an empty database with the made-up reference register, shifted to this month."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Demo data is only loaded where BASUN_DEMO=1 is set, and never in production:"
                " everybody knows the password of its users."
            )
        if not world.is_empty():
            self.stdout.write("Databasen är inte tom. Ingen demo läses in.")
            return
        world.make(timezone.localdate(), tell=lambda text: self.stdout.write(f"  {text} …"))
        self.stdout.write(self.style.SUCCESS("Demon är inläst. Alla personer är påhittade."))
