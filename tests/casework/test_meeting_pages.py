"""The wall, one's own screen and the recap: what each may see, at once, and exactly logged."""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from casework.models import (
    CaseNote,
    ItemState,
    Review,
    ReviewDecision,
    ReviewItem,
    ReviewStatus,
    Task,
)
from casework.review import card, meeting_actions, meeting_events
from casework.review.room import as_the_room
from casework.todo import actions as tasks
from core.models import AccessLogEntry
from participants.models import Consent
from tests.casework.meeting_world import WISHES, Meeting
from tests.cast import give_consent, sign_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BY_ITSELF = HTMX | {"X-By-Itself": "1"}


@pytest.fixture
def meeting(pedagogue, officer, counsellor, lead):
    return Meeting(pedagogue, officer, counsellor, lead)


def url(name, pk):
    return reverse(f"review_meeting:{name}", args=[pk])


def page(client, meeting, name="wall"):
    return client.get(url(name, meeting.review.pk)).content.decode()


def note_about(person, author, audience, text):
    return CaseNote.objects.create(
        participant=person,
        author=author,
        author_authority=author.authority,
        audience=audience,
        restricted_reason="prov" if audience == "restricted" else "",
        happened_at=timezone.now(),
        channel="phone",
        kind="other",
        text=text,
        search_text=text,
    )


def logged_since(before):
    return list(AccessLogEntry.objects.filter(id__gt=before).values_list("person_id", flat=True))


def newest():
    return AccessLogEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def news_of(text):
    return re.search(r"sedan=([0-9-]+)", text).group(1)


# --- the wall -------------------------------------------------------------------------------------


def test_the_card_opens_with_the_young_persons_own_words(client, meeting, pedagogue):
    text = page(sign_in(client, pedagogue), meeting)
    assert "Lova Ekdahl" in text and "1</strong> av 2" in text
    words, since = text.index(WISHES), text.index("Sedan ")
    assert words < since
    assert meeting.lova.number not in text and meeting.lova.formatted_number not in text


def test_in_the_joint_part_only_what_consent_covers_stands_on_the_wall(client, meeting, pedagogue):
    sign_in(client, pedagogue)
    note_about(meeting.lova, pedagogue, "team", "Berättade om skulderna.")
    note_about(meeting.milo, pedagogue, "authority", "Bara för kommunen.")
    note_about(meeting.milo, pedagogue, "restricted", "Det hemliga.")
    text = page(client, meeting)
    assert "Ingen kontakt sedan 2026-11-01" in text
    assert "utan underskrift" not in text and "skulderna" not in text
    meeting.show("milo")
    text = page(client, meeting)
    assert "9 h utan underskrift" in text
    assert "Bara för kommunen" not in text and "hemliga" not in text


def test_in_the_own_part_the_leaders_eyes_are_used_but_restricted_words_never_stand_there(
    client, meeting, pedagogue
):
    note_about(meeting.noor, pedagogue, "restricted", "Det hemliga.")
    meeting.show("noor")
    text = page(sign_in(client, pedagogue), meeting)
    assert "Noor Haddad" in text and "9 h utan underskrift" in text
    assert "hemliga" not in text


def test_a_consent_withdrawn_while_the_card_is_shown_takes_it_away_by_itself(
    client, meeting, pedagogue
):
    sign_in(client, pedagogue)
    news = news_of(page(client, meeting))
    Consent.objects.filter(participant=meeting.lova).update(
        withdrawn_at=timezone.now(), withdrawn_by=pedagogue
    )
    address = f"{url('wall', meeting.review.pk)}?sedan={news}"
    before = newest()
    answer = client.get(address, headers=BY_ITSELF)
    text = answer.content.decode()
    assert answer.status_code == 200 and "visas inte här längre" in text
    assert "Lova" not in text and logged_since(before) == []


def test_nobody_protected_is_told_of_on_the_wall_also_to_those_on_the_list(client, meeting, lead):
    text = page(sign_in(client, lead), meeting)
    assert meeting.ossian.code not in text and "enskilt" not in text
    own = page(client, meeting, "follow")
    assert meeting.ossian.code in own and "Tas upp enskilt" in own
    assert "Ossian" not in own


