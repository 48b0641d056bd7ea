"""Asking for a password at the terminal, by the rules of the sign-in page."""

from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from accounts.models import User


def ask_password(user: User) -> str:
    """Return a password that keeps the rules; raises CommandError with what is wrong."""
    password = getpass("Password (at least 15 characters): ")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
