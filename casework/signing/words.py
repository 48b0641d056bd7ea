"""What a participant reads, in their own language. Pure, but for the files read once."""

from datetime import date

from casework.languages import Language, language, languages


def day_in(code: str, day: date) -> str:
    """Write a day in words, in a language: måndag 16 november 2026."""
    words = language(code)["date"]
    return words["pattern"].format(
        weekday=words["weekdays"][day.weekday()],
        day=day.day,
        month=words["months"][day.month - 1],
        year=day.year,
    )


def message(code: str, key: str, url: str = "", *, section: str = "message", **facts) -> str:
    """Return what is sent (`sms`, `subject` or `mail`), in a language, with the address or the facts in it."""
    return language(code)[section][key].format(url=url, **facts)


def known(code: str | None, otherwise: str) -> Language:
    """Return the language somebody chose, or another where there is none by that code."""
    return languages()[code] if code in languages() else language(otherwise)


def choices() -> list[tuple[str, str]]:
    """Return the languages for a select field; those nobody has reviewed say so."""
    return [
        (each.code, each.name if each.reviewed else f"{each.name} (inte granskad)")
        for each in languages().values()
    ]
