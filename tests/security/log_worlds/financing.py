from datetime import date

from django.utils import timezone

from casework.models import Activity, Attendance, Session
from participants.models import BenefitPeriod
from reports.esf.models import Rate

ELSEWHERE = set()


def build(world):
    """Somebody lives on something, and an hour of it has a rate."""
    world.benefit = BenefitPeriod.objects.create(
        participant=world.mine,
        kind="income_support",
        starts_on=timezone.localdate(),
        source="prov",
    )
    world.rate = Rate.objects.create(
        call_year=2016,
        programme_area="2.1",
        benefit="income_support",
        age_from=16,
        age_to=29,
        amount=100,
        valid_from=date(2016, 10, 1),
        source="prov",
    )
    _leave_unsigned(world)


def _leave_unsigned(world):
    """Somebody left while a signature was missing: the lead's page shows them."""
    activity = Activity.objects.create(name="Utan underskrift", kind="group")
    today = timezone.localdate()
    session = Session.objects.create(activity=activity, held_on=today)
    Attendance.objects.create(session=session, participant=world.left, held_on=today, hours=2)
    world.left_enrolment.exit_left_open = ["2 timmar utan underskrift."]
    world.left_enrolment.exit_left_open_reason = "prov"
    world.left_enrolment.save()


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    benefit = {"pk": world.mine.pk, "benefit_pk": world.benefit.pk}
    rate = [{"pk": world.rate.pk}]
    return {
        "financing:benefit_end": [benefit],
        "financing:benefit_remove": [benefit],
        "financing:rate_end": rate,
        "financing:rate_remove": rate,
    }
