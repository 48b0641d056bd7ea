"""Every address x role x method against docs/permissions.txt, which people can read."""

import re
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts import routes as route_table
from accounts.permissions import PUBLIC, SIGNED_IN
from accounts.roles import ROLES

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parents[2] / "docs" / "permissions.txt"
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
# Something that matches each kind of path converter, and that no record has.
EXAMPLES = {"int": 987654321, "uuid": UUID(int=5), "str": "finns-inte", "slug": "finns-inte"}
READ_TABLE = re.compile(
    r"^/\S* \[(?P<name>[^\]]*)\] (?P<rule>\S+)\n    (?P<roles>.*)$", re.MULTILINE
)


def table() -> dict[str, tuple[str, set[str]]]:
    """Return the table as it stands in the repository: name -> (rule, role labels)."""
    found = READ_TABLE.finditer(TABLE.read_text(encoding="utf-8"))
    return {row["name"]: (row["rule"], set(row["roles"].split(", "))) for row in found}


def address(route) -> str:
    converters = re.findall(r"<(?:(\w+):)?(\w+)>", route.pattern)
    return reverse(route.name, kwargs={name: EXAMPLES[kind or "str"] for kind, name in converters})


def named_routes():
    return [route for route in route_table.routes() if route.name]


def test_the_table_is_what_the_code_says():
    out = StringIO()
    call_command("permission_matrix", stdout=out)
    assert TABLE.read_text(encoding="utf-8") == out.getvalue(), (
        "docs/permissions.txt is old: manage.py permission_matrix > docs/permissions.txt, and read the change"
    )


def test_every_route_has_a_name_and_a_rule():
    assert [route.pattern for route in route_table.routes() if not route.name] == []
    assert route_table.without_rule() == []


def test_the_start_is_refused_when_a_route_has_no_rule(monkeypatch):
    route = next(iter(route_table.routes()))
    bare = route_table.Route("bare", "bare/", route.view, None)
    monkeypatch.setattr(route_table, "routes", lambda: iter([bare]))
    assert [error.id for error in route_table.routes_have_rules(None)] == ["accounts.E001"]
    with pytest.raises(route_table.ImproperlyConfigured, match="bare/"):
        route_table.check_routes()


@pytest.mark.parametrize("method", METHODS)
def test_anonymous_visitors_reach_public_addresses_only(client, method):
    wrong = []
    for route in named_routes():
        rule, _ = table()[route.name]
        response = getattr(client, method)(address(route))
        sent_to_sign_in = (
            response.status_code == 302 and reverse("account_login") in response["Location"]
        )
        refused = sent_to_sign_in or response.status_code == 405
        if (rule == PUBLIC) == sent_to_sign_in or (rule != PUBLIC and not refused):
            wrong.append((route.name, response.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize("method", METHODS)
def test_each_role_reaches_what_the_table_says_and_nothing_else(client, one_of_each, role, method):
    rules, wrong = table(), []
    for route in named_routes():
        rule, roles = rules[route.name]
        if route.name == "account_logout":
            continue
        client.force_login(one_of_each[role])
        client.raise_request_exception = True
        status = getattr(client, method)(address(route)).status_code
        allowed = rule in {PUBLIC, SIGNED_IN} or role.label in roles
        if status == 500 or (status == 403) == allowed and status != 405:
            wrong.append((route.name, status, "allowed" if allowed else "refused"))
    assert wrong == []
