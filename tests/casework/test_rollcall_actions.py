"""What changes a roster: marking, the rest, walk-ins, closing and opening again."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.attest import attest, offer_for
from casework.models import (
    Attendance,
    AttendanceStatus,
    AttestationBreak,
    AttestationMethod,
    CounterSignature,
    SessionStatus,
)
from casework.rollcall import actions
from casework.rollcall.actions import NotReady, ReasonNeeded, RowMoved
from core.errors import Refused
from core.models import AccessLogEntry
from core.states import TransitionError
from tests.casework.rollcall_world import expect, make_session, present
from tests.cast import enrol, make_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PRESENT, ABSENT, EXPECTED = "present", "absent", "expected"


def mark(row, status, by, **facts):
    facts = {"version": row.version} | facts
    return actions.mark(row_id=row.pk, status=status, by=by, **facts)


def sign(row, by, method=AttestationMethod.DRAWN):
    rows = [row]
    offer = offer_for(rows)
    return attest(
        participant=row.participant,
        row_ids=offer.row_ids,
        shown_sha256=offer.sha256,
        method=method,
        by=by,
    )


@pytest.fixture
def session(pedagogue):
    return make_session(pedagogue)


@pytest.fixture
def row(session, pedagogue):
    return expect(session, contact=pedagogue)


def test_here_gives_the_planned_hours(row, pedagogue):
    row = mark(row, PRESENT, pedagogue)
    row.refresh_from_db()
    assert (row.status, row.hours, row.version) == (PRESENT, 3, 2)
    assert row.marked_by == pedagogue and row.marked_at


def test_late_gives_the_hours_that_were_left(row, pedagogue):
    row = mark(row, PRESENT, pedagogue, arrived_at=time(9, 45))
    assert (row.hours, row.arrived_at) == (Decimal("2.25"), time(9, 45))


def test_absent_has_no_hours_and_a_reason(row, pedagogue):
    row = mark(mark(row, PRESENT, pedagogue), ABSENT, pedagogue, absence_reason="ill")
    assert (row.status, row.hours, row.absence_reason) == (ABSENT, 0, "ill")


def test_a_mark_can_be_undone(row, pedagogue):
    row = mark(mark(row, PRESENT, pedagogue, arrived_at=time(9, 30)), EXPECTED, pedagogue)
    assert (row.status, row.hours, row.arrived_at) == (EXPECTED, 0, None)


def test_each_mark_is_logged_once(row, pedagogue):
    mark(row, PRESENT, pedagogue)
    (entry,) = AccessLogEntry.objects.all()
    assert (entry.person_id, entry.what) == (row.participant_id, "mark_attendance")


def test_an_old_version_is_told_who_was_quicker(row, pedagogue, other_pedagogue):
    mark(row, ABSENT, other_pedagogue, absence_reason="ill")
    with pytest.raises(RowMoved, match=r"Olle Dahl hann före.*frånvarande \(sjuk\)"):
        mark(row, PRESENT, pedagogue)
    assert Attendance.objects.get().status == ABSENT


def test_marking_the_same_twice_is_no_conflict(row, pedagogue, other_pedagogue):
    mark(row, PRESENT, other_pedagogue)
    assert mark(row, PRESENT, pedagogue).version == 2


def test_who_only_says_absent_agrees_with_a_reason(row, pedagogue, other_pedagogue):
    mark(row, ABSENT, other_pedagogue, absence_reason="ill")
    assert mark(row, ABSENT, pedagogue).absence_reason == "ill"


def test_a_row_one_may_not_see_does_not_exist(session, pedagogue):
    row = expect(session, make_person(protected=True), contact=pedagogue)
    with pytest.raises(Attendance.DoesNotExist):
        mark(row, PRESENT, pedagogue)


def test_absence_can_be_told_ahead_but_not_presence(pedagogue):
    session = make_session(held_on=TODAY() + timedelta(days=3))
    row = expect(session, contact=pedagogue)
    with pytest.raises(Refused, match="inte varit än"):
        mark(row, PRESENT, pedagogue)
    assert mark(row, ABSENT, pedagogue, absence_reason="ill").absence_reason == "ill"


def test_nothing_is_marked_on_a_cancelled_session(pedagogue):
    session = make_session(status=SessionStatus.CANCELLED, cancel_reason="snö")
    with pytest.raises(Refused, match="inställt"):
        mark(expect(session, contact=pedagogue), PRESENT, pedagogue)


def test_a_signed_row_asks_for_a_reason_and_breaks_visibly(row, pedagogue):
    row = mark(row, PRESENT, pedagogue)
    attestation = sign(row, pedagogue)
    with pytest.raises(ReasonNeeded, match="deltagaren måste skriva under på nytt"):
        mark(row, PRESENT, pedagogue, hours=Decimal(2))
    row = mark(row, PRESENT, pedagogue, hours=Decimal(2), reason="Gick efter rasten")
    (broken,) = AttestationBreak.objects.all()
    assert row.attestation is None and broken.attestation == attestation
    assert (broken.before, broken.after) == ("närvarande 3 timmar", "närvarande 2 timmar")


def test_a_time_that_leaves_the_hours_alone_leaves_the_signature(row, pedagogue):
    row = mark(row, PRESENT, pedagogue)
    attestation = sign(row, pedagogue)
    row = mark(row, PRESENT, pedagogue, hours=Decimal(3), arrived_at=time(9, 5))
    assert row.attestation == attestation and not AttestationBreak.objects.exists()


def test_the_rest_are_those_expected_whom_one_may_see(session, pedagogue):
    late = expect(session, contact=pedagogue)
    mark(late, PRESENT, pedagogue, arrived_at=time(10))
    away = expect(session, contact=pedagogue, status=ABSENT)
    hidden = expect(session, make_person(protected=True), contact=pedagogue)
    rest = [expect(session, contact=pedagogue) for _ in range(3)]
    assert actions.mark_rest_present(session=session, by=pedagogue) == 3
    now = {row.pk: (row.status, row.hours) for row in Attendance.objects.all()}
    assert now[late.pk] == (PRESENT, 2) and now[away.pk] == (ABSENT, 0)
    assert now[hidden.pk] == (EXPECTED, 0)
    assert all(now[row.pk] == (PRESENT, 3) for row in rest)


def test_a_walk_in_is_there_all_the_time(session, pedagogue):
    person = make_person()
    row = actions.add_walk_in(session=session, participant=person, by=pedagogue)
    assert (row.status, row.hours, row.is_walk_in) == (PRESENT, 3, True)
    assert row.held_on == session.held_on


def test_who_is_expected_is_no_walk_in(row, session, pedagogue):
    row = actions.add_walk_in(session=session, participant=row.participant, by=pedagogue)
    assert (row.status, row.is_walk_in) == (PRESENT, False)
    with pytest.raises(Refused, match="står redan på listan"):
        actions.add_walk_in(session=session, participant=row.participant, by=pedagogue)


def test_closing_names_who_has_no_mark_or_no_reason(session, pedagogue):
    first = expect(session, make_person("Amina", "Ek"), contact=pedagogue)
    second = expect(session, make_person("Bo", "Fors"), contact=pedagogue, status=ABSENT)
    with pytest.raises(NotReady) as refusal:
        actions.close(session=session, by=pedagogue)
    assert refusal.value.rows == [first, second]
    assert str(refusal.value).replace("\N{NO-BREAK SPACE}", " ") == (
        "1 person är inte avprickad: Amina Ek. 1 person är frånvarande utan orsak: Bo Fors."
    )


def test_closing_countersigns_the_digital_signatures(session, pedagogue):
    drawn = sign(present(session, contact=pedagogue), pedagogue)
    paper = sign(present(session, contact=pedagogue), pedagogue, AttestationMethod.PAPER)
    session = actions.close(session=session, by=pedagogue)
    drawn.refresh_from_db()
    paper.refresh_from_db()
    assert session.status == SessionStatus.HELD and session.closed_by == pedagogue
    assert drawn.countersignature.signed_by == pedagogue and paper.countersignature is None
    assert session.steps.get().by == pedagogue


def test_somebody_hidden_does_not_stop_the_closing(session, pedagogue):
    hidden = expect(session, make_person(protected=True), contact=pedagogue)
    actions.close(session=session, by=pedagogue)
    hidden.refresh_from_db()
    assert hidden.status == EXPECTED
    assert not CounterSignature.objects.exists()


def test_a_session_is_closed_once_and_not_ahead(session, pedagogue):
    actions.close(session=session, by=pedagogue)
    with pytest.raises(TransitionError):
        actions.close(session=session, by=pedagogue)
    with pytest.raises(Refused, match="inte varit än"):
        ahead = make_session(held_on=TODAY() + timedelta(days=1))
        actions.close(session=ahead, by=pedagogue)


def test_a_closed_session_is_opened_for_a_reason(session, pedagogue):
    actions.close(session=session, by=pedagogue)
    with pytest.raises(Refused, match="varför"):
        actions.reopen(session=session, reason=" ", by=pedagogue)
    session = actions.reopen(session=session, reason="Glömde en", by=pedagogue)
    assert (session.status, session.closed_at) == (SessionStatus.PLANNED, None)
    assert session.steps.last().note == "Glömde en"


def test_an_imported_session_is_corrected_but_not_opened(pedagogue):
    facts = {"starts_at": None, "ends_at": None, "planned_hours": None, "status": "held"}
    session = make_session(**facts)
    person = make_person()
    enrol(person, contact=pedagogue)
    row = present(session, person, hours=5)
    assert mark(row, PRESENT, pedagogue, hours=Decimal(4)).hours == 4
    with pytest.raises(Refused, match="inläst från fil"):
        actions.reopen(session=session, reason="prov", by=pedagogue)


def test_rows_can_be_corrected_after_closing(row, session, pedagogue):
    row = mark(row, PRESENT, pedagogue)
    actions.close(session=session, by=pedagogue)
    assert mark(row, ABSENT, pedagogue, absence_reason="ill").status == AttendanceStatus.ABSENT
