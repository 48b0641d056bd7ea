"""Every kind of page that links lead to, for four roles: accessible, fit for a phone, without errors."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import jobs
from core.periods import Month
from participants import actions
from participants.enums import Area, ExitReason
from reports import figures_pdf
from reports.actions import order
from reports.models import ReportKind
from scripts.screenshots import every_kind_of_page
from tests.browser.case_file import fill
from tests.browser.conftest import PHONE
from tests.cast import enrol, make_person
from tests.referrals.conftest import make_referral

TODAY = timezone.localdate()
MOST = 160
DAILY = ["/", "/deltagare/alla/", "/remisser/", "/remisser/ny/", "/nyckeltal/", "/inlasning/"]
# What a role sees at least; fewer would mean that the crawl has lost its way.
FEWEST = {
    "lead": 60,
    "pedagogue": 80,
    "administrator": 50,
    "officer": 17,
    "system_administrator": 18,
}


@pytest.fixture
def world(monkeypatch, pedagogue, officer, lead, administrator):
    """A small world where every page has something to show."""
    person = make_person("Åsa", "Öberg", area=Area.ALBY, phone="070-174 06 05", consent=True)
    running = enrol(person, contact=pedagogue, officer=officer)
    fill(person, running, pedagogue=pedagogue, officer=officer, lead=lead)
    later = running.planned_end_on + timedelta(days=60)
    actions.ask_extension(enrolment=running, new_end_on=later, reason="Praktik.", by=pedagogue)
    kept_apart(pedagogue, lead)
    left = make_person("Maja", "Ek")
    began = TODAY - timedelta(days=200)
    enrol(left, contact=pedagogue, starts_on=began, ended_on=TODAY, reason=ExitReason.WORK)
    make_referral(make_person("Per", "Ek"), days_ago=3)
    monkeypatch.setattr(figures_pdf, "render", lambda *_: b"%PDF-1.7 not printed here")
    month = Month.of(TODAY).period
    jobs.run(order(ReportKind.KEY_FIGURES, month, by_month=True, by=lead).pk)
    return person


def kept_apart(*readers):
    """Somebody whose identity is protected, on these readers' lists."""
    enrol(make_person("Noor", "Aziz", protected=True, readers=readers), contact=readers[0])


@pytest.mark.parametrize("role", FEWEST)
def test_every_page_holds(visitor, request, world, live_server, role):
    somebody = visitor(request.getfixturevalue(role), viewport=PHONE, has_touch=True)
    refused = []
    somebody.page.on("response", lambda answer: refused.append(answer) if is_refused(answer) else 0)
    seen = 0
    for _url in every_kind_of_page(somebody.page, live_server.url, MOST):
        somebody.look_over(somebody.page)
        seen += 1
    assert [answer.url for answer in refused] == []
    assert FEWEST[role] <= seen < MOST, seen


def test_the_daily_pages_hold_in_the_dark(visitor, lead, world):
    frida = visitor(lead, color_scheme="dark")
    for address in DAILY:
        frida.goes_to(address)
    frida.goes_to(world.get_absolute_url())
    frida.goes_to(f"/deltagare/{world.pk}/forlangning/")


def is_refused(answer) -> bool:
    """Whether a link led to something that is not there, or not for this role."""
    return answer.request.is_navigation_request() and answer.status >= 400
