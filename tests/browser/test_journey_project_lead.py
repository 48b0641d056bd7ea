"""A project lead's day: a decision, the figures and what stands behind them, a report, a closed file."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from participants import actions
from participants.enums import ExitReason
from participants.models import ClosedFileOpening
from tests.cast import enrol, make_person

TODAY = timezone.localdate()


@pytest.fixture
def asked(pedagogue):
    """Somebody whose pedagogue has asked for more time."""
    enrolment = enrol(make_person("Åsa", "Öberg"), contact=pedagogue)
    later = enrolment.planned_end_on + timedelta(days=60)
    actions.ask_extension(
        enrolment=enrolment, new_end_on=later, reason="Praktik i höst.", by=pedagogue
    )
    return enrolment


@pytest.fixture
def left(pedagogue):
    """Somebody who left for work, so that the file is closed."""
    return enrol(
        make_person("Maja", "Ek"),
        contact=pedagogue,
        starts_on=TODAY - timedelta(days=300),
        ended_on=TODAY - timedelta(days=40),
        reason=ExitReason.WORK,
    )


def test_the_lead_decides_on_more_time(visitor, lead, asked):
    frida = visitor(lead)
    frida.goes_to("/")
    frida.follows("Åsa Öberg", under="Förlängningar att besluta om")
    frida.sees("Anna Berg bad", "Praktik i höst.")
    frida.ticks("Avslå")
    frida.presses("Besluta")
    frida.sees("Skriv varför begäran avslås")
    frida.ticks("Bevilja")
    frida.presses("Besluta")
    frida.sees("Beslutet är sparat.", "Förlängning beviljad")


def test_the_lead_opens_the_people_behind_a_figure(visitor, lead, asked, left):
    frida = visitor(lead)
    frida.goes_to("/")
    frida.opens("Nyckeltal")
    frida.does_not_see("gick 1 till arbete")
    frida.swaps("Hela projektet")
    frida.sees("gick 1 till arbete")
    frida.follows("Till arbete eller studier")
    frida.sees("Raderna visar de personer du har behörighet att se.", "Maja Ek")


def test_the_lead_orders_a_report_and_takes_it_home(visitor, lead, left, worker):
    frida = visitor(lead)
    frida.goes_to("/rapporter/")
    frida.follows("Ta fram rapport")
    frida.presses("Ta fram rapporten")
    frida.is_led_to("Nyckeltal,")
    assert len(PdfReader(io.BytesIO(frida.downloads("PDF"))).pages) > 1
    assert load_workbook(io.BytesIO(frida.downloads("Excel"))).sheetnames
    frida.opens("Rapporter")
    frida.sees("Frida Jansson")


def test_the_lead_opens_a_closed_file_with_a_reason(visitor, lead, left):
    frida = visitor(lead)
    frida.goes_to("/")
    frida.searches("Maja Ek")
    frida.follows("Maja Ek")
    frida.presses("Öppna i en timme")
    frida.sees("Skriv varför.")
    frida.writes({"Anledning": "Arbetsgivaren ringde."})
    frida.presses("Öppna i en timme")
    frida.sees("Akten är öppen i en timme.", "Arbete utan stöd")
    assert ClosedFileOpening.objects.get().reason == "Arbetsgivaren ringde."
