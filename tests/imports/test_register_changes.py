"""What a row makes, and what a later file changes: just that."""

from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from core import imports
from core.models import AccessLogEntry
from participants.models import Consent, Enrolment, Extension, Participant, Protection
from referrals.imports.register import RegisterResource
from referrals.models import Referral
from tests.cast import assign, give_consent, make_person
from tests.imports.sheets import as_csv, as_xlsx, check, load, new_number, row

pytestmark = pytest.mark.django_db


def test_a_row_becomes_a_person_a_referral_and_an_enrolment():
    number = new_number()
    load(row(number, Utskriven="2018-06-30", Utskrivningsorsak="arbete utan stöd", SIUS="ja"))
    person = Participant.objects.get()
    enrolment, referral = person.enrolments.get(), person.referrals.get()
    assert (person.full_name, person.formatted_number) == ("Åsa Öberg", number)
    assert person.search_name == "åsa öberg" and person.area_on(date(2018, 1, 15)) == "fittja"
    assert (enrolment.ended_on, enrolment.exit_reason) == (date(2018, 6, 30), "work")
    assert enrolment.track.code == "projekt"
    assert (referral.status, referral.enrolment, referral.body.source) == (
        "accepted",
        enrolment,
        "af",
    )
    assert [each.number for each in referral.criteria.all()] == [1, 4]
    assert [step.status for step in referral.steps.all()] == ["received", "accepted"]
    assert {(each.flag, each.noted_on, each.source) for each in person.flags.all()} == {
        ("sius", date(2018, 1, 15), "register"),
        ("income_support", date(2018, 1, 15), "register"),
    }


def test_a_workbook_with_real_dates_gives_the_same():
    number = new_number()
    imports.save(RegisterResource, as_xlsx(row(number), real_dates=True), by=None)
    assert imports.check(RegisterResource, as_csv(row(number)), by=None).changes == 0


def test_a_return_is_a_new_enrolment_of_the_same_person():
    number = new_number()
    first = row(number, Utskriven="2018-06-30", Utskrivningsorsak="Flyttat")
    again = row(number, Inskriven="2019-01-01", Planerat_slut="2019-07-01", Kommundel="Tumba")
    outcome = load(first, again)
    person = Participant.objects.get()
    assert (outcome.counts["people"], outcome.counts["returning"]) == (1, 1)
    assert person.enrolments.count() == 2
    assert [person.area_on(day) for day in (date(2018, 12, 31), date(2019, 1, 1))] == [
        "fittja",
        "tumba",
    ]
    assert check(first, again).changes == check(again, first).changes == 0


def test_the_same_file_again_changes_nothing_and_says_so(tmp_path, capsys):
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv(row(), row()).getvalue())
    call_command("import_register", str(file))
    logged = AccessLogEntry.objects.count()
    call_command("import_register", str(file))
    assert "Filen är redan inläst: 2 rader, inget ändrat." in capsys.readouterr().out
    assert (Participant.objects.count(), AccessLogEntry.objects.count()) == (2, logged)


def test_a_dry_run_tells_and_writes_nothing(tmp_path, capsys):
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv(row(), row()).getvalue())
    call_command("import_register", str(file), "--dry-run")
    assert "2 nya personer" in capsys.readouterr().out
    assert not Participant.objects.exists() and not AccessLogEntry.objects.exists()


def test_an_exit_in_a_later_file_ends_the_enrolment_and_its_assignments(pedagogue):
    number = new_number()
    load(row(number))
    enrolment = Enrolment.objects.get()
    assignment = assign(enrolment, "main_contact", pedagogue)
    outcome = load(row(number, Utskriven="2018-03-31", Utskrivningsorsak="Studier"))
    enrolment.refresh_from_db()
    assignment.refresh_from_db()
    assert (outcome.counts["changed"], enrolment.exit_reason, enrolment.version) == (
        1,
        "studies",
        2,
    )
    assert assignment.ends_on == date(2018, 4, 1)


