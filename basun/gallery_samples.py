"""Invented words and numbers for the gallery; long names among them, since there are such."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core import charts
from core.registry import Event

TEAMS = [("fittja", "Fittja"), ("hallunda", "Hallunda"), ("tumba", "Tumba")]
WAYS = [("af", "Arbetsförmedlingen"), ("soc", "Socialförvaltningen"), ("egen", "Eget initiativ")]
WAY_HINTS = {"af": "Genom en handläggare", "egen": "Den unga hörde av sig själv"}
WISHES = [("praktik", "Praktik"), ("studier", "Studier"), ("jobb", "Jobb direkt")]
LONG_NAME = "Anna-Karin Maximiliana Ångström-Österberg von Hallundaskogsbacken"


@dataclass(frozen=True)
class Look:
    """How a state is shown."""

    label: str
    tone: str
    icon: str = ""


@dataclass(frozen=True)
class Part:
    """A tab."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


LOOKS = [
    Look("Väntar", "neutral", "hourglass"),
    Look("Under bedömning", "info", "eye"),
    Look("Inskriven", "good"),
    Look("Löper ut snart", "warn", "clock"),
    Look("Saknar samtycke", "bad", "lock"),
    Look("Ny", "accent"),
]
ROWS = [
    ("Åsa Exempelsson", LOOKS[2], "Spår 20–29", 12, Decimal("84.5"), "Boka trepartssamtal"),
    ("Bo Påhittad", LOOKS[3], "KAA 16–19", 23, Decimal("12"), "Besluta om förlängning"),
    (LONG_NAME, LOOKS[5], "Spår 20–29", 1, Decimal("0"), "Gör en individuell planering"),
    ("Östen Testsson", LOOKS[4], "KAA 16–19", 7, None, "Be om samtycke"),
    ("Cissi Provsson", LOOKS[2], "Spår 20–29", 19, Decimal("1234.25"), "Följ upp praktiken"),
]
MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt"]


def context(today) -> dict:
    """Return everything the gallery shows that needs no database."""
    return {
        "looks": LOOKS,
        "long_name": LONG_NAME,
        "tabs_shown": [
            Part("Översikt", "#people", current=True),
            Part("Planering", "#people", count=3),
            Part("Närvaro", "#people"),
            Part("Dokument och beslut", "#people", count=1204),
        ],
        "facts": [
            ("Född", "2004-05-14"),
            ("Huvudkontakt", "Ines Handledare"),
            ("Arbetsförmedlare", None),
            ("Inskriven", "v. 13"),
        ],
        "events": _events(today),
        "in_out": charts.grouped_bars(
            "In och ut per månad",
            MONTHS,
            {
                "Inskrivna": [18, 22, 25, 19, 16, 12, 4, 21, 28, 24],
                "Avslutade": [9, 12, 15, 17, 20, 24, 6, 10, 14, 19],
            },
        ),
        "share": charts.line_with_goal(
            "Andel till arbete eller studier",
            MONTHS,
            [0.52, 0.55, 0.61, 0.58, 0.66, 0.69, None, 0.71, 0.68, 0.72],
            goal=0.6,
            as_percent=True,
        ),
        "volume": charts.goal_bar("Deltagare i projektet", 412, 465),
    }


def _events(today) -> list[Event]:
    return [
        Event(
            today,
            "Praktik börjar",
            "Butik i Tumba, 20 timmar i veckan",
            "briefcase",
            "good",
            "#people",
            "Ines H.",
        ),
        Event(today - timedelta(days=9), "Uteblev från möte", "", "warning", "warn", "", "Ines H."),
        Event(
            today - timedelta(days=40),
            "Inskriven",
            "Spår 20–29, till och med om ett halvår.",
            "flag",
            "info",
        ),
    ]
