import pytest
from django.utils import timezone

from participants.workload import load_label, pedagogues
from tests.cast import enrol, make_person

pytestmark = pytest.mark.django_db


def loads(user):
    return {each.first_name: each.load for each in pedagogues(user, timezone.localdate())}


def test_a_load_is_the_current_participants_of_a_main_contact(pedagogue, other_pedagogue, lead):
    enrol(make_person(), contact=pedagogue)
    enrol(make_person(), contact=pedagogue)
    assert loads(lead) == {"Anna": 2, "Olle": 0}
    first = pedagogues(lead, timezone.localdate()).first()
    assert load_label(first) == "Anna Berg – 2\N{NO-BREAK SPACE}deltagare"


def test_a_load_does_not_tell_that_somebody_protected_exists(pedagogue, other_pedagogue, lead):
    enrol(make_person(protected=True, readers=[pedagogue]), contact=pedagogue)
    assert loads(other_pedagogue) == loads(lead) == {"Anna": 0, "Olle": 0}
    assert loads(pedagogue)["Anna"] == 1