def test_an_exit_and_a_return_may_come_in_one_file_in_any_order():
    number = new_number()
    load(row(number))
    ended = row(number, Utskriven="2018-03-31", Utskrivningsorsak="Studier")
    load(row(number, Inskriven="2018-05-01", Planerat_slut="2018-11-01"), ended)
    assert Enrolment.objects.count() == 2


def test_an_exit_that_is_here_stays_when_the_file_has_none():
    number = new_number()
    load(row(number, Utskriven="2018-03-31", Utskrivningsorsak="Studier"))
    outcome = check(row(number))
    assert outcome.changes == 0 and "förblir" in outcome.remarks[0].text


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Efternamn", "Åberg"), ("Kommundel", "Alby"), ("Remissdatum", "2018-01-03"),
        ("Remitterande instans", "Socialförvaltningen"), ("Målgruppskriterier", "6"),
        ("Planerat slut", "2018-08-01"), ("SIUS", "ja"), ("Skyddade personuppgifter", "ja"),
    ],
)  # fmt: skip
def test_a_changed_cell_changes_one_row_and_then_nothing_more(column, cell):
    number = new_number()
    load(row(number))
    changed = row(number) | {column: cell}
    assert load(changed).counts["changed"] == 1
    assert check(changed).changes == 0
    assert (Participant.objects.count(), Referral.objects.count()) == (1, 1)


def test_a_planned_end_that_was_asked_to_move_here_is_left_alone(pedagogue):
    number = new_number()
    load(row(number))
    enrolment = Enrolment.objects.get()
    Extension.objects.create(
        enrolment=enrolment, previous_end_on=enrolment.planned_end_on, reason="prov",
        new_end_on=date(2018, 9, 1), asked_by=pedagogue,
    )  # fmt: skip
    assert check(row(number, Planerat_slut="2018-08-08")).changes == 0


def test_an_import_takes_away_no_protection_and_no_flag():
    number = new_number()
    load(row(number, Skyddade_personuppgifter="ja", SIUS="ja"))
    outcome = check(row(number))
    assert outcome.changes == 0 and Protection.objects.filter(ended_at=None).count() == 1


def test_who_reads_in_a_protected_person_is_put_on_the_list(administrator):
    load(row(Skyddade_personuppgifter="ja"), by=administrator, readers=[administrator])
    assert Participant.objects.visible_to(administrator).count() == 1


def test_the_shell_names_the_readers_of_the_protected(tmp_path, lead, administrator):
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv(row(Skyddade_personuppgifter="ja")).getvalue())
    call_command("import_register", str(file), "--reader", lead.email)
    assert Participant.objects.visible_to(lead).count() == 1
    assert not Participant.objects.visible_to(administrator).exists()


def test_consent_is_set_only_when_asked_for_and_told():
    number = new_number()
    assert not load(row(number)).counts["consents"]
    outcome = load(row(number), with_consent=True)
    assert outcome.counts["consents"] == Consent.objects.count() == 4
    assert set(Consent.objects.values_list("authority", "source")) == {("af", "registerinläsning")}


def test_a_consent_that_was_taken_back_stays_taken_back(pedagogue):
    person = make_person()
    give_consent(person, ["plan"])
    Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_by=pedagogue)
    load(row(person.number), with_consent=True)
    assert set(
        Consent.objects.valid_on(timezone.localdate()).values_list("category", flat=True)
    ) == {
        "attendance",
        "notes",
        "matching",
    }


def test_everybody_touched_is_logged_once_with_who_read_them_in(lead):
    number = new_number()
    load(row(number, Utskriven="2018-03-31", Utskrivningsorsak="Studier"), row(), by=lead)
    rows = AccessLogEntry.objects.filter(action="imported", what="import_register")
    assert rows.count() == rows.values("person_id").distinct().count() == 2
    assert set(rows.values_list("actor_id", flat=True)) == {lead.pk}
