"""What has come of it: marks, closed sessions, signatures of every kind, links and reminders.

Through the same actions as at work, but for the links that were "sent": nothing is sent from a demo.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from basun.demo.courses import passed
from casework import attest
from casework.models import (
    AbsenceReason,
    Activity,
    Attendance,
    AttendanceStatus,
    AttestationMethod,
    Channel,
    Session,
    SigningLink,
)
from casework.rollcall import actions
from casework.signing import links, public
from participants.models import Participant

LEFT_OPEN = 2
IN_A_ROW = 3
# So many of the group have signed in other ways or not at all; the rest, on the tablet.
OTHERS = 5
HOUR = timedelta(hours=1)
OBJECTION = "Jag var där hela dagen den dagen, inte bara på förmiddagen."
NOT_DELIVERED = "Numret kan inte ta emot sms."


@dataclass
class Attended:
    """Takes attendance on what has passed, the same way each time."""

    course: Activity
    today: date
    random: Random = field(default_factory=lambda: Random(7121))  # noqa: S311  (deals cards, not keys)

    def take(self) -> None:
        """Mark, sign and close; the last two sessions are left for somebody to close."""
        sessions = passed(self.today)
        done, still_open = sessions[:-LEFT_OPEN], sessions[-LEFT_OPEN:]
        self.away, self.absent_on = self._somebody_away([*done, *still_open[:1]])
        for session in [*done, *still_open[:1]]:
            self._mark(session)
        people = self._group()
        for person in people[OTHERS:]:
            self._sign(person, self._rows(person, done))
        for session in done:
            actions.close(session=session, by=self._leader(session))
        self._other_signatures(people[:OTHERS])
        self._break_one(people[OTHERS])

    def _leader(self, session: Session):
        return session.activity.leaders.filter(user__isnull=False).first().user

    def _somebody_away(self, sessions):
        """One of the group who has not come to the three latest sessions that were taken."""
        latest = [each for each in sessions if each.activity_id == self.course.pk][-IN_A_ROW:]
        expected = Attendance.objects.filter(session__in=latest, participant__protections=None)
        person = expected.order_by("participant").values_list("participant", flat=True).last()
        return person, {each.pk for each in latest}

    def _mark(self, session: Session) -> None:
        by = self._leader(session)
        for row in actions.rows_of(session, by):
            if facts := self._facts(session, row):
                actions.mark(row_id=row.pk, version=row.version, by=by, **facts)
        actions.mark_rest_present(session=session, by=by)

    def _facts(self, session, row) -> dict:
        """Say what is noted on somebody who was not simply there."""
        if row.participant_id == self.away:
            away = session.pk in self.absent_on
            return _absent(AbsenceReason.NO_WORD) if away else {}
        luck = self.random.random()
        if luck < 0.07:
            return _absent(self.random.choice([AbsenceReason.ILL, AbsenceReason.APPOINTMENT]))
        if luck < 0.12 and session.starts_at == time(9):
            return {"status": AttendanceStatus.PRESENT, "arrived_at": time(9, 30)}
        return {}

    def _group(self) -> list[Participant]:
        people = Participant.objects.filter(sign_ups__activity=self.course).exclude(pk=self.away)
        return list(people.order_by("sign_ups__pk"))

    def _unsigned(self, person):
        """What the person has not signed of these weeks; the register's own rows stay as they are."""
        return attest.rows_to_sign(person).filter(session__starts_at__isnull=False)

    def _rows(self, person, sessions) -> list[Attendance]:
        return list(attest.rows_to_sign(person).filter(session__in=sessions))

    def _sign(self, person, rows, language: str = "sv") -> None:
        """Somebody draws their name on Anna's tablet, at the end of the last of the days."""
        if not rows:
            return
        offer = attest.offer_for(rows, language=language)
        attest.attest(
            participant=person,
            row_ids=offer.row_ids,
            shown_sha256=offer.sha256,
            method=AttestationMethod.DRAWN,
            by=self._leader(rows[-1].session),
            language=language,
            strokes=self._strokes(),
            recorded_at=_at(rows[-1].held_on, time(15, 5)),
        )

    def _strokes(self) -> list:
        """Something like a name: a wave with a flourish under it."""
        x, wave = 0.08, []
        while x < 0.9:
            wave.append([round(x, 3), round(self.random.uniform(0.08, 0.28), 3)])
            x += self.random.uniform(0.02, 0.06)
        return [wave, [[0.15, 0.33], [0.5, 0.35], [0.82, 0.31]]]

    def _other_signatures(self, people) -> None:
        """One signed late, one with a link, one objects, one was reminded, one could not be reached."""
        late, by_link, objects, reminded, unreached = people
        leader = self.course.leaders.get().user
        self._sign(late, list(self._unsigned(late)), language="so")
        made = links.make_qr(
            participant=by_link,
            by=leader,
            row_ids=list(self._unsigned(by_link).values_list("pk", flat=True)),
        )
        offer = attest.offer_for(public.rows_of(made.link))
        public.sign(link=made.link, shown_sha256=offer.sha256, language="sv")
        public.dispute(link=self._sent(objects, leader), words=OBJECTION)
        self._sent(reminded, leader)
        self._sent(unreached, leader, failed=True)

    def _sent(self, person, by, *, failed: bool = False) -> SigningLink:
        """A link as it stands after it was sent, or after it could not be; its token is nowhere."""
        now = timezone.now()
        result = (
            {"failed_at": now - 20 * HOUR, "failure": NOT_DELIVERED}
            if failed
            else {"sent_at": now - 20 * HOUR}
        )
        link = SigningLink.objects.create(
            participant=person,
            channel=Channel.SMS,
            token_sha256=links.hash_of(links.new_token()),
            created_at=now - 20 * HOUR,
            created_by=by,
            expires_at=now + 52 * HOUR,
            **result,
        )
        link.rows.set(self._unsigned(person))
        return link

    def _break_one(self, person) -> None:
        """A row that was signed turns out to be wrong: the signature no longer holds for it."""
        row = person.attendance.attested().filter(session__activity=self.course).last()
        actions.mark(
            row_id=row.pk,
            version=row.version,
            status=AttendanceStatus.PRESENT,
            hours=row.hours - 1,
            reason="Gick en timme tidigare än vad som stod på listan.",
            by=self.course.leaders.get().user,
        )


def _absent(reason: AbsenceReason) -> dict:
    return {"status": AttendanceStatus.ABSENT, "absence_reason": reason}


def _at(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))
