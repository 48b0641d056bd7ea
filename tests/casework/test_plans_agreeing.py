"""All agree to what they were shown, each in their own way; then it holds, once, and the one before is replaced."""

import io
from datetime import timedelta
from secrets import token_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from casework.models import (
    AgreementMethod,
    Party,
    PlanAgreement,
    PlanningMeeting,
    PlanPaperPage,
    PlanStatus,
    PlanStep,
    PlanVersion,
    SigningLink,
    Task,
    TaskStatus,
)
from casework.plans import steps, versions
from casework.signing import links
from casework.todo import actions as todo
from core import gateway, jobs
from core.errors import Refused
from core.models import AccessLogEntry
from participants.models import Consent
from tests.casework.plans_world import (
    STROKES,
    WISHES,
    agree_all,
    agreed,
    lay_table,
    person_with_staff,
    put_forward,
    today,
    write,
)
from tests.cast import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def alva(pedagogue, officer):
    return person_with_staff(pedagogue, officer, phone="070-174 06 05")


@pytest.fixture
def version(alva, pedagogue):
    lay_table(alva[1], pedagogue)
    return put_forward(alva[1], pedagogue)


def address(version, name, *args):
    return reverse(f"plans:{name}", args=[version.plan.enrolment.participant_id, *args])


def say_yes(version, party, by, **facts):
    facts = {"method": AgreementMethod.DRAWN, "shown_sha256": version.sha256} | facts
    return versions.agree(version=version, party=party, by=by, **facts)


def picture(kind="PNG"):
    content = io.BytesIO()
    Image.frombytes("RGB", (60, 80), token_bytes(60 * 80 * 3)).save(content, kind)
    return SimpleUploadedFile("papper.png", content.getvalue(), "image/png")


def test_with_consent_three_agree_and_without_it_two(version, pedagogue, officer):
    assert version.parties == ["participant", "pedagogue", "officer"]
    _, enrolment = person_with_staff(pedagogue, officer, consent=())
    lay_table(enrolment, pedagogue)
    assert put_forward(enrolment, pedagogue).parties == ["participant", "pedagogue"]


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (lambda enrolment, user: write(enrolment, user, text__wishes="Ord"), "minst ett mål"),
        (lambda enrolment, user: agreed(enrolment, user), "densamma som den som redan gäller"),
        (
            lambda enrolment, user: (lay_table(enrolment, user), put_forward(enrolment, user)),
            "väntar redan",
        ),
    ],
)
def test_a_plan_is_put_forward_when_there_is_something_to_agree_to(
    alva, pedagogue, before, sentence
):
    before(alva[1], pedagogue)
    with pytest.raises(Refused, match=sentence):
        put_forward(alva[1], pedagogue)


def test_words_of_two_are_chosen_between_first(alva, pedagogue, officer):
    lay_table(alva[1], pedagogue)
    write(alva[1], officer, text__wishes="Något annat")
    with pytest.raises(Refused, match="Två har skrivit"):
        put_forward(alva[1], pedagogue)


def test_done_together_records_the_meeting_of_the_day_once(client, alva, pedagogue):
    lay_table(alva[1], pedagogue)
    form = {"review_on": today() + timedelta(weeks=6), "met_today": "on"}
    page = reverse("plans:propose", args=[alva[0].pk])
    answer = sign_in(client, pedagogue).post(page, form)
    assert answer.url == reverse("plans:proposal", args=[alva[0].pk])
    assert PlanVersion.objects.get().meeting == PlanningMeeting.objects.get()


def test_when_the_last_has_agreed_the_plan_holds(version, pedagogue):
    for party in version.parties:
        version.refresh_from_db()
        assert version.status == PlanStatus.PROPOSED
        say_yes(version, party, pedagogue)
    version.refresh_from_db()
    version.plan.refresh_from_db()
    assert version.status == PlanStatus.AGREED and version.agreed_at
    assert version.plan.review_on == version.review_on


