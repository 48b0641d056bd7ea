import json
import sys
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand

from core import access_log


class Command(BaseCommand):
    help = (
        "Write the access log as JSON lines, with the head as the last line. "
        "scripts/verify_access_log.py checks such a file without Django."
    )

    def add_arguments(self, parser):
        parser.add_argument("--output", help="the file; without it standard output")
        parser.add_argument("--head", action="store_true", help="only the head, to keep elsewhere")

    def handle(self, *args, **options):
        output = options["output"]
        with ExitStack() as stack:
            stream = sys.stdout
            if output:
                stream = stack.enter_context(Path(output).open("w", encoding="utf-8"))
            if not options["head"]:
                for row in access_log.stored_rows():
                    stream.write(json.dumps(row, ensure_ascii=False) + "\n")
            last_id, head_hash = access_log.head()
            stream.write(json.dumps({"head": {"last_id": last_id, "hash": head_hash}}) + "\n")
