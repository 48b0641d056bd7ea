"""Short forms of the check constraints that recur."""

from django.db.models import CheckConstraint, F, Q


def set_together(name: str, *fields: str) -> CheckConstraint:
    """The fields are all set or all empty: a when always has its who."""
    unset = Q(**{f"{field}__isnull": True for field in fields})
    every = Q(**{f"{field}__isnull": False for field in fields})
    return CheckConstraint(name=name, condition=unset | every)


def not_before(name: str, last: str, first: str, message: str = "") -> CheckConstraint:
    """The last day is empty, or not before the first."""
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        violation_error_message=message or "Slutdatum kan inte ligga före startdatum.",
    )


def one_of(name: str, field: str, enum) -> CheckConstraint:
    """The field holds a value of the enum."""
    return CheckConstraint(name=name, condition=Q(**{f"{field}__in": list(enum.values)}))
