from casework.imports.attendance import AttendanceResource
from core.import_command import ImportCommand


class Command(ImportCommand):
    """`manage.py import_attendance FILE [--dry-run]`."""

    help = "Reads attendance from a sheet, all of it or nothing."
    resource = AttendanceResource
