"""The lead's day with the ESF: a fault mended, months locked and sent, and sent again after a correction."""

import io
import zipfile
from datetime import date

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from casework.models import EsfProject
from core.periods import Month
from tests.browser.conftest import PHONE
from tests.cast import enrol, make_person
from tests.reports.esf_world import attend

# Three months that have ended, and the running one.
LAST = Month.of(timezone.localdate()) + -1
FIRST, SECOND = LAST + -2, LAST + -1


def day(month: Month, number: int) -> date:
    return month.first.replace(day=number)


@pytest.fixture
def project():
    """The project began three months ago."""
    EsfProject.objects.exclude(valid_until=None).delete()
    EsfProject.objects.update(valid_from=FIRST.first, name="BASUN")


@pytest.fixture
def people(project, pedagogue, lead):
    """Åsa and a protected person, signed on paper; Per, who has not signed and whose number is missing."""
    asa = make_person("Åsa", "Öberg", email="asa@exempel.se")
    hidden = make_person("Ragnfrid", "Hemlig", protected=True, readers=[lead], email="r@exempel.se")
    per = make_person("Per", "Ek")
    for person in (asa, hidden, per):
        enrol(person, contact=pedagogue, starts_on=day(FIRST, 6))
    for month in (FIRST, SECOND, LAST):
        attend(asa, str(day(month, 8)), "2.5")
        attend(hidden, str(day(month, 8)), "4")
        attend(per, str(day(month, 9)), "3", signed=None)
    return {"asa": asa, "hidden": hidden, "per": per}


def test_months_are_mended_locked_sent_and_sent_again(visitor, lead, people, worker):
    number = people["per"].number_records.get()
    people["per"].number_records.all().delete()
    eva = visitor(lead)
    eva.goes_to("/esf/")
    eva.sees("ESF, månad för månad", FIRST.label.capitalize())
    finds_the_fault(eva)
    number.save(force_insert=True)
    locks_all(eva)
    takes_home(eva, people)
    sends_and_is_answered(eva)
    corrects_the_start(eva, people["asa"])
    makes_the_chain(eva)


def finds_the_fault(eva):
    eva.goes_to(f"/esf/{FIRST}/")
    eva.sees("Månaden kan inte låsas än", "Personnummer saknas")


def locks_all(eva):
    eva.goes_to("/esf/")
    eva.presses("Lås och gör filer för alla öppna månader")
    eva.is_led_to("ESF, månad för månad")
    eva.sees("Låst")
    eva.does_not_see("är slut men inte låsta")


def takes_home(eva, people):
    eva.follows(FIRST.label.capitalize())
    eva.follows("Filer och kvittens")
    content = eva.downloads("Excel till SCB")
    rows = [
        [cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[0]
    ]
    hours = {row[1]: row[7] for row in rows}
    assert hours["Öberg"] == 2.5 and hours["Skyddad"] == 4
    plain = b"".join(zipfile.ZipFile(io.BytesIO(content)).read(n) for n in names(content))
    hidden = people["hidden"]
    for secret in ("Ragnfrid", "Hemlig", "r@exempel.se", hidden.number, hidden.number[-4:]):
        assert secret.encode() not in plain
    assert f"{hidden.birth_date:%Y%m%d}-Tf29".encode() in plain


def names(content):
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def sends_and_is_answered(eva):
    eva.presses("Markera som skickad")
    eva.follows("Registrera kvittens")
    eva.writes({"Kvittensnummer": "SCB-1234"})
    eva.presses("Registrera kvittensen")
    eva.sees("SCB-1234", "Kvitterad")


def corrects_the_start(eva, asa):
    eva.goes_to(f"/deltagare/{asa.pk}/inskrivningar/")
    eva.follows("Rätta datum")
    eva.writes({"Inskriven från": str(day(FIRST, 2)), "Varför rättas": "Kom igång tidigare."})
    eva.presses("Rätta datumen")
    eva.sees("Datumen är rättade.", f"→ {day(FIRST, 2)}")


def makes_the_chain(eva):
    eva.goes_to("/esf/")
    eva.sees("Måste sändas om, äldst först", "1 ändrat startdatum")
    eva.presses("Gör om hela kedjan (3\N{NO-BREAK SPACE}månader)")
    eva.is_led_to("ESF, månad för månad")
    eva.does_not_see("Måste sändas om, äldst först")
    eva.sees("version 2")
    eva.follows(FIRST.label.capitalize())
    eva.follows("Filer och kvittens")
    eva.sees("Ändrat sedan versionen före", "Åsa Öberg", f"→ {day(FIRST, 2)}")


def test_the_calendar_fits_a_telephone(visitor, lead, people):
    eva = visitor(lead, viewport=PHONE, has_touch=True)
    eva.goes_to("/")
    eva.sees("ESF")
    eva.goes_to("/esf/")
    eva.sees("ESF, månad för månad", "Öppen")
    eva.follows(LAST.label.capitalize())
    eva.sees("Timmar som inte räknas")
