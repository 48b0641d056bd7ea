"""The one look of every form: labels above, hints before the field, errors that say what to do."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import LayoutObject
from django import forms
from django.template.loader import render_to_string

from core.templatetags.basun import once_key
from core.widgets import CheckboxList, DateInput, RadioCards, SearchInput

__all__ = [
    "BaseForm",
    "BaseModelForm",
    "Buttons",
    "CheckboxList",
    "DateInput",
    "FilterForm",
    "RadioCards",
    "SearchInput",
]


REQUIRED = (
    (forms.BooleanField, "Kryssa i rutan för att gå vidare."),
    (forms.ChoiceField, "Välj ett av alternativen."),
    (forms.DateField, "Fyll i ett datum."),
    (forms.FileField, "Välj en fil."),
    (forms.Field, "Fyll i det här."),
)


class Buttons(LayoutObject):
    """The row of buttons that ends a form: one main action, and a way back."""

    def __init__(
        self, submit: str = "Spara", cancel_url: str = "", tone: str = "primary", name: str = ""
    ):
        self.context = {"submit": submit, "cancel_url": cancel_url, "tone": tone, "name": name}

    def render(self, form, context, **kwargs):
        return render_to_string("_components/form_buttons.html", self.context)


class Once(LayoutObject):
    """The form's own key: a double click does the work once (core/idempotency.py)."""

    def render(self, form, context, **kwargs):
        return once_key()


class FormLook:
    """Decides a form's look once; mixed into BaseForm and BaseModelForm.

    A form states `submit_label`, and `cancel_url` as an argument or attribute. One that needs its own
    order of fields overrides `layout()` and says why.
    """

    submit_label = "Spara"
    submit_tone = "primary"
    cancel_url = ""
    empty_choice = "Välj …"
    mark_optional = True
    use_required_attribute = False  # our own words, beside the field, instead of the browser's

    def __init__(self, *args, cancel_url: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url or self.cancel_url
        for field in self.fields.values():
            _dress(field, self.empty_choice)

    def layout(self) -> list:
        """Return crispy's layout objects, buttons excluded: by default every field in order."""
        return list(self.fields)

    @property
    def helper(self) -> FormHelper:
        """Crispy's helper: the form brings its own tag, token, error summary and buttons."""
        helper = FormHelper(self)
        helper.layout.fields = [
            Once(),
            *self.layout(),
            Buttons(self.submit_label, self.cancel_url, self.submit_tone),
        ]
        helper.form_class = "form"
        helper.attrs = {"novalidate": ""}
        helper.mark_optional = self.mark_optional
        return helper


class BaseForm(FormLook, forms.Form):
    """A form that belongs to no single model."""


class BaseModelForm(FormLook, forms.ModelForm):
    """A form over a model's fields. It validates; an action saves."""


class FilterForm(forms.Form):
    """The filters above a list: read from the address, shown by `_components/filter_bar.html`.

    Every field is optional, and a value nobody can mean is left out instead of refused.
    """

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            _dress(field, "Alla")

    def chosen(self) -> dict:
        """Return the filters that were given and understood, by field name."""
        self.is_valid()
        return {
            name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])
        }


def _dress(field, empty_choice: str) -> None:
    """Give a field the widget and words all our forms use."""
    _speak(field)
    if isinstance(field, forms.DateField) and type(field.widget) is forms.DateInput:
        field.widget = DateInput(attrs=field.widget.attrs)
    if isinstance(field, forms.DecimalField):
        # A number field of the browser's own takes no decimal comma.
        field.localize = True
        field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
        field.widget.is_localized = True
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs |= {"rows": field.widget.attrs.get("rows", "4"), "data-grow": ""}
        field.widget.attrs.pop("cols", None)
    if isinstance(field, forms.ModelChoiceField) and field.empty_label:
        field.empty_label = empty_choice
    elif isinstance(field, forms.ChoiceField) and type(field.widget) is forms.Select:
        field.choices = _with_empty(field, empty_choice)


def _with_empty(field, empty_choice: str) -> list:
    choices = [(value, label) for value, label in field.choices if value not in ("", None)]
    return [("", empty_choice), *choices]


def _speak(field) -> None:
    """Let errors say what to do, unless the field has words of its own."""
    theirs = {}
    for base in reversed(type(field).__mro__):
        theirs |= getattr(base, "default_error_messages", {})
    ours = {
        "required": next(words for kind, words in REQUIRED if isinstance(field, kind)),
        "invalid": "Skriv datumet så här: 2026-03-09."
        if isinstance(field, forms.DateField)
        else None,
    }
    for key, words in ours.items():
        if words and field.error_messages.get(key) is theirs.get(key):
            field.error_messages[key] = words
