"""Persons logged are exactly persons shown, for every address there is and every role that has it.

Each person of the world below has a name that nobody else has, so that whoever is shown anywhere
in an answer (page, PDF, workbook, CSV) can be recognised in its text.
"""

import io
from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts import routes as route_table
from casework.models import Activity, Attendance, Session
from core.models import AccessLogEntry
from participants.enums import Area, Flag, Function
from participants.models import Extension, Participant, ParticipantFlag
from referrals import drafts
from referrals.enums import DeclineReason, ReferralStatus
from referrals.models import Referral, ReferringBody
from reports.rows import FIGURES
from tests.cast import assign, enrol, make_person
from tests.security.log_worlds import PARTS

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
NAMES = (
    "Xantippa", "Valdemar", "Ragnfrid", "Osvald", "Petronella", "Kasimir", "Ludmila",
    "Botvid", "Kunigunda", "Isidor", "Apollonia",
)  # fmt: skip
# Pages whose own test covers what they show, since they need more than an address.
ELSEWHERE = {
    "account_login", "account_logout", "account_change_password",
    "core:job_detail", "core:job_retry",  # jobs hold no persons
    "imports:detail", "imports:confirm", "imports:check_again", "imports:discard", "imports:faults",
    "reports:report_detail", "reports:report_file",  # files hold no persons: tests/reports
}.union(*(part.ELSEWHERE for part in PARTS))  # fmt: skip


class World:
    """A few people, each in another situation."""

    def __init__(self, users):
        day = TODAY()
        self.users = users
        ago = lambda days: day - timedelta(days=days)  # noqa: E731  (one word, used as one)
        staff = {"contact": users["pedagogue"], "officer": users["officer"]}
        self.mine = self.person(consent=True, area=Area.ALBY, phone="070-1740605")
        self.enrolment = enrol(self.mine, **staff, planned_end_on=day + timedelta(days=5))
        assign(self.enrolment, Function.COUNSELLOR, users["counsellor"])
        self.other = self.person(consent=["plan"])
        enrol(self.other, contact=users["other_pedagogue"], officer=users["officer"])
        self.hidden = self.person(protected=True)
        enrol(self.hidden, contact=users["pedagogue"])
        self.protected = self.person(protected=True, readers=[users["lead"], users["pedagogue"]])
        enrol(self.protected, **staff)
        self.closed = self.person(created_at=timezone.now() - timedelta(days=900))
        enrol(self.closed, starts_on=ago(400), ended_on=ago(200))
        self.left = self.person()
        self.left_enrolment = enrol(self.left, starts_on=ago(90), ended_on=ago(0))
        self.waiting = self.refer(self.person(), ago(20))
        self.declined = self.refer(
            self.person(), ago(40), status=ReferralStatus.DECLINED, decided_at=timezone.now(),
            decline_reason=DeclineReason.AGE,
        )  # fmt: skip
        self.withdrawn = self.refer(
            self.person(), ago(50), status=ReferralStatus.WITHDRAWN, decided_at=timezone.now()
        )
        self.accepted = self.refer(
            self.mine, ago(70), status=ReferralStatus.ACCEPTED, decided_at=timezone.now(),
            enrolment=self.enrolment,
        )  # fmt: skip
        self.new = self.person()
        self.attend(self.mine, ago(1))
        self.flag = ParticipantFlag.objects.create(
            participant=self.mine, flag=Flag.SIUS, noted_on=ago(9), source="prov"
        )
        self.extension = Extension.objects.create(
            enrolment=self.enrolment, previous_end_on=self.enrolment.planned_end_on,
            new_end_on=day + timedelta(days=60), reason="prov", asked_by=users["pedagogue"],
        )  # fmt: skip
        for part in PARTS:
            part.build(self)

    def person(self, **facts):
        """Create a person whose names nobody else has."""
        first = NAMES[Participant.objects.count()]
        return make_person(first, f"{first[:4]}helmsson", **facts)

    def refer(self, person, day, **facts):
        body = ReferringBody.objects.order_by("pk").first()
        referral = Referral.objects.create(
            participant=person, body=body, referred_on=day, reason="prov", **facts
        )
        referral.steps.create(status=referral.status, by=None, at=timezone.now())
        return referral

    def attend(self, person, day):
        activity = Activity.objects.create(name="Verkstad", kind="group")
        session = Session.objects.create(activity=activity, held_on=day)
        Attendance.objects.create(session=session, participant=person, held_on=day, hours=2)


@pytest.fixture
def world(pedagogue, other_pedagogue, officer, counsellor, lead, administrator, coordinator, sius):
    users = locals()
    return World(users)


