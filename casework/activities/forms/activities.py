"""Forms about activities and who leads them."""

from django import forms

from accounts.models import User
from casework.activities.actions import Outside
from casework.models import Activity, ActivityKind, ActivityLeader, ActivityType
from core.forms import BaseModelForm, CheckboxList, FilterForm, RadioCards

MINE, PUT_AWAY = "mina", "undanlagda"
OUTSIDE_HINT = "En på varje rad: namn, organisation. Till exempel: Kim Ek, Ungdomsföreningen."
MOST_LETTERS = ActivityLeader._meta.get_field("name").max_length


class ActivityFilters(FilterForm):
    """Above the list of activities."""

    visa = forms.ChoiceField(
        label="Visa", choices=[(MINE, "Som jag leder"), (PUT_AWAY, "Undanlagda")]
    )
    typ = forms.ChoiceField(label="Typ", choices=ActivityType.choices)
    ledare = forms.ModelChoiceField(User.objects.none(), label="Ledare")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ledare"].queryset = User.objects.filter(pk__in=_leading("user"))
        self.fields["visa"].choices = [("", "Aktuella"), *self.fields["visa"].choices[1:]]

    def narrow(self, activities, user):
        """Return the activities that the filters leave."""
        chosen = self.chosen()
        view = chosen.get("visa")
        activities = activities.filter(archived_at__isnull=view != PUT_AWAY)
        if view == MINE:
            activities = activities.filter(pk__in=_leading("activity", user=user))
        if kind := chosen.get("typ"):
            activities = activities.filter(type=kind)
        if leader := chosen.get("ledare"):
            activities = activities.filter(pk__in=_leading("activity", user=leader))
        return activities


def _leading(what: str, **facts):
    return ActivityLeader.objects.filter(user__isnull=False, **facts).values(what)


class LeadersField(forms.ModelMultipleChoiceField):
    """Users who lead; anybody who is active, whatever their role."""

    widget = CheckboxList

    def __init__(self, **kwargs):
        kwargs = {"label": "Ledare", "required": False} | kwargs
        super().__init__(User.objects.filter(is_active=True), **kwargs)

    def label_from_instance(self, user):
        return user.name


class OutsideField(forms.CharField):
    """Leaders without an account; cleaned to `Outside`s."""

    widget = forms.Textarea(attrs={"rows": "2"})

    def __init__(self, **kwargs):
        facts = {"label": "Ledare utifrån", "required": False, "help_text": OUTSIDE_HINT}
        super().__init__(**(facts | kwargs))

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines()]
        leaders = [Outside(*_name_and_organisation(line)) for line in lines if line.strip(" ,")]
        if any(not _fits(each) for each in leaders):
            raise forms.ValidationError(
                "Skriv en ledare på varje rad: först namnet, sedan ett komma."
            )
        return leaders


def _fits(leader: Outside) -> bool:
    return bool(leader.name) and max(map(len, (leader.name, leader.organisation))) <= MOST_LETTERS


def _name_and_organisation(line: str) -> tuple[str, str]:
    name, _, organisation = line.partition(",")
    return name.strip(), organisation.strip()


class ActivityForm(BaseModelForm):
    """An activity and who leads it."""

    submit_label = "Spara aktiviteten"
    leaders = LeadersField()
    outside = OutsideField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Activity
        fields = ["name", "kind", "type", "place", "capacity", "description"]
        widgets = {
            "kind": RadioCards(
                hints={
                    ActivityKind.GROUP: "Flera anmäler sig, kanske till ett visst antal platser.",
                    ActivityKind.INDIVIDUAL: "Samtal och annat med en i taget; bokas för var och en.",
                }
            )
        }
        help_texts = {"capacity": "Lämna tomt om det inte finns någon gräns."}
        error_messages = {
            "name": {
                "unique": "Det finns redan en aktivitet som heter så. Lägg till något som skiljer."
            }
        }

    def __init__(self, *args, **kwargs):
        activity = kwargs.get("instance")
        if activity:
            kwargs["initial"] = leaders_of(activity) | {"version": activity.version}
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ActivityKind.choices
        self.fields["type"].choices = ActivityType.choices

    def facts(self) -> dict:
        """Return what the actions take."""
        return with_leaders(self.cleaned_data)


def with_leaders(data: dict) -> dict:
    """Return a form's data with both kinds of leaders in one list."""
    inside = data["leaders"].order_by("sort_name", "pk")
    rest = {name: value for name, value in data.items() if name != "outside"}
    return rest | {"leaders": [*inside, *data["outside"]]}


def leaders_of(activity) -> dict:
    """Return an activity's leaders as the form's fields hold them. One query unless prefetched."""
    leaders = list(activity.leaders.all())
    return {
        "leaders": [each.user_id for each in leaders if each.user_id],
        "outside": "\n".join(
            ", ".join(filter(None, (each.name, each.organisation)))
            for each in leaders
            if not each.user_id
        ),
    }
