"""What is asked about a member of staff."""

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import User
from accounts.roles import ROLES, Authority, Role
from core.forms import BaseModelForm, CheckboxList

# Roles that only the state employment service's staff have; consent decides what they see.
AF_ROLES = {Role.EMPLOYMENT_OFFICER, Role.SIUS_CONSULTANT}


class UserForm(BaseModelForm):
    """A member of staff: who they are, for whom they work, what they do here."""

    submit_label = "Spara användaren"

    roles = forms.MultipleChoiceField(
        label="Roller",
        choices=[(role.value, f"{role.label}: {facts.sentence}") for role, facts in ROLES.items()],
        widget=CheckboxList,
        required=False,
    )
    password = forms.CharField(
        label="Nytt lösenord",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        required=False,
        help_text="Minst 15 tecken; en mening är lätt att minnas. Lämna tomt för att behålla det som är.",
    )

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "authority", "phone", "is_active"]

    def __init__(self, *args, instance=None, **kwargs):
        roles = {"roles": instance.roles} if instance else {}
        initial = roles | kwargs.pop("initial", {})
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.fields["is_active"].label = "Kontot är öppet"
        self.fields["is_active"].help_text = "Ett stängt konto slutar gälla vid nästa klick."
        if instance is None:
            self.fields["password"].required = True
            self.fields["password"].label = "Lösenord"
            self.fields["password"].help_text = "Minst 15 tecken; en mening är lätt att minnas."

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        typed = super().clean()
        af = AF_ROLES & set(typed.get("roles", []))
        if af and typed.get("authority") != Authority.EMPLOYMENT_SERVICE:
            labels = " och ".join(Role(role).label.lower() for role in sorted(af))
            self.add_error(
                "authority",
                f"Rollen {labels} finns bara hos Arbetsförmedlingen. Ändra myndighet eller roll.",
            )
        return typed

    def _post_clean(self):
        """Check the password against who the user is, once the other fields are known."""
        super()._post_clean()
        password = self.cleaned_data.get("password")
        if password:
            try:
                validate_password(password, self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)
