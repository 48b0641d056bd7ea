"""Files that are sent in stay in memory, never on disk, and no larger than an import may be."""

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile


class MemoryOnlyHandler(MemoryFileUploadHandler):
    """Keeps a file in memory; one that is too large is skipped as soon as that shows.

    The form then sees no file, and says how large it may be. A form that takes several reads from the
    request's `files_skipped` that one of them is missing.
    """

    def handle_raw_input(self, *args, **kwargs):
        super().handle_raw_input(*args, **kwargs)
        self.activated = True

    def new_file(self, *args, **kwargs):
        self.received = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > settings.MAX_IMPORT_BYTES:
            self.request.files_skipped = getattr(self.request, "files_skipped", 0) + 1
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)
