"""The few inputs that are our own; templates/bootstrap5/field.html draws them."""

from django import forms


class DateInput(forms.DateInput):
    """The browser's own calendar, fed and read as 2026-03-09."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MonthInput(forms.DateInput):
    """A month, fed and read as 2026-03."""

    input_type = "month"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m")


class SearchInput(forms.TextInput):
    """A box to search in, without the browser's guesses; wide in a filter bar."""

    input_type = "search"
    is_search = True

    def __init__(self, attrs=None):
        super().__init__(
            {"autocomplete": "off", "spellcheck": "false", "enterkeyhint": "search"} | (attrs or {})
        )


class WithHints:
    """Choices that explain themselves: `hints` maps a value to a sentence."""

    def __init__(self, attrs=None, choices=(), hints=None):
        super().__init__(attrs=attrs, choices=choices)
        self.hints = hints or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), "")}


class RadioCards(WithHints, forms.RadioSelect):
    """One choice of few, each a card as large as a thumb."""

    is_cards = True


class CheckboxList(WithHints, forms.CheckboxSelectMultiple):
    """Several choices of few, below each other."""
