"""What happens to a file that was sent in: each step once, whoever clicks twice."""

import hashlib
import io
from dataclasses import astuple

from django.db import transaction
from django.utils import timezone

from casework.imports.attendance import AttendanceResource
from casework.imports.models import ImportUpload, UploadKind, UploadState
from core import jobs
from core.imports import Outcome
from referrals.imports.register import RegisterResource

REMARKS_KEPT = 100
CHECK, SAVE = "imports.check", "imports.save"
RESOURCES = {UploadKind.REGISTER: RegisterResource, UploadKind.ATTENDANCE: AttendanceResource}


def resource_of(upload: ImportUpload) -> type:
    """Return the resource that reads this kind of file."""
    return RESOURCES[UploadKind(upload.kind)]


def options_of(upload: ImportUpload, user) -> dict:
    """Return what the resource is told besides who reads: who marks somebody protected may see them."""
    if upload.kind != UploadKind.REGISTER:
        return {}
    return {"with_consent": upload.with_consent, "readers": [user]}


def content_of(upload: ImportUpload) -> io.BytesIO:
    """Return the file's content as a file in memory."""
    return io.BytesIO(bytes(upload.content))


@transaction.atomic
def receive(*, kind: str, content: bytes, by, with_consent: bool = False) -> ImportUpload:
    """Keep a file and order its check."""
    upload = ImportUpload.objects.create(
        kind=kind,
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        with_consent=with_consent and kind == UploadKind.REGISTER,
        uploaded_by=by,
    )
    return _order(upload, CHECK)


@transaction.atomic
def check_again(*, upload: ImportUpload) -> ImportUpload:
    """Order a new check of a file that did not fit any longer."""
    _step(upload, UploadState.STALE, UploadState.CHECKING)
    return _order(upload, CHECK)


@transaction.atomic
def confirm(*, upload: ImportUpload) -> ImportUpload:
    """Order the reading of a checked file; of two who confirm at once, one orders."""
    if _step(upload, UploadState.READY, UploadState.SAVING):
        return _order(upload, SAVE)
    upload.refresh_from_db()
    return upload


def note_check(upload: ImportUpload, outcome: Outcome) -> None:
    """Write down what a check found."""
    upload.found = {
        "rows": outcome.rows,
        "counts": dict(outcome.counts),
        "unknown_columns": outcome.unknown_columns,
        "remarks": [astuple(each) for each in outcome.remarks[:REMARKS_KEPT]],
    }
    upload.faults = [astuple(each) for each in outcome.faults]
    upload.state = UploadState.FAULTY if outcome.faults else UploadState.READY
    upload.save(update_fields=["found", "faults", "state"])


def close(upload: ImportUpload, state: UploadState) -> None:
    """Wipe the content: the file was read, or will not be."""
    upload.state, upload.content, upload.closed_at = state, b"", timezone.now()
    fields = ["state", "content", "closed_at"]
    if state == UploadState.WIPED:
        upload.faults = []
        fields.append("faults")
    upload.save(update_fields=fields)


@transaction.atomic
def discard(*, upload: ImportUpload) -> ImportUpload:
    """Wipe a file that is not to be read; nothing happens to one that is being read, or was."""
    upload = ImportUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    is_being_read = upload.state == UploadState.SAVING and upload.job and upload.job.is_open
    if upload.closed_at is None and not is_being_read:
        close(upload, UploadState.WIPED)
    return upload


def wipe_left_behind() -> int:
    """Wipe every file that nobody confirmed within a day; returns how many were looked at."""
    left = list(ImportUpload.objects.left_behind(timezone.now()).defer("content"))
    for upload in left:
        discard(upload=upload)
    return len(left)


def _step(upload, before, after) -> bool:
    """One UPDATE decides who takes the step."""
    taken = ImportUpload.objects.filter(pk=upload.pk, state=before).update(state=after)
    upload.state = after if taken else upload.state
    return bool(taken)


def _order(upload, kind):
    job = jobs.enqueue(
        kind, by=upload.uploaded_by, params={"upload": str(upload.pk)}, key=f"{kind} {upload.pk}"
    )
    upload.job = job
    upload.save(update_fields=["job"])
    return upload
