"""Checking and reading a file in the background."""

from django.db import IntegrityError

from accounts.permissions import Permission
from casework.imports import actions
from casework.imports.models import ImportUpload, UploadState
from core import imports, jobs
from core.imports import Fault, Outcome
from core.sheets import SheetError

NO_LONGER = "Du har inte längre behörighet att läsa in filer. Tala med förvaltaren."
GONE = "Filen väntar inte längre på det här. Gå till Inläsning och se vad som gäller."


@jobs.handler(actions.CHECK, title="Filen kontrolleras")
def check_upload(job, progress):
    """Go through every row, outside any transaction, and write down what was found."""
    upload = _upload(job, UploadState.CHECKING)
    outcome = _check(upload, job.created_by, progress)
    with jobs.finish(job) as result:
        upload = _upload(job, UploadState.CHECKING, lock=True)
        actions.note_check(upload, outcome)
        result["url"] = upload.get_absolute_url()


def _check(upload, user, progress) -> Outcome:
    try:
        return imports.check(
            actions.resource_of(upload),
            actions.content_of(upload),
            by=user,
            progress=lambda done, total: progress(done, total, "Kontrollerar raderna"),
            **actions.options_of(upload, user),
        )
    except SheetError as error:
        return Outcome(faults=[Fault(1, "hela filen", str(error))])


@jobs.handler(actions.SAVE, title="Filen läses in")
def save_upload(job, progress):
    """Read the whole file in one transaction, together with the job's own end."""
    upload = _upload(job, UploadState.SAVING)
    progress(0, 0, "Sparar raderna")
    try:
        with jobs.finish(job) as result:
            upload = _upload(job, UploadState.SAVING, lock=True)
            imports.save(
                actions.resource_of(upload),
                actions.content_of(upload),
                by=job.created_by,
                **actions.options_of(upload, job.created_by),
            )
            actions.close(upload, UploadState.DONE)
            result["url"] = upload.get_absolute_url()
    except (imports.Faulty, IntegrityError):
        ImportUpload.objects.filter(pk=upload.pk, state=UploadState.SAVING).update(
            state=UploadState.STALE
        )
        raise jobs.Failure(
            imports.CHANGED_MEANWHILE, result={"url": upload.get_absolute_url()}
        ) from None


def _upload(job, state, *, lock=False) -> ImportUpload:
    """The job's file, if it waits for this step and its sender may still take it."""
    if job.created_by is None or not job.created_by.may(Permission.IMPORT_REGISTER):
        raise jobs.Failure(NO_LONGER)
    uploads = ImportUpload.objects.visible_to(job.created_by)
    if lock:
        uploads = uploads.select_for_update(of=("self",))
    upload = uploads.filter(pk=job.params["upload"], state=state).first()
    if upload is None:
        raise jobs.Failure(GONE)
    return upload
