"""People who have been referred and wait, and one who was just declined."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.roles import Role
from basun.demo.shift import reference_numbers, test_number
from core.identity_numbers import parse
from participants.actions import register
from participants.models import NumberRecord
from referrals.actions import decline, receive, start_assessment
from referrals.models import Criterion, ReferringBody

# Days waited, age, birth number, name, part of the municipality, who refers, criteria, in assessment, why.
WAITING = [
    (2, 22, "238", "Noor", "Hägglund", "fittja", "Arbetsförmedlingen", (1,), False,
     "Har varit arbetssökande i fem månader och vill ha en praktik i butik."),
    (6, 17, "239", "Elias", "Strand", "tumba", "Kommunala aktivitetsansvaret", (2, 3), False,
     "Hoppade av gymnasiet i höstas. Är hemma mest och vill inte tillbaka till samma skola."),
    (11, 24, "238", "Amira", "Öz", "alby", "Socialförvaltningen", (3, 4), True,
     "Försörjningsstöd sedan ett år. Intresserad av vård; behöver hjälp att läsa in gymnasiet."),
    (19, 20, "239", "Viktor", "Ängman", "norsborg", "Arbetsförmedlingen", (1, 5), True,
     "Behöver någon som går bredvid i början. Har arbetat på lager en sommar."),
    (33, 27, "238", "Sanna", "Wede", "hallunda", "Förälder eller vårdnadshavare", (2,), True,
     "Mamma ringer. Sanna har inte haft kontakt med någon myndighet på två år."),
    (47, 19, "239", "Adam", "Yousef", "storvreten", "Kultur- och fritidsförvaltningen", (3,), False,
     "Kommer till fritidsgården varje kväll och frågar efter jobb."),
]  # fmt: skip
DECLINED = (24, 15, "238", "Moa", "Fält", "tullinge", "Uppsökande verksamhet", (3,), False,
            "Träffades på torget; vill börja arbeta i stället för att gå i skolan.")  # fmt: skip
REFERRERS = ["Kerstin Boman", "Hassan Ali", "Gun Wester", "Per Lundmark"]


def make_referrals(staff: dict, today: date) -> None:
    """Register the people and their referrals through the same actions as at work."""
    pedagogues, lead = staff[Role.PEDAGOGUE], staff[Role.PROJECT_LEAD][0]
    for index, person in enumerate(WAITING):
        _refer(
            person, today, pedagogues[index % len(pedagogues)], REFERRERS[index % len(REFERRERS)]
        )
    referral = _refer(DECLINED, today, pedagogues[0], REFERRERS[0])
    decline(
        referral=referral,
        reason="age",
        sent_instead_to="Kommunala aktivitetsansvaret",
        note="Är 15 år och omfattas av skolplikt.",
        by=lead,
        now=_moment(today - timedelta(days=20)),
    )


def _refer(person, today, by, referrer):
    waited, age, birth_number, first, last, area, body, criteria, assessed, reason = person
    day = today - timedelta(days=waited)
    participant = register(
        by=by,
        first_name=first,
        last_name=last,
        number=_free_number(today, age, birth_number),
        area=area,
        area_from=day,
    )
    numbered = Criterion.objects.valid_on(max(day, date(2016, 10, 1))).filter(number__in=criteria)
    referral = receive(
        participant=participant,
        body=ReferringBody.objects.get(name=body),
        referred_on=day,
        by=by,
        criteria=numbered,
        now=_moment(day),
        referrer_name=referrer,
        referrer_contact="08-465 004 90",
        reason=reason,
    )
    if assessed:
        start_assessment(referral=referral, by=by, now=_moment(day + timedelta(days=1)))
    return referral


def _free_number(today, age, birth_number):
    """A number of the test series that nobody in the demo or the reference register has."""
    born = date(today.year - age, 1, 15)
    while True:
        number = parse(test_number(born, birth_number))
        known = NumberRecord.objects.filter(number=number.value).exists()
        if not known and number.formatted not in reference_numbers():
            return number
        born -= timedelta(days=1)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 30)))
