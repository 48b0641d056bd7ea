from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from core.models import AccessLogEntry
from referrals import actions, letters
from referrals.models import ReferringBody
from tests.cast import make_person, sign_in
from tests.referrals.conftest import make_referral

pytestmark = pytest.mark.django_db


def text_of(letter) -> str:
    return "\n".join([*letter.addressee, letter.reference, letter.about, *letter.paragraphs])


def declined_for(person, lead, reason):
    referral = make_referral(person, referrer_reference="AF-77")
    return actions.decline(
        referral=referral, reason=reason, sent_instead_to="Komvux", note="Internt", by=lead
    )


def test_the_receipt_names_the_person_by_name_and_birth_date_only(referral):
    person = referral.participant

    text = text_of(letters.receipt(referral))

    assert f"{person.full_name}, född {person.birth_date}" in text
    assert person.number not in text
    assert person.formatted_number not in text


def test_an_accepting_answer_tells_the_first_day(referral, pedagogue):
    accepted = actions.accept(
        referral=referral, starts_on=date(2026, 3, 9), main_contact=pedagogue, by=pedagogue
    )

    text = text_of(letters.answer(accepted))

    assert "säger ja" in text
    assert "2026-03-09" in text


def test_a_declining_answer_tells_where_the_person_was_sent_and_never_the_note(lead):
    text = text_of(letters.answer(declined_for(make_person(), lead, "no_place")))

    assert "hänvisad till Komvux" in text
    assert "Skäl: ingen plats." in text
    assert "Internt" not in text


def test_a_reason_about_the_person_is_not_told(lead):
    text = text_of(letters.answer(declined_for(make_person(), lead, "does_not_want")))

    assert "Vill inte delta".lower() not in text.lower()


def test_a_parent_is_told_no_but_neither_why_nor_where(lead):
    referral = make_referral(body=ReferringBody.objects.get(source="foralder"))
    actions.decline(referral=referral, reason="no_place", sent_instead_to="Komvux", by=lead)
    referral.refresh_from_db()

    text = text_of(letters.answer(referral))

    assert "kan inte ta emot" in text
    assert "Komvux" not in text
    assert "Skäl" not in text


def test_of_a_protected_person_only_code_and_reference_leave_the_house(lead):
    person = make_person("Hemliga", "Namnet", protected=True, readers=[lead], street="Gömvägen 1")

    text = text_of(letters.answer(declined_for(person, lead, "no_place")))

    assert person.code in text
    assert "AF-77" in text
    for secret in ("Hemliga", "Namnet", str(person.birth_date), "Komvux", "Gömvägen"):
        assert secret not in text


def test_an_open_referral_has_no_answer(client, pedagogue, referral):
    with pytest.raises(ValueError, match="no answer"):
        letters.answer(referral)

    page = sign_in(client, pedagogue).get(reverse("referrals:answer", args=[referral.pk]))
    assert page.headers["Location"] == referral.get_absolute_url()


@pytest.mark.parametrize("kind", ["receipt", "answer"])
def test_a_letter_is_a_pdf_without_a_name_outside_and_leaves_a_line_in_the_log(
    client, lead, declined, kind
):
    person = declined.participant

    answer = sign_in(client, lead).get(reverse(f"referrals:{kind}", args=[declined.pk]))

    pdf = PdfReader(BytesIO(answer.content))
    assert person.full_name in pdf.pages[0].extract_text()
    assert person.full_name not in answer["Content-Disposition"] + pdf.metadata.title
    printed = AccessLogEntry.objects.filter(action="printed")
    assert list(printed.values_list("person_id", flat=True)) == [person.pk]


def test_a_role_that_only_sees_referrals_prints_nothing(client, officer, referral):
    url = reverse("referrals:receipt", args=[referral.pk])

    assert sign_in(client, officer).get(url).status_code == 403
