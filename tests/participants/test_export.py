import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.models import AccessLogEntry
from participants.resources import harmless
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db

EXPORT = reverse("participants:export")


def people(contact):
    plain = make_person("=SUM(1)", "Formel\x07", phone="+46701234567", number="200503142382")
    secret = make_person("Hemlig", "Person", phone="0709999999", protected=True, readers=[contact])
    for person in (plain, secret):
        enrol(person, contact=None)
    return plain, secret


def rows_of(answer):
    book = load_workbook(io.BytesIO(answer.content))
    return list(book["Deltagare"].values), dict(book["Om filen"].values), book


def test_the_workbook_holds_text_as_text_days_as_days_and_tells_about_itself(client, lead):
    plain, _ = people(lead)
    rows, about, book = rows_of(sign_in(client, lead).get(EXPORT))
    row = next(dict(zip(rows[0], each, strict=True)) for each in rows if each[0] == plain.code)
    assert row["Namn"] == "=SUM(1) Formel" and row["Personnummer"] == "20050314-2382"
    assert book["Deltagare"].cell(2, 2).data_type == "s"
    assert row["Inskriven"].date() == plain.current_enrolment.starts_on
    assert about["Framtagen av"] == lead.name and about["Antal rader"] == "2"


def test_a_protected_person_is_a_code_and_no_more(client, lead):
    _, secret = people(lead)
    answer = sign_in(client, lead).get(EXPORT)
    rows, _, _ = rows_of(answer)
    (row,) = [each for each in rows if each[0] == secret.code]
    assert row[1] == secret.code and not any(row[2:6])


def test_the_export_follows_the_filter_and_logs_each_row(client, lead):
    plain, _ = people(lead)
    sign_in(client, lead)
    rows, about, _ = rows_of(client.get(EXPORT, {"lage": "utan-kontakt"}))
    assert about["Urval"] == "Läge: Saknar huvudkontakt"
    logged = AccessLogEntry.objects.values_list("action", flat=True)
    assert len(rows) - 1 == len(logged) == 2 and set(logged) == {"exported"}


def test_csv_opens_in_a_swedish_excel_without_running_anything(client, lead):
    people(lead)
    answer = sign_in(client, lead).get(EXPORT, {"format": "csv"})
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][1] == f"Framtagen av: {lead.name}"
    assert "'=SUM(1) Formel" in {row[1] for row in rows[2:]}
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_a_csv_begins_like_a_formula(start):
    assert harmless(f"{start}1") == f"'{start}1"


def test_those_who_may_not_export_are_refused(client, pedagogue):
    assert sign_in(client, pedagogue).get(EXPORT).status_code == 403
