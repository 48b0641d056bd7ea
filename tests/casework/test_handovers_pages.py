"""The pages of handing over, by role: dealing out, looking it over, reading, and who sees what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.handovers import actions
from casework.handovers.caseload import Terms, held_by
from casework.models import CaseloadMove, Handover, MoveKind, NoteDraft
from casework.todo.actions import create_task
from core.models import AccessLogEntry
from participants.models import Enrolment
from tests.cast import enrol, give_consent, make_person, make_user, protect

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def day(offset=0):
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def people(pedagogue):
    found = [make_person(name, "Ekdal") for name in ("Alma", "Bodil", "Cleo")]
    for person in found:
        enrol(person, contact=pedagogue)
    return found


def deal_url(giver, kind="leave"):
    rest = f"till={day(6)}" if kind == "leave" else "laser=30"
    return f"{reverse('handovers:deal', args=[giver.pk])}?hur={kind}&fran={day()}&{rest}"


def choices(giver, by, user, kind="leave"):
    terms = Terms(MoveKind(kind), day(), day(6) if kind == "leave" else None)
    return {f"to-{each.assignment.pk}": user.pk for each in held_by(giver, by, terms)}


def move_all(giver, by, user, kind="good"):
    terms = Terms(MoveKind(kind), day(), day(6) if kind == "leave" else None, 30)
    to = {each.assignment.pk: user for each in held_by(giver, by, terms)}
    return actions.move_caseload(from_user=giver, terms=terms, to=to, tasks={}, by=by)


class TestStarting:
    def test_the_lead_chooses_among_those_who_have_something(
        self, client, lead, people, pedagogue, other_pedagogue, officer
    ):
        client.force_login(lead)
        html = client.get(reverse("handovers:start")).content.decode()
        assert pedagogue.name in html
        assert other_pedagogue.name not in html

    def test_a_pedagogue_only_herself(self, client, pedagogue, other_pedagogue, people):
        enrol(make_person(), contact=other_pedagogue)
        client.force_login(pedagogue)
        html = client.get(reverse("handovers:start")).content.decode()
        assert other_pedagogue.name not in html
        assert client.get(deal_url(other_pedagogue)).status_code == 404
        assert client.get(deal_url(pedagogue)).status_code == 200

    def test_it_leads_on_with_days_and_nothing_about_anybody(self, client, pedagogue, people):
        client.force_login(pedagogue)
        given = {"vem": pedagogue.pk, "hur": "leave", "fran": day(), "till": day(6), "laser": "30"}
        response = client.post(reverse("handovers:start"), given)
        assert response.status_code == 302
        assert response.url == deal_url(pedagogue)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"till": ""}, "Ange sista dagen borta."),
            ({"till": -1}, "Sista dagen ligger efter den första"),
            ({"fran": -1}, "Ange i dag eller en dag inom ett halvår."),
            ({"hur": "good", "laser": "91"}, "Ange 0 till 90 dagar."),
        ],
    )
    def test_what_cannot_be_is_said(self, client, pedagogue, people, wrong, words):
        client.force_login(pedagogue)
        given = {"vem": pedagogue.pk, "hur": "leave", "fran": day(), "till": day(6), "laser": "30"}
        given |= {key: day(v) if isinstance(v, int) else v for key, v in wrong.items()}
        response = client.post(reverse("handovers:start"), given)
        assert response.status_code == 422
        assert words in response.content.decode()

    @pytest.mark.parametrize("role", ["officer", "counsellor", "sius", "coordinator", "administrator"])  # fmt: skip
    def test_others_do_not_move_caseloads(self, client, request, role, pedagogue, people):
        client.force_login(request.getfixturevalue(role))
        assert client.get(reverse("handovers:start")).status_code == 403
        assert client.get(deal_url(pedagogue)).status_code == 403


class TestDealing:
    def test_the_page_names_everybody_and_logs_them(
        self, client, lead, people, pedagogue, other_pedagogue
    ):
        client.force_login(lead)
        html = client.get(deal_url(pedagogue)).content.decode()
        assert all(person.full_name in html for person in people)
        logged = AccessLogEntry.objects.filter(what="handovers:deal").values_list("person_id", flat=True)  # fmt: skip
        assert sorted(logged) == sorted(person.pk for person in people)

    def test_a_hidden_person_is_not_there(self, client, lead, people, pedagogue, other_pedagogue):
        protect(people[0], [pedagogue])
        client.force_login(lead)
        html = client.get(deal_url(pedagogue)).content.decode()
        assert people[0].code not in html
        assert "Alma" not in html
        client.force_login(pedagogue)
        html = client.get(deal_url(pedagogue)).content.decode()
        assert people[0].code in html
        assert "Alma" not in html

    def test_shared_evenly_without_script(self, client, pedagogue, other_pedagogue, people):
        third = make_user("pedagogue", "Tyra", "Ulv")
        enrol(make_person(), contact=third)
        client.force_login(pedagogue)
        data = {"do": "lika-main_contact", "med-main_contact": [other_pedagogue.pk, third.pk]}
        html = client.post(deal_url(pedagogue), data).content.decode()
        chosen = f'<option value="{other_pedagogue.pk}" selected>'
        assert html.count(chosen) == 2
        assert html.count(f'<option value="{third.pk}" selected>') == 1
        assert not CaseloadMove.objects.exists()

    def test_looked_over_and_then_done(self, client, pedagogue, other_pedagogue, people):
        create_task(text="Ring skolan", by=pedagogue, participant=people[0], assigned_to=pedagogue)
        client.force_login(pedagogue)
        given = choices(pedagogue, pedagogue, other_pedagogue)
        html = client.post(deal_url(pedagogue), given | {"do": "visa"}).content.decode()
        assert "Stämmer det här?" in html
        assert "Ring skolan" in html
        assert not CaseloadMove.objects.exists()
        response = client.post(deal_url(pedagogue), given | {"do": "gor", "once_key": "k" * 32})
        move = CaseloadMove.objects.get()
        assert response.url == reverse("handovers:move", args=[move.pk])
        again = client.post(deal_url(pedagogue), given | {"do": "gor", "once_key": "k" * 32})
        assert again.url == response.url
        assert CaseloadMove.objects.count() == 1

    def test_nothing_chosen_is_said(self, client, pedagogue, other_pedagogue, people):
        client.force_login(pedagogue)
        response = client.post(deal_url(pedagogue), {"do": "visa"})
        assert response.status_code == 422
        assert "Välj minst en deltagare" in response.content.decode()

    def test_a_colleague_on_leave_is_marked_and_not_dealt_to(
        self, client, pedagogue, other_pedagogue, people
    ):
        CaseloadMove.objects.create(
            from_user=other_pedagogue, kind="leave", starts_on=day(), ends_on=day(3), moved_by=pedagogue,
        )  # fmt: skip
        client.force_login(pedagogue)
        html = client.get(deal_url(pedagogue)).content.decode()
        assert "Ledig" in html
        assert f'name="med-main_contact" value="{other_pedagogue.pk}">' in html

    def test_the_queries_do_not_grow(
        self, client, pedagogue, other_pedagogue, people, django_assert_max_num_queries
    ):
        for index in range(15):
            person = make_person(f"Fler{index}", "Ekdal")
            enrol(person, contact=pedagogue)
            create_task(text="Ring", by=pedagogue, participant=person, assigned_to=pedagogue)
        client.force_login(pedagogue)
        with django_assert_max_num_queries(50):
            client.get(deal_url(pedagogue))

    def test_without_days_one_is_led_back(self, client, pedagogue, people):
        client.force_login(pedagogue)
        response = client.get(reverse("handovers:deal", args=[pedagogue.pk]))
        assert response.url == reverse("handovers:start")


class TestReading:
    @pytest.fixture
    def handover(self, people, pedagogue, other_pedagogue):
        return move_all(pedagogue, pedagogue, other_pedagogue).handovers.get(
            enrolment__participant=people[0]
        )

    def url(self, handover, name="person"):
        return reverse(f"handovers:{name}", args=[handover.pk])

    def test_who_took_over_reads_and_says_so(self, client, other_pedagogue, handover):
        client.force_login(other_pedagogue)
        html = client.get(self.url(handover)).content.decode()
        assert "Jag har läst" in html
        assert "Alma Ekdal" in html
        client.post(self.url(handover, "read"))
        assert "Jag har läst" not in client.get(self.url(handover)).content.decode()

    def test_it_stands_at_home_until_read(self, client, other_pedagogue, people, handover):
        client.force_login(other_pedagogue)
        assert self.url(handover) in client.get("/").content.decode()
        for each in Handover.objects.all():
            actions.mark_read(handover=each, by=other_pedagogue)
        html = client.get("/").content.decode()
        assert "Överlämnade till dig" not in html
        assert self.url(handover) not in html

    def test_the_leaver_is_reminded_until_it_is_written(self, client, pedagogue, handover):
        client.force_login(pedagogue)
        assert f"{self.url(handover)}#text" in client.get("/").content.decode()
        client.post(self.url(handover, "write"), {"text": "Ring efter tio.", "version": 1})
        assert f"{self.url(handover)}#text" not in client.get("/").content.decode()

    def test_written_by_itself(self, client, pedagogue, handover):
        client.force_login(pedagogue)
        answer = client.post(
            self.url(handover, "write"), {"text": "Ring efter tio.", "version": 1}, headers=HTMX
        )
        html = answer.content.decode()
        assert 'name="version" value="2"' in html
        assert "Sparat" in html
        assert "<html" not in html
        handover.refresh_from_db()
        assert handover.text == "Ring efter tio."

    @pytest.mark.parametrize("headers", [HTMX, {}])
    def test_two_tabs_lose_nothing(self, client, pedagogue, handover, headers):
        client.force_login(pedagogue)
        url = self.url(handover, "write")
        client.post(url, {"text": "Mitt", "version": 1})
        answer = client.post(url, {"text": "Ditt", "version": 1}, headers=headers)
        html = answer.content.decode()
        assert "Mitt" in html
        assert 'value="bada-2"' in html
        handover.refresh_from_db()
        assert handover.text == "Mitt"
        client.post(url, {"text": "Ditt", "version": 1, "do": "bada-2"})
        handover.refresh_from_db()
        assert handover.text == "Mitt\n\nDitt"

    def test_what_the_leaver_wrote_only_the_leaver_changes(self, client, pedagogue, lead, handover):
        client.force_login(lead)
        assert "<textarea" in client.get(self.url(handover)).content.decode()
        actions.write_text(handover=handover, text="Mitt", version=1, by=pedagogue)
        assert "<textarea" not in client.get(self.url(handover)).content.decode()
        answer = client.post(self.url(handover, "write"), {"text": "Annat", "version": 2})
        assert answer.status_code == 403

    def test_who_has_no_part_in_it_finds_nothing(self, client, handover, counsellor, coordinator):
        third = make_user("pedagogue", "Tyra", "Ulv")
        for user in (third, counsellor, coordinator):
            client.force_login(user)
            for name in ("person", "write", "read"):
                method = client.get if name == "person" else client.post
                assert method(self.url(handover, name)).status_code == 404
            move = reverse("handovers:move", args=[handover.move_id])
            assert client.get(move).status_code == 404

    def test_it_counts_what_the_leaver_has_not_signed(
        self, client, pedagogue, other_pedagogue, people, handover
    ):
        NoteDraft.objects.create(
            user=pedagogue, participant=people[0], typed={"text": "Hemligt utkast"}
        )
        client.force_login(other_pedagogue)
        html = client.get(self.url(handover)).content.decode()
        assert "anteckning som inte är signerad" in " ".join(html.split())
        assert "Hemligt utkast" not in html

    def test_a_protected_person_s_page(self, client, pedagogue, other_pedagogue, lead, people, handover):  # fmt: skip
        protect(people[0], [pedagogue, other_pedagogue])
        client.force_login(lead)
        assert client.get(self.url(handover)).status_code == 404
        listed = client.get(reverse("handovers:move", args=[handover.move_id])).content.decode()
        assert people[0].code not in listed
        client.force_login(other_pedagogue)
        home = client.get("/").content.decode()
        assert people[0].code in home
        assert "Alma" not in home

    def test_across_the_authorities_the_text_is_not_read(self, client, officer, lead):
        person = make_person("Dan", "Ekdal", consent=["plan"])
        enrol(person, officer=officer)
        gerd = make_user("employment_officer", "Gerd", "Hall", officer.authority)
        move = move_all(officer, lead, gerd)
        one = move.handovers.get()
        actions.write_text(handover=one, text="Arbetsförmedlingens egna ord", version=1, by=officer)
        client.force_login(lead)
        html = client.get(self.url(one)).content.decode()
        assert "Arbetsförmedlingens egna ord" not in html
        assert "visas inte här" in html
        client.force_login(gerd)
        assert "Arbetsförmedlingens egna ord" in client.get(self.url(one)).content.decode()

    def test_without_consent_an_officer_sees_nothing(self, client, officer, lead):
        person = make_person("Dan", "Ekdal")
        enrol(person, officer=officer)
        gerd = make_user("employment_officer", "Gerd", "Hall", officer.authority)
        one = move_all(officer, lead, gerd).handovers.get()
        client.force_login(gerd)
        assert client.get(self.url(one)).status_code == 404
        assert "Dan Ekdal" not in client.get("/").content.decode()
        give_consent(person, ["plan"])
        assert client.get(self.url(one)).status_code == 200

    def test_who_left_and_may_no_longer_read_finds_nothing(self, client, officer, lead):
        person = make_person("Dan", "Ekdal", consent=["plan"])
        enrol(person, officer=officer)
        gerd = make_user("employment_officer", "Gerd", "Hall", officer.authority)
        one = move_all(officer, lead, gerd).handovers.get()
        client.force_login(officer)
        assert client.get(self.url(one)).status_code == 200
        person.read_accesses.update(starts_on=day(-9), ends_on=day(-1))
        assert client.get(self.url(one)).status_code == 404


class TestTheMove:
    def test_back_on_another_day(self, client, pedagogue, other_pedagogue, people):
        move = move_all(pedagogue, pedagogue, other_pedagogue, "leave")
        client.force_login(pedagogue)
        url = reverse("handovers:return", args=[move.pk])
        assert client.get(url).status_code == 200
        client.post(url, {"back_on": day(2)})
        move.refresh_from_db()
        assert move.ends_on == day(1)
        assert client.post(url, {"back_on": day(-3)}).status_code == 422

    def test_the_cover_does_not_end_it(self, client, pedagogue, other_pedagogue, people):
        move = move_all(pedagogue, pedagogue, other_pedagogue, "leave")
        client.force_login(other_pedagogue)
        assert client.get(reverse("handovers:move", args=[move.pk])).status_code == 200
        assert client.get(reverse("handovers:return", args=[move.pk])).status_code == 404
        assert client.post(reverse("handovers:take_back", args=[move.pk])).status_code == 404

    def test_after_the_leave_the_tasks_are_taken_back(
        self, client, pedagogue, other_pedagogue, people
    ):
        task = create_task(
            text="Ring skolan", by=pedagogue, participant=people[0], assigned_to=pedagogue
        )
        move = move_all(pedagogue, pedagogue, other_pedagogue, "leave")
        client.force_login(pedagogue)
        url = reverse("handovers:move", args=[move.pk])
        assert "Ta tillbaka uppgifterna" not in client.get(url).content.decode()
        CaseloadMove.objects.update(starts_on=day(-9), ends_on=day(-1))
        assert "Ring skolan" in client.get(url).content.decode()
        client.post(reverse("handovers:take_back", args=[move.pk]))
        task.refresh_from_db()
        assert task.assigned_to == pedagogue

    def test_the_list_says_who_has_a_text_and_who_has_read(
        self, client, pedagogue, other_pedagogue, lead, people
    ):
        move = move_all(pedagogue, pedagogue, other_pedagogue)
        one, two, _ = move.handovers.order_by("enrolment__participant__sort_name")
        actions.write_text(handover=one, text="Ring.", version=1, by=pedagogue)
        actions.mark_read(handover=two, by=other_pedagogue)
        client.force_login(lead)
        html = client.get(reverse("handovers:move", args=[move.pk])).content.decode()
        assert html.count("Skriven") == 1
        assert html.count("Inte skriven") == 2
        assert html.count("Inte än") == 2


class TestClosingAnAccount:
    def test_the_system_administrator_is_told_what_and_never_whom(
        self, client, system_administrator, pedagogue, people
    ):
        create_task(text="Ring skolan", by=pedagogue, participant=people[0], assigned_to=pedagogue)
        client.force_login(system_administrator)
        html = client.get(reverse("users:edit", args=[pedagogue.pk])).content.decode()
        assert "Personen har uppdrag för deltagare." in html
        assert "Personen har uppgifter som inte är klara." in html
        assert "Be projektledaren" in html
        assert "Ekdal" not in html
        assert "Ring skolan" not in html
        assert not AccessLogEntry.objects.filter(person_id=people[0].pk, actor_id=system_administrator.pk).exists()  # fmt: skip

    def test_nothing_is_said_of_somebody_who_holds_nothing(
        self, client, system_administrator, coordinator
    ):
        client.force_login(system_administrator)
        html = client.get(reverse("users:edit", args=[coordinator.pk])).content.decode()
        assert "Innan kontot stängs" not in html


def test_nobody_is_orphaned_when_all_is_moved(client, pedagogue, other_pedagogue, people):
    move_all(pedagogue, pedagogue, other_pedagogue)
    pedagogue.is_active = False
    pedagogue.save()
    for each in Enrolment.objects.prefetch_related("assignments__user"):
        assert each.main_contact.is_active
