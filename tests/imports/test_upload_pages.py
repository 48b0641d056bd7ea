"""A file sent in on screen: checked, looked at, confirmed once, and wiped."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casework.imports import actions
from casework.imports.models import ImportUpload, UploadState
from core import jobs
from core.models import AccessLogEntry, Job
from participants.models import Consent, Participant
from tests.cast import enrol, make_person, sign_in
from tests.imports.sheets import as_csv, attended, new_number, row

pytestmark = pytest.mark.django_db
START = "/inlasning/"


def send(client, *rows, kind="register", check=True, **fields):
    """Send rows in as a file, let the check run, and return the upload."""
    file = SimpleUploadedFile("Åsa Öberg 20010101.csv", as_csv(*rows).getvalue())
    answer = client.post(START, {"kind": kind, "file": file, **fields})
    assert answer.status_code == 302, answer.content.decode()
    upload = ImportUpload.objects.latest("uploaded_at")
    assert answer["Location"] == upload.job.get_absolute_url()
    if check:
        jobs.run(upload.job_id)
        upload.refresh_from_db()
    return upload


def page(client, upload) -> str:
    return client.get(upload.get_absolute_url()).content.decode()


def post(client, name, upload):
    return client.post(reverse(f"imports:{name}", args=[upload.pk]))


def test_a_file_is_checked_shown_confirmed_and_wiped(client, lead):
    upload = send(sign_in(client, lead), row(), row())
    assert "2\N{NO-BREAK SPACE}nya personer" in page(client, upload)
    assert not Participant.objects.exists()
    post(client, "confirm", upload)
    upload.refresh_from_db()
    jobs.run(upload.job_id)
    upload.refresh_from_db()
    assert (Participant.objects.count(), upload.state, upload.content) == (2, "done", b"")
    assert "Filen är inläst" in page(client, upload)


def test_the_files_own_name_is_kept_nowhere(client, lead):
    upload = send(sign_in(client, lead), row())
    assert "20010101" not in str(vars(upload)) + str(Job.objects.values().get(pk=upload.job_id))


def test_two_who_confirm_at_once_order_one_import(client, lead):
    upload = send(sign_in(client, lead), row())
    first, second = post(client, "confirm", upload), post(client, "confirm", upload)
    assert first["Location"] == second["Location"]
    assert Job.objects.filter(kind=actions.SAVE).count() == 1


def test_faults_are_listed_on_the_page_and_in_a_file_and_nothing_can_be_confirmed(client, lead):
    upload = send(sign_in(client, lead), row(Kommundel="=X"), row(SIUS=""))
    words = page(client, upload)
    assert "Rad 2" in words and "Kommundel" in words and "Läs in" not in words.split("<main")[1]
    file = client.get(reverse("imports:faults", args=[upload.pk])).content.decode("utf-8-sig")
    assert "3;SIUS;Cellen är tom. Fyll i den." in file and "2 fel, uttaget" in file
    post(client, "confirm", upload)
    upload.refresh_from_db()
    assert upload.state == UploadState.FAULTY


def test_a_file_that_can_not_be_read_says_why(client, lead):
    file = SimpleUploadedFile("x.csv", b"A;B\n1;2\n")
    sign_in(client, lead).post(START, {"kind": "register", "file": file})
    upload = ImportUpload.objects.get()
    jobs.run(upload.job_id)
    assert "Filen saknar kolumnerna" in page(client, upload)


def test_a_file_that_is_too_large_is_never_kept(client, lead, settings):
    settings.MAX_IMPORT_BYTES = 100
    file = SimpleUploadedFile("x.csv", as_csv(row()).getvalue())
    answer = sign_in(client, lead).post(START, {"kind": "register", "file": file})
    assert "Välj en fil på högst" in answer.content.decode()
    assert not ImportUpload.objects.exists()


def test_the_preview_logs_exactly_those_it_shows_who_are_in_the_register(client, lead):
    known = make_person()
    enrol(known)
    upload = send(sign_in(client, lead), attended(known.number), kind="attendance")
    before = AccessLogEntry.objects.count()
    assert known.full_name in page(client, upload)
    shown = AccessLogEntry.objects.order_by("id")[before:]
    assert [(entry.person_id, entry.action) for entry in shown] == [(known.pk, "listed")]


def test_the_preview_names_no_one_the_file_protects(client, lead):
    upload = send(sign_in(client, lead), row(Skyddade_personuppgifter="ja", Efternamn="Hemlig"))
    assert "Hemlig" not in page(client, upload) and "Skyddade" in page(client, upload)


def test_of_people_out_of_sight_the_page_tells_nothing(client, administrator):
    hidden = make_person(last_name="Osynlig", protected=True)
    enrol(hidden)
    upload = send(sign_in(client, administrator), row(hidden.number, Kommundel="X"))
    words = page(client, upload)
    assert "Kontakta projektledaren" in words and "ingen kommundel" not in words
    assert not AccessLogEntry.objects.filter(person_id=hidden.pk).exists()


def test_what_changed_since_the_check_stops_the_import_and_asks_for_a_new_check(client, lead):
    number = new_number()
    upload = send(sign_in(client, lead), row(number))
    post(client, "confirm", upload)
    person = make_person(number=number)
    enrol(person, starts_on=timezone.localdate().replace(year=2018, month=1, day=20))
    upload.refresh_from_db()
    job = jobs.run(upload.job_id)
    upload.refresh_from_db()
    assert (job.state, upload.state) == ("failed", UploadState.STALE)
    assert "Kontrollera igen" in page(client, upload)
    post(client, "check_again", upload)
    upload.refresh_from_db()
    jobs.run(upload.job_id)
    assert "överlappar" in page(client, upload)


def test_consent_is_offered_to_those_who_may_and_off_by_default(client, lead, administrator):
    assert "Sätt samtycke" in sign_in(client, lead).get(START).content.decode()
    assert "Sätt samtycke" not in sign_in(client, administrator).get(START).content.decode()
    upload = send(client, row(), with_consent="on")
    assert upload.with_consent is False
    upload = send(sign_in(client, lead), row(), with_consent="on")
    assert "4\N{NO-BREAK SPACE}samtycken sätts" in page(client, upload)
    assert not Consent.objects.exists()


def test_a_colleagues_file_does_not_exist(client, lead, administrator):
    upload = send(sign_in(client, lead), row())
    sign_in(client, administrator)
    assert client.get(upload.get_absolute_url()).status_code == 404
    for name in ("confirm", "discard", "check_again"):
        assert post(client, name, upload).status_code == 404


def test_who_lost_the_right_meanwhile_reads_nothing_in(client, lead):
    upload = send(sign_in(client, lead), row())
    post(client, "confirm", upload)
    lead.role_grants.all().delete()
    upload.refresh_from_db()
    assert jobs.run(upload.job_id).state == "failed" and not Participant.objects.exists()


def test_a_file_can_be_thrown_away(client, lead):
    upload = send(sign_in(client, lead), row())
    post(client, "discard", upload)
    upload.refresh_from_db()
    assert (upload.state, upload.content) == ("wiped", b"")


def test_a_file_nobody_confirmed_is_wiped_after_a_day(client, lead):
    old, new = send(sign_in(client, lead), row()), send(client, row(Kommundel="X"))
    ImportUpload.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(hours=25))
    actions.wipe_left_behind()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, bytes(old.content)) == ("wiped", b"") and new.content


def test_a_file_that_changes_nothing_says_so(client, lead):
    number = new_number()
    upload = send(sign_in(client, lead), row(number))
    post(client, "confirm", upload)
    upload.refresh_from_db()
    jobs.run(upload.job_id)
    again = send(client, row(number))
    assert "Filen är redan inläst" in page(client, again)


@pytest.mark.parametrize("role", ["pedagogue", "officer", "steering", "system_administrator"])
def test_other_roles_are_refused(client, role, request):
    assert sign_in(client, request.getfixturevalue(role)).get(START).status_code == 403