def test_the_next_version_replaces_the_one_before(alva, version, pedagogue):
    agree_all(version, pedagogue)
    write(alva[1], pedagogue, text__needs="Ett körkort")
    second = agree_all(put_forward(alva[1], pedagogue), pedagogue)
    version.refresh_from_db()
    assert (version.status, second.status, second.number) == ("replaced", "agreed", 2)


def test_said_twice_is_agreed_once_also_after_it_holds(version, pedagogue):
    agree_all(version, pedagogue)
    again = say_yes(version, Party.PARTICIPANT, pedagogue)
    assert PlanAgreement.objects.count() == 3 and again.pk
    version.refresh_from_db()
    assert version.status == PlanStatus.AGREED


def test_what_was_not_shown_is_not_agreed_to(client, version, pedagogue):
    for shown in ("", "0" * 64):
        answer = sign_in(client, pedagogue).post(address(version, "agree"), {"shown": shown})
        assert answer.status_code == 409 and "Läs den som den är nu" in answer.content.decode()
    versions.withdraw(version=version, by=pedagogue)
    with pytest.raises(versions.ProposalChanged):
        say_yes(version, Party.PEDAGOGUE, pedagogue)
    assert not PlanAgreement.objects.exists()


def test_a_page_left_open_agrees_to_nothing_when_the_proposal_is_another(
    client, alva, version, pedagogue
):
    old = version.sha256
    versions.withdraw(version=version, by=pedagogue)
    write(alva[1], pedagogue, text__needs="Mer")
    put_forward(alva[1], pedagogue)
    answer = sign_in(client, pedagogue).post(address(version, "agree"), {"shown": old})
    assert answer.status_code == 409 and not PlanAgreement.objects.exists()


def test_staff_agree_with_one_click_each_for_themselves(version, pedagogue, officer, lead):
    one, other, third = (sign_in(Client(), user) for user in (pedagogue, officer, lead))
    form = {"shown": version.sha256}
    assert one.post(address(version, "agree"), form).status_code == 302
    assert other.post(address(version, "agree"), form).status_code == 302
    assert third.post(address(version, "agree"), form).status_code == 422
    found = PlanAgreement.objects.order_by("pk").values_list("party", "user", "method")
    assert list(found) == [
        ("pedagogue", pedagogue.pk, "account"),
        ("officer", officer.pk, "account"),
    ]


def test_the_participant_draws_on_the_screen_in_a_language_of_theirs(client, version, pedagogue):
    page = address(version, "sign", "participant")
    shown = sign_in(client, pedagogue).get(f"{page}?sprak=so").content.decode()
    assert WISHES in shown and "Qorshahayga" in shown
    empty = client.post(page, {"shown": version.sha256, "strokes": ""})
    assert empty.status_code == 422 and not PlanAgreement.objects.exists()
    form = {"shown": version.sha256, "strokes": str(STROKES).replace("'", '"')}
    answer = client.post(f"{page}?sprak=so", form)
    thanks = client.get(answer.url).content.decode()
    assert "Mahadsanid" in thanks and "huvudkontakten" in thanks
    agreement = PlanAgreement.objects.get()
    assert (agreement.user, agreement.recorded_by, agreement.language) == (None, pedagogue, "so")
    assert agreement.strokes == STROKES and agreement.text.startswith("Waan")


