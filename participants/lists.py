"""The lists of current participants: who stands in them, narrowed how, in which order."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core import search_words
from core.forms import FilterForm, SearchInput
from core.registry import NextStep
from core.text import fold
from participants.actions.assignments import ROLE_FOR
from participants.enums import Area, Category, Function
from participants.models import AreaPeriod, Assignment, Participant, Track
from participants.next_steps import ENDING_SOON_DAYS, next_for

PER_PAGE = 25
CASELOAD_ROLES = frozenset(ROLE_FOR.values())

ENDING, WITHOUT_CONTACT = "slutar", "utan-kontakt"
STATES = [
    ("", "Alla aktuella"),
    (ENDING, f"Planerat slut inom {ENDING_SOON_DAYS} dagar"),
    (WITHOUT_CONTACT, "Saknar huvudkontakt"),
]
# The keys of `?sortera=`; each ends with the key, so that pages never share or miss a row.
ORDERS = {
    "namn": ("sort_name", "pk"),
    "-namn": ("-sort_name", "pk"),
    "inskriven": ("now__starts_on", "sort_name", "pk"),
    "-inskriven": ("-now__starts_on", "sort_name", "pk"),
    "slut": ("now__planned_end_on", "sort_name", "pk"),
    "-slut": ("-now__planned_end_on", "sort_name", "pk"),
}
BY_NEED = {"behov", "-behov"}


class ListFilter(FilterForm):
    """What a list can be narrowed by: never by flags, gender or anything sensitive."""

    # The filters that may stand in an address; the words may not.
    ADDRESSED = ("huvudkontakt", "kommundel", "spar", "lage", "sortera")

    q = forms.CharField(
        label="Sök i listan", widget=SearchInput(attrs={"placeholder": "Namn eller kod"})
    )
    huvudkontakt = forms.ModelChoiceField(User.objects.none(), label="Huvudkontakt")
    kommundel = forms.ChoiceField(choices=Area.choices, label="Kommundel")
    spar = forms.ModelChoiceField(Track.objects.all(), label="Spår")
    lage = forms.ChoiceField(choices=STATES, label="Läge")
    sortera = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, mine: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["huvudkontakt"].queryset = User.objects.active_with_role(Role.PEDAGOGUE)
        if mine:
            del self.fields["huvudkontakt"]

    def words(self) -> str:
        """Return the chosen filters in words, for the export: "Kommundel: Alby"."""
        chosen = {name: value for name, value in self.chosen().items() if name != "sortera"}
        return "; ".join(
            f"{self.fields[name].label}: {_word(self.fields[name], value)}"
            for name, value in chosen.items()
        )


def filters_of(request, *, mine: bool) -> ListFilter:
    """Return the filters of an address, with the words kept in the session (core/search_words.py)."""
    given = request.GET.copy()
    given["q"] = search_words.words(request)
    return ListFilter(given, mine=mine)


def _word(field, value) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value)
    return str(dict(getattr(field, "choices", ())).get(value, value))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list."""

    participant: Participant
    area: Area | None
    step: NextStep | None

    @property
    def enrolment(self):
        """The current enrolment."""
        return self.participant.current_enrolment


def has_caseload(user) -> bool:
    """Whether the user's work is with people of their own, so that "Mina deltagare" is theirs."""
    return bool(CASELOAD_ROLES & set(user.roles))


def current_people(user):
    """Everybody the user may see who is enrolled now. Staff of another authority: by the plan's consent,
    since every column tells of the plan.
    """
    return (
        Participant.objects.visible_to(user, Category.PLAN)
        .annotate(now=FilteredRelation("enrolments", condition=Q(enrolments__ended_on=None)))
        .filter(now__isnull=False)
    )


def own_people(user):
    """Those of them whom the user is assigned to."""
    own = Assignment.objects.current_on(timezone.localdate()).filter(
        user=user, enrolment__participant=OuterRef("pk"), enrolment__ended_on=None
    )
    return current_people(user).filter(Exists(own))


def narrow(people, chosen: dict):
    """Narrow by the chosen filters (ListFilter.chosen())."""
    if text := fold(chosen.get("q", "")):
        for word in text.split():
            people = people.filter(Q(search_name__contains=word) | Q(code__icontains=word))
    if contact := chosen.get("huvudkontakt"):
        people = people.filter(Exists(_contacts().filter(user=contact)))
    if area := chosen.get("kommundel"):
        lives = AreaPeriod.objects.filter(participant=OuterRef("pk"), area=area, ends_on=None)
        people = people.filter(Exists(lives))
    if track := chosen.get("spar"):
        people = people.filter(now__track=track)
    return _by_state(people, chosen.get("lage"))


def _by_state(people, state):
    if state == ENDING:
        limit = timezone.localdate() + timedelta(days=ENDING_SOON_DAYS)
        return people.filter(now__planned_end_on__lte=limit)
    if state == WITHOUT_CONTACT:
        return people.filter(~Exists(_contacts().filter(user__is_active=True)))
    return people


def _contacts():
    """Who is main contact today: while somebody is on leave the one who covers."""
    return Assignment.objects.current_on(timezone.localdate()).filter(
        enrolment__participant=OuterRef("pk"),
        enrolment__ended_on=None,
        function=Function.MAIN_CONTACT,
    )


def with_row_facts(people):
    """Everything a row and its next step need; a fixed number of further queries."""
    return people.prefetch_related(
        "number_records",
        "protections",
        "area_periods",
        "enrolments__assignments__user",
        "enrolments__track",
    )


def page_of(people, user, order: str, number) -> Page:
    """Return one page of rows. The number of queries doesn't depend on the number of rows.

    By need, everybody's next step is computed before the page is cut.
    """
    people = with_row_facts(people)
    today = timezone.localdate()
    if order in BY_NEED:
        everybody = list(people.order_by("sort_name", "pk"))
        steps = next_for(everybody, user, today)
        everybody.sort(key=lambda each: _urgency(steps, each), reverse=order == "behov")
        page = Paginator(everybody, PER_PAGE).get_page(number)
    else:
        page = Paginator(people.order_by(*ORDERS.get(order, ORDERS["namn"])), PER_PAGE).get_page(
            number
        )
        page.object_list = list(page.object_list)
        steps = next_for(page.object_list, user, today)
    page.object_list = [
        Row(each, each.area_on(today), steps.get(each.pk)) for each in page.object_list
    ]
    return page


def _urgency(steps, participant) -> int:
    step = steps.get(participant.pk)
    return step.urgency if step else 0