def addresses(name: str, world: World, draft, client) -> list[str]:
    """Return what to open of a route: one address for each record that may matter."""
    people = [
        world.mine,
        world.other,
        world.hidden,
        world.protected,
        world.closed,
        world.left,
        world.new,
    ]
    referrals = [world.waiting, world.declined, world.withdrawn, world.accepted]
    of_person = [{"pk": person.pk} for person in people]
    of_referral = [{"pk": referral.pk} for referral in referrals]
    mine = {"pk": world.mine.pk}
    reader = world.protected.protections.get().readers.first()
    special = {
        "participants:flag_end": [mine | {"flag_pk": world.flag.pk}],
        "participants:reader_remove": [{"pk": world.protected.pk, "reader_pk": reader.pk}],
        "participants:consent_withdraw": [mine | {"consent_pk": world.mine.consents.first().pk}],
        "participants:reassign_function": [mine | {"function": "main-contact"}, mine | {"function": "main_contact"}],
        "participants:enrolment_correct": [mine | {"enrolment_pk": world.enrolment.pk}],
        "participants:extension_decide": [mine | {"extension_pk": world.extension.pk}],
        "setting_new": [{"slug": "spar"}],
        "setting_edit": [{"slug": "mal", "pk": 1}],
        "reports:figure_rows": [{"figure": figure} for figure in FIGURES],
        "referrals:draft_who": [{"draft": draft.pk}],
        "referrals:draft_why": [{"draft": draft.pk}],
        "referrals:draft_target": [{"draft": draft.pk}],
        "referrals:draft_discard": [{"draft": draft.pk}],
    }  # fmt: skip
    for part in PARTS:
        special |= part.special(world)
    if name in special:
        return [reverse(name, kwargs=kwargs) for kwargs in special[name]]
    if name == "participants:export":
        return [f"{reverse(name)}?format={form}" for form in ("xlsx", "csv")]
    if name == "participants:search":
        answers = [client.post(reverse(name), {"q": word}) for word in WORDS]
        return [reverse(name), *(each.url for each in answers if each.status_code == 302)]
    try:
        return [reverse(name)]
    except NoReverseMatch:
        some = (
            of_referral if name.startswith("referrals:") and name not in PERSON_KEYED else of_person
        )
        return [reverse(name, kwargs=kwargs) for kwargs in some]


WORDS = ("xantipa", "helmsson", "0701740605")
PERSON_KEYED = {"referrals:participant", "referrals:new_for"}


def text_of(response) -> str:
    """Return everything readable in an answer, whatever its kind."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response["Content-Type"]
    if "pdf" in kind:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if "spreadsheet" in kind:
        book = load_workbook(io.BytesIO(content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    return content.decode()


def signs_of_everybody() -> dict[int, list[str]]:
    """Return what each person can be recognised by."""
    return {
        person.pk: [person.first_name, person.last_name, person.code, person.number]
        + [person.formatted_number]
        for person in Participant.objects.prefetch_related("number_records")
    }


def shown_in(text: str, signs: dict[int, list[str]]) -> set[int]:
    """Return the people whose name, code or number stands in the text."""
    return {pk for pk, words in signs.items() if any(word in text for word in words)}


ROLES = ["lead", "pedagogue", "administrator", "officer", "counsellor", "coordinator", "sius"]


@pytest.mark.parametrize("role", ROLES)
def test_the_persons_logged_are_the_persons_shown(client, world, role):
    user = world.users[role]
    draft = drafts.begin(by=user, participant=world.mine)
    signs = signs_of_everybody()
    client.force_login(user)
    wrong, opened, seen = [], 0, set()
    for route in route_table.routes():
        if route.name in ELSEWHERE:
            continue
        for url in addresses(route.name, world, draft, client):
            before = AccessLogEntry.objects.count()
            response = client.get(url)
            shown = shown_in(text_of(response), signs)
            entries = AccessLogEntry.objects.filter(id__gt=before)
            logged = list(entries.values_list("person_id", flat=True))
            if set(logged) != shown or len(logged) != len(set(logged)):
                wrong.append((url, response.status_code, "shown", shown, "logged", logged))
            opened += response.status_code == 200
            seen |= shown
    assert wrong == []
    assert opened > 3
    visible = set(Participant.objects.visible_to(user).values_list("pk", flat=True))
    assert seen <= visible
    assert world.hidden.pk not in seen


def test_what_one_may_not_see_answers_like_what_does_not_exist(client, world, pedagogue):
    client.force_login(pedagogue)
    wrong = []
    for route in route_table.routes():
        if "<int:pk>" not in route.pattern or not route.name.startswith("participants:"):
            continue
        more = {
            "flag_pk": 1,
            "reader_pk": 1,
            "consent_pk": 1,
            "extension_pk": 1,
            "enrolment_pk": 1,
            "function": "sius",
        }
        kwargs = {name: value for name, value in more.items() if f":{name}>" in route.pattern}
        answers = []
        for pk in (world.hidden.pk, 987654):
            response = client.get(reverse(route.name, kwargs={"pk": pk} | kwargs))
            answers.append((response.status_code, response.content.replace(str(pk).encode(), b"N")))
        if answers[0] != answers[1] or answers[0][0] not in {403, 404, 405}:
            wrong.append((route.name, [status for status, _ in answers]))
    assert wrong == []


def test_every_address_is_opened_here_or_said_to_be_elsewhere(client, world, lead):
    client.force_login(lead)
    names = {route.name for route in route_table.routes()}
    assert names >= ELSEWHERE
    draft = drafts.begin(by=lead, participant=world.mine)
    assert all(addresses(name, world, draft, client) for name in names - ELSEWHERE)