def test_a_link_shows_the_plan_without_a_name_and_is_spent_once(version, pedagogue):
    person = version.plan.enrolment.participant
    made = links.make_qr(participant=person, by=pedagogue, language="en", plan_version=version)
    phone, url = Client(), f"/u/{made.token}/"
    page = phone.get(url).content.decode()
    assert WISHES in page and "I agree with the plan" in page
    assert all(word not in page for word in ("Alva", "Planlund", person.code, person.number))
    answers = [phone.post(url, {"shown": version.sha256}) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert "You agree with the plan" in answers[1].content.decode()
    agreement = PlanAgreement.objects.get()
    assert (agreement.method, agreement.link, agreement.recorded_by) == ("link", made.link, None)
    assert phone.get(url).status_code == 410


def test_a_link_to_a_proposal_that_was_taken_back_opens_nothing(version, pedagogue):
    person = version.plan.enrolment.participant
    made = links.make_qr(participant=person, by=pedagogue, plan_version=version)
    versions.withdraw(version=version, by=pedagogue)
    assert Client().get(f"/u/{made.token}/").status_code == 410
    answer = Client().post(f"/u/{made.token}/", {"shown": version.sha256})
    assert answer.status_code == 410 and not PlanAgreement.objects.exists()


def test_what_is_wrong_reaches_the_proposal_and_not_the_list_of_hours(client, version, pedagogue):
    person = version.plan.enrolment.participant
    made = links.make_qr(participant=person, by=pedagogue, plan_version=version)
    Client().post(f"/u/{made.token}/", {"wrong": "1", "text": "Jag vill inte ringa."})
    page = sign_in(client, pedagogue).get(address(version, "proposal")).content.decode()
    assert "Jag vill inte ringa." in page and "Något stämmer inte" in page
    assert "Jag vill inte ringa." not in client.get(reverse("signing:missing")).content.decode()
    assert "något inte stämmer i planen" in client.get(person.get_absolute_url()).content.decode()
    answer = client.post(reverse("signing:objection_seen", args=[made.link.pk]))
    assert answer.url == address(version, "proposal")


def test_a_link_is_sent_by_its_job_in_plain_words_without_a_name(client, version, pedagogue):
    gateway.outbox.clear()
    form = {"satt": "sms", "sprak": "en"}
    assert sign_in(client, pedagogue).post(address(version, "send"), form).status_code == 302
    jobs.run(SigningLink.objects.get().job_id)
    (sms,) = gateway.outbox
    assert "your plan" in sms.text and "/u/" in sms.text and "Alva" not in sms.text
    assert client.post(address(version, "send"), form).status_code == 422


def test_the_plan_comes_back_on_paper_and_somebody_says_who_signed(client, version, pedagogue):
    page = address(version, "paper")
    form = {"files": [picture()], "signed": ["participant", "pedagogue"], "shown": version.sha256}
    answer = sign_in(client, pedagogue).post(page, form)
    assert answer.status_code == 302
    found = PlanAgreement.objects.values_list("party", "method").order_by("pk")
    assert list(found) == [("participant", "paper"), ("pedagogue", "paper")]
    paper = PlanPaperPage.objects.get().paper
    shown = client.get(address(version, "paper_picture", paper.pk, 1))
    assert shown["Content-Type"] == "image/jpeg" and shown.content.startswith(b"\xff\xd8\xff")
    assert AccessLogEntry.objects.filter(what="plans:paper_picture").count() == 1


@pytest.mark.parametrize("content", [b"MZ not a picture", b"%PDF-1.7 cut short"])
def test_a_file_that_is_no_paper_is_refused_and_nothing_is_kept(
    client, version, pedagogue, content
):
    file = SimpleUploadedFile("papper.pdf", content, "application/pdf")
    form = {"files": [file], "signed": ["participant"], "shown": version.sha256}
    answer = sign_in(client, pedagogue).post(address(version, "paper"), form)
    assert answer.status_code == 422
    assert not PlanAgreement.objects.exists() and not PlanPaperPage.objects.exists()


def test_a_withdrawn_consent_is_told_of_where_it_stops_the_officer(
    client, version, pedagogue, officer
):
    now = timezone.now()
    Consent.objects.update(withdrawn_at=now, withdrawn_by=pedagogue)
    page = sign_in(client, pedagogue).get(address(version, "proposal")).content.decode()
    assert "Samtycket till Arbetsförmedlingen gäller inte längre" in page
    assert sign_in(Client(), officer).get(address(version, "proposal")).status_code == 404


def test_our_steps_become_tasks_when_all_have_agreed(alva, pedagogue):
    _, enrolment = alva
    _, step = lay_table(enrolment, pedagogue, who=f"user:{pedagogue.pk}", due_on="2027-01-11")
    proposed = put_forward(enrolment, pedagogue)
    assert not Task.objects.exists()
    agree_all(proposed, pedagogue)
    task = Task.objects.get()
    assert (str(task.step_id), task.assigned_to, f"{task.due_on}") == (
        step,
        pedagogue,
        "2027-01-11",
    )
    assert task.key == f"step:{step}"


def test_ticking_a_step_finishes_its_task_and_makes_no_version(client, alva, pedagogue):
    held = agreed(alva[1], pedagogue, who=f"user:{pedagogue.pk}")
    step = PlanStep.objects.get()
    page = address(held, "tick", step.pk)
    sign_in(client, pedagogue).post(page, {"done": "1", "outcome": "De ringer upp"})
    step.refresh_from_db()
    assert (step.done_on, step.done_by, step.outcome) == (today(), pedagogue, "De ringer upp")
    assert Task.objects.get().status == TaskStatus.DONE and PlanVersion.objects.count() == 1
    client.post(page)
    step.refresh_from_db()
    assert step.done_on is None


def test_a_finished_task_suggests_that_the_step_is_done(client, alva, pedagogue):
    held = agreed(alva[1], pedagogue, who=f"user:{pedagogue.pk}")
    todo.finish(task=Task.objects.get(), by=pedagogue, outcome="Ringde i går")
    page = sign_in(client, pedagogue).get(address(held, "plan")).content.decode()
    assert "Uppgiften är klar: Ringde i går" in page


def test_a_step_that_is_not_in_the_plan_is_not_ticked(alva, pedagogue):
    held = agreed(alva[1], pedagogue)
    _, other = lay_table(alva[1], pedagogue)
    with pytest.raises(Refused, match="finns inte i planen"):
        steps.tick(version=held, step_id=other, by=pedagogue, done=True)


def test_the_tab_tells_what_is_not_agreed_yet_and_the_version_what_changed(client, alva, pedagogue):
    held = agreed(alva[1], pedagogue)
    sign_in(client, pedagogue)
    assert "inte är överenskomna" not in client.get(address(held, "plan")).content.decode()
    write(alva[1], pedagogue, text__wishes=("Jag vill jobba med båtar.", WISHES))
    page = client.get(address(held, "plan")).content.decode()
    assert "inte är överenskomna" in page and "båtar." in page
    second = agree_all(put_forward(alva[1], pedagogue), pedagogue)
    page = client.get(address(second, "version", 2)).content.decode()
    assert "Ändrad text" in page and "Borttaget: </span>bilar." in page


def test_the_coordinator_reads_and_changes_nothing(client, alva, coordinator, pedagogue):
    held = agreed(alva[1], pedagogue)
    sign_in(client, coordinator)
    page = client.get(address(held, "plan"))
    assert page.status_code == 200 and "Planera tillsammans" not in page.content.decode()
    assert client.get(address(held, "version", 1)).status_code == 200
    assert client.get(address(held, "proposal")).status_code == 403
    assert client.post(address(held, "tick", PlanStep.objects.get().pk)).status_code == 403


def test_the_paper_is_for_the_young_person(client, version, pedagogue):
    pedagogue.phone = "08-465 004 12"
    pedagogue.save()
    answer = sign_in(client, pedagogue).get(address(version, "print"))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1 and WISHES in text and "08-465 004 12" in text
    person = version.plan.enrolment.participant
    assert person.formatted_number not in text and person.number not in text
    assert AccessLogEntry.objects.filter(action="printed", person_id=person.pk).count() == 1
