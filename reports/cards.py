"""What the figures put on the home page."""

from django.utils import timezone

from accounts.permissions import Permission
from core import registry
from core.periods import Month
from participants import access_log
from participants.access_log import Action
from reports import choice, pictures, rows
from reports.facts import everybody
from reports.overview import Overview, load_overview
from reports.tiles import headline

# A card is a reminder; the whole list is a click away.
NAMES_ON_A_CARD = 8
NOT_YET = "ej-tillgodoraknade"


def register() -> None:
    """Register the cards, in the order they are read."""
    figures, people = Permission.VIEW_FIGURES, Permission.VIEW_FIGURE_ROWS
    for template, context, order, permission, wide in (
        ("reports/home_figures.html", figures_card, 50, figures, True),
        ("reports/home_in_and_out.html", in_and_out_card, 51, figures, False),
        ("reports/home_not_yet_counted.html", not_yet_counted_card, 52, people, False),
    ):
        registry.home_cards.register(
            registry.HomeCard(
                template, context, order, permission, wide=wide, first_for=Permission.MAKE_REPORTS
            )
        )


def figures_card(request) -> dict:
    """The month and the project so far against the goals."""
    month, project = of_month(request), of_project(request)
    parts = [(month.period.label.capitalize(), month), ("Hela projektet", project)]
    return {
        "parts": [
            {"title": title, "tiles": headline(each), "query": choice.query(each.period)}
            for title, each in parts
        ],
        "may_open": request.user.may(Permission.VIEW_FIGURE_ROWS),
    }


def in_and_out_card(request) -> dict:
    """In and out by month, the latest year."""
    return {"chart": pictures.in_and_out(of_month(request).trend)}


def not_yet_counted_card(request) -> dict:
    """Who is not counted yet and what is missing; logs the people it names."""
    project, figure = of_project(request), rows.FIGURES[NOT_YET]
    found = figure.find(project.facts, project.period, lambda spell: True)
    seen = rows.visible_rows(figure, found, request.user)
    # The latest to come in first: they can still be reached.
    latest = sorted(seen, key=lambda row: row.cells[0], reverse=True)[:NAMES_ON_A_CARD]
    named = rows.with_people(figure, latest, request.user)
    people = {row.person.pk for row in named}
    access_log.shown(request, people, Action.LISTED, what="home:not_yet_counted")
    return {"rows": named, "seen": len(seen), "query": choice.query(project.period)}


def of_month(request) -> Overview:
    """This month so far; computed once a request."""
    return _overviews(request)[0]


def of_project(request) -> Overview:
    """The project so far; computed once a request."""
    return _overviews(request)[1]


def _overviews(request) -> tuple[Overview, Overview]:
    # Three cards show parts of the same facts; reading them three times would be three times as slow.
    if not hasattr(request, "figures_of_home"):
        month = load_overview(everybody(), Month.of(timezone.localdate()).period)
        request.figures_of_home = month, month.of_project()
    return request.figures_of_home