def test_the_break_says_who_goes_out_and_is_left_by_its_own_button(client, meeting, pedagogue):
    sign_in(client, pedagogue)
    meeting.review.refresh_from_db()
    go = url("go", meeting.review.pk)
    for _ in range(2):
        shown = Review.objects.get(pk=meeting.review.pk).current_id
        client.post(go, {"way": "on", "shown": shown or ""})
    text = page(client, meeting)
    assert "Nu går Arbetsförmedlingens personal ut" in text and "Noor" not in text
    client.post(go, {"way": "on", "shown": ""})
    assert "Nu går Arbetsförmedlingens personal ut" in page(client, meeting)
    client.post(go, {"way": "they_left", "shown": ""})
    assert "Noor Haddad" in page(client, meeting)


def test_what_was_decided_last_time_whether_it_happened_and_whether_it_helped(
    client, meeting, pedagogue
):
    sign_in(client, pedagogue)
    decision = meeting.earlier(meeting.lova)
    Consent.objects.update(given_on=timezone.localdate() - timedelta(days=90))
    text = page(client, meeting)
    # What was never done can't have helped: nobody is asked.
    assert "Inte gjort, skulle varit klart" in text and "<span>Hjälpte det?</span>" not in text
    tasks.finish(task=decision.task, by=pedagogue, outcome="De ringer upp")
    text = page(client, meeting)
    assert "De ringer upp" in text and "<span>Hjälpte det?</span>" in text
    answer = client.post(
        url("helped", decision.pk), {"helped": "partly", "place": "wall"}, follow=True
    )
    assert "Delvis" in answer.content.decode()
    decision.refresh_from_db()
    assert decision.helped == "partly"


def test_what_the_municipality_decided_by_itself_does_not_stand_on_the_wall_afterwards(
    client, meeting, pedagogue
):
    meeting.earlier(meeting.lova, "Tala om skulderna")
    Consent.objects.update(given_on=timezone.localdate() - timedelta(days=1))
    sign_in(client, pedagogue)
    assert "Förra gången" not in page(client, meeting)
    assert "Förra gången" in page(client, meeting, "follow")


# --- deciding -------------------------------------------------------------------------------------


def test_a_decision_is_there_at_once_and_a_resend_makes_no_second(client, meeting, pedagogue):
    sign_in(client, pedagogue)
    address = url("decide", meeting.items["lova"].pk)
    data = {"line": "Ring Försäkringskassan i morgon", "place": "wall", "once_key": "k" * 32}
    answer = client.post(address, data, headers=HTMX, follow=True)
    text = answer.content.decode()
    assert "<html" not in text and "Ring Försäkringskassan" in text and 'id="gora"' in text
    client.post(address, data, headers=HTMX)
    assert ReviewDecision.objects.count() == Task.objects.count() == 1


