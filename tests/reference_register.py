"""The made-up reference register, loaded once for the tests of a module and gone after it.

A test module that wants it says `pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_register")]`
(or takes the fixture). Everything lies in one transaction around the module, so it can't be seen from
another connection: tests with a live server or `transaction=True` call `load_reference()` themselves.
"""

import json
from pathlib import Path

import pytest
from django.db import transaction

from basun.demo.files import ATTENDANCE, REGISTER
from casework.imports.attendance import AttendanceResource
from core import imports
from referrals.imports.register import RegisterResource

EXPECTED = Path(__file__).parent / "reference" / "expected.json"


def load_reference(*, with_consent: bool = False) -> None:
    """Import the reference register and its attendance; about three seconds."""
    imports.save(RegisterResource, REGISTER, by=None, with_consent=with_consent)
    imports.save(AttendanceResource, ATTENDANCE, by=None)


@pytest.fixture(scope="module")
def reference_register(django_db_setup, django_db_blocker):
    """The 756 enrolments and 11,580 rows of attendance of the reference register."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def expected() -> dict:
    """What the reports must give for the reference register."""
    return json.loads(EXPECTED.read_text(encoding="utf-8"))