def test_a_question_keeps_what_was_written_and_a_choice_answers_it(
    client, meeting, pedagogue, other_pedagogue
):
    other_pedagogue.first_name = "Anna"
    other_pedagogue.save()
    sign_in(client, pedagogue)
    address = url("decide", meeting.items["lova"].pk)
    answer = client.post(address, {"line": "ring @Anna i morgon", "place": "wall"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Vilken ”Anna” menar du?" in text
    assert 'value="ring @Anna i morgon"' in text
    client.post(address, {"line": "x", "choice": "ring @Anna Dahl i morgon", "place": "wall"})
    assert ReviewDecision.objects.get().user == other_pedagogue


def test_the_line_is_read_while_it_is_written_and_nothing_is_kept(client, meeting, pedagogue):
    sign_in(client, pedagogue)
    before = newest()
    answer = client.post(url("preview", meeting.items["lova"].pk), {"line": "ring 2026-12-24"})
    text = answer.content.decode()
    assert "Anna Berg" in text and "torsdag 24 december 2026" in text
    assert logged_since(before) == [] and not Task.objects.exists()


def test_an_empty_line_marks_through_and_goes_on(client, meeting, pedagogue):
    sign_in(client, pedagogue)
    address = url("decide", meeting.items["lova"].pk)
    answer = client.post(address, {"line": " ", "place": "wall"}, follow=True)
    assert "Milo Lind" in answer.content.decode()
    assert ReviewItem.objects.get(pk=meeting.items["lova"].pk).state == ItemState.DISCUSSED


def test_everything_can_be_done_by_buttons_without_javascript(client, meeting, pedagogue):
    sign_in(client, pedagogue)
    item = meeting.items["lova"]
    wall = {"place": "wall"}
    client.post(url("write", item.pk), wall | {"note": "Trött.", "before": ""})
    assert "Trött." in page(client, meeting)
    client.post(url("postpone", item.pk), wall | {"reason": "Mamman är med nästa gång"})
    assert "Milo Lind" in page(client, meeting)
    client.post(url("resume", item.pk), wall)
    assert ReviewItem.objects.get(pk=item.pk).state == ItemState.WAITING
    client.post(url("decide", item.pk), wall | {"line": "Ring"})
    client.post(url("take_back", ReviewDecision.objects.get().pk), wall)
    assert ReviewDecision.objects.get().taken_back_at
    client.post(url("unmark", item.pk), wall)
    answer = client.post(url("close", meeting.review.pk), follow=True)
    assert "Vad vi bestämde" in answer.content.decode()


def test_a_refusal_stands_where_it_was_done(client, meeting, pedagogue):
    sign_in(client, pedagogue)
    meeting.show("noor")
    answer = client.post(
        url("decide", meeting.items["noor"].pk), {"line": "Möte @Britta", "place": "wall"}
    )
    assert answer.status_code == 422 and "samtycke saknas" in answer.content.decode()
    answer = client.post(url("postpone", meeting.items["noor"].pk), {"place": "wall"})
    assert answer.status_code == 422 and "Skriv varför" in answer.content.decode()


def test_a_question_about_somebody_who_is_no_longer_shown_names_them_only_on_ones_own_screen(
    client, meeting, pedagogue
):
    sign_in(client, pedagogue)
    meeting.show("milo")
    address = url("decide", meeting.items["noor"].pk)
    before = newest()
    text = client.post(address, {"line": "ring @Kalle", "place": "wall"}).content.decode()
    assert "Noor" not in text and "den som visades nyss" in text and "ring @Kalle" in text
    assert logged_since(before) == [meeting.milo.pk]
    before = newest()
    text = client.post(address, {"line": "ring @Kalle", "place": "follow"}).content.decode()
    assert "Beslut om <span data-name>Noor Haddad" in text
    assert sorted(logged_since(before)) == sorted([meeting.milo.pk, meeting.noor.pk])


# --- following ------------------------------------------------------------------------------------


def test_followers_see_the_same_card_and_each_change_within_a_poll(client, meeting, officer):
    sign_in(client, officer)
    text = page(client, meeting, "follow")
    assert "Lova Ekdahl" in text
    address = f"{url('follow', meeting.review.pk)}?sedan={news_of(text)}"
    before = newest()
    assert client.get(address, headers=BY_ITSELF).status_code == 204
    assert logged_since(before) == []
    meeting.show("milo")
    answer = client.get(address, headers=BY_ITSELF)
    assert "Milo Lind" in answer.content.decode()
    assert logged_since(before) == [meeting.milo.pk]


def test_staff_of_arbetsformedlingen_see_nothing_of_the_own_part(client, meeting, officer):
    sign_in(client, officer)
    meeting.show("noor")
    text = page(client, meeting, "follow")
    assert "bara för kommunens personal" in text and "Noor" not in text
    assert "scene__count" not in text
    for name in ("item", "decide", "preview"):
        address = url(name, meeting.items["noor"].pk)
        answer = client.get(address) if name == "item" else client.post(address, {"line": "x"})
        assert answer.status_code == 404


def test_who_may_not_see_the_one_who_is_shown_is_told_so(client, meeting, counsellor):
    sign_in(client, counsellor)
    before = newest()
    text = page(client, meeting, "follow")
    assert "inte på din skärm" in text and "Lova" not in text
    assert logged_since(before) == []
    meeting.show("milo")
    text = page(client, meeting, "follow")
    assert "Milo Lind" in text and "1</strong> av 1" in text


def test_a_follower_may_write_a_decision_about_the_one_it_was_written_for(client, meeting, officer):
    sign_in(client, officer)
    meeting.show("milo")
    address = url("decide", meeting.items["lova"].pk)
    data = {"line": "Ring @Anna", "place": "follow"}
    answer = client.post(address, data, headers=HTMX, follow=True)
    assert "Milo Lind" in answer.content.decode()
    decision = ReviewDecision.objects.get()
    assert (decision.item, decision.decided_by) == (meeting.items["lova"], officer)


def test_who_talks_in_private_has_a_page_of_their_own(client, meeting, lead):
    sign_in(client, lead)
    item = meeting.items["ossian"]
    text = client.get(url("item", item.pk)).content.decode()
    assert meeting.ossian.code in text and "Hemlig" not in text
    client.post(url("mark", item.pk), {"place": "item"})
    item.refresh_from_db()
    assert item.state == ItemState.DISCUSSED


def test_a_poll_costs_two_queries_beside_those_of_every_request(
    client, meeting, officer, django_assert_max_num_queries
):
    sign_in(client, officer)
    text = page(client, meeting, "follow")
    address = f"{url('follow', meeting.review.pk)}?sedan={news_of(text)}"
    with django_assert_max_num_queries(7):
        assert client.get(address, headers=BY_ITSELF).status_code == 204


def test_a_card_costs_the_same_whatever_the_agenda_holds(
    meeting, pedagogue, django_assert_max_num_queries
):
    eyes = as_the_room(pedagogue)
    assert eyes.roles and eyes.needs_consent
    for days in (7, 14, 21):
        meeting.earlier(meeting.milo, days=days)
    for _ in range(20):
        note_about(meeting.milo, pedagogue, "team", "Pratade.")
    with django_assert_max_num_queries(75):
        shown = card.load(meeting.items["milo"].pk, meeting.review, eyes)
    assert len(shown.events) == card.EVENTS and shown.more_events


# --- who may --------------------------------------------------------------------------------------


def test_only_leaders_have_the_wall_and_administrators_nothing(
    client, meeting, officer, administrator
):
    for user, follow in ((officer, 200), (administrator, 403)):
        sign_in(client, user)
        assert client.get(url("wall", meeting.review.pk)).status_code == 403
        assert client.get(url("start", meeting.review.pk)).status_code == 403
        assert client.post(url("go", meeting.review.pk), {"way": "on"}).status_code == 403
        assert client.post(url("mark", meeting.items["lova"].pk)).status_code == 403
        assert client.get(url("follow", meeting.review.pk)).status_code == follow


def test_a_meeting_is_begun_from_the_page_that_asks_who_is_here(
    client, pedagogue, officer, lead, counsellor
):
    meeting = Meeting(pedagogue, officer, counsellor, lead, start=False)
    sign_in(client, pedagogue)
    answer = client.get(url("wall", meeting.review.pk))
    assert answer.url == url("start", meeting.review.pk)
    assert "Britta Falk" in client.get(answer.url).content.decode()
    answer = client.post(answer.url, {"here": [pedagogue.pk]}, follow=True)
    text = answer.content.decode()
    assert Review.objects.get().status == ReviewStatus.RUNNING
    assert "Saknas i rummet" in text and "Britta Falk (arbetsförmedlare)" in text


# --- afterwards -----------------------------------------------------------------------------------


@pytest.fixture
def ended(meeting):
    """A meeting where something was decided about everybody, and Milo was put off."""
    for name in ("lova", "noor"):
        item = meeting.show(name)
        client_line(meeting, item, f"Ring hem till {name}")
    meeting_actions.postpone(item=meeting.items["milo"], reason="Sjuk", by=meeting.by)
    meeting_actions.close(review=meeting.review, by=meeting.by)
    return meeting


def client_line(meeting, item, text):
    from casework.review.lines import Colleague, Line

    who = Colleague(meeting.by.pk, meeting.by.first_name, meeting.by.last_name)
    due = timezone.localdate() + timedelta(days=3)
    meeting_actions.decide(item=item, line=Line(text, due, who), by=meeting.by)


def test_the_recap_says_what_was_decided_and_who_does_it(client, ended, pedagogue):
    sign_in(client, pedagogue)
    before = newest()
    text = page(client, ended, "recap")
    for words in ("Lova Ekdahl", "Ring hem till lova", "Noor Haddad", "Det här gör du", "Uppskjutna", "Sjuk"):  # fmt: skip
        assert words in text
    assert "Ossian" not in text and ended.ossian.code not in text
    people = {ended.lova.pk, ended.milo.pk, ended.noor.pk}
    assert set(logged_since(before)) == people and len(logged_since(before)) == 3


def test_who_was_talked_about_in_private_is_on_a_page_of_its_own(client, ended, lead, pedagogue):
    sign_in(client, lead)
    assert ended.ossian.code not in page(client, ended, "recap")
    address = f"{url('recap', ended.review.pk)}?del=enskilt"
    text = client.get(address).content.decode()
    assert ended.ossian.code in text and "Lova" not in text
    sign_in(client, pedagogue)
    assert ended.ossian.code not in client.get(address).content.decode()


def test_staff_of_arbetsformedlingen_hear_of_the_break_only_when_there_is_one(
    client, meeting, officer, pedagogue
):
    sign_in(client, officer)
    meeting.review.refresh_from_db()
    meeting_actions._show(meeting.review, None)
    assert "Nu går Arbetsförmedlingens personal ut" in page(client, meeting, "follow")
    meeting_actions.postpone(item=meeting.items["noor"], reason="Sjuk", by=pedagogue)
    assert "personal ut" not in page(client, meeting, "follow")


def test_staff_of_arbetsformedlingen_read_the_joint_part_only(client, ended, officer):
    sign_in(client, officer)
    text = page(client, ended, "recap")
    assert "Lova Ekdahl" in text and "Noor" not in text
    give_consent(ended.noor, ["plan"], on=timezone.localdate())
    ReviewItem.objects.filter(participant=ended.noor).update(
        discussed_at=timezone.now() - timedelta(days=2)
    )
    assert "Noor" not in page(client, ended, "recap")
    assert meeting_events.events(ended.noor, officer) == []


def test_the_timeline_tells_what_was_decided_to_those_who_may_know(ended, pedagogue, officer):
    for user in (pedagogue, officer):
        (event,) = meeting_events.events(ended.lova, user)
        assert "Ring hem till lova (Anna Berg" in event.text
    assert len(meeting_events.events(ended.noor, pedagogue)) == 1
    assert meeting_events.events(ended.noor, officer) == []


def text_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_the_protocol_has_a_part_that_both_authorities_may_read(client, ended, pedagogue, officer):
    sign_in(client, pedagogue)
    address = url("protocol", ended.review.pk)
    before = newest()
    joint = " ".join(text_of(client.get(address)))
    assert "Lova Ekdahl" in joint and "Noor" not in joint and "utan underskrift" not in joint
    assert set(logged_since(before)) == {ended.lova.pk, ended.milo.pk}
    pages = text_of(client.get(f"{address}?del=allt"))
    own = next(page for page in pages if "Noor Haddad" in page)
    assert "Bara kommunen" in own and "Lova" not in own
    assert "Noor" in " ".join(text_of(client.get(f"{address}?del=kommunen")))
    sign_in(client, officer)
    assert "Noor" not in " ".join(text_of(client.get(f"{address}?del=kommunen")))


def test_the_recap_costs_the_same_for_any_number(ended, pedagogue, django_assert_num_queries):
    from casework.review import recap
    from tests.cast import make_person

    user = type(pedagogue).objects.get(pk=pedagogue.pk)
    assert user.roles
    with django_assert_num_queries(11):
        recap.load(ended.review, user)
    for number in range(8):
        ended.put(make_person(consent=True), 10 + number)
    with django_assert_num_queries(11):
        recap.load(ended.review, user)
