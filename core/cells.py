"""What stands in a cell of a sheet, read as Swedes write it: each raises ValueError in Swedish."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

# Excel counts days from here; its serial 1 is 1900-01-01 (and it believes 1900 was a leap year).
EXCEL_DAY_ZERO = date(1899, 12, 30)
# 1954 to 2119: a number outside of these is no date that somebody meant.
EXCEL_SERIALS = range(20_000, 80_000)
YES = {"ja", "j", "x", "sant", "true", "1"}
NO = {"nej", "n", "falskt", "false", "0"}


def text(value) -> str:
    """Return a cell as text: outer spaces and doubled ones gone, whole numbers without decimals."""
    if isinstance(value, str):
        return " ".join(value.split())
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (datetime, date)):
        value = value.isoformat()[:10]
    return " ".join(str(value).split())


def quoted(value) -> str:
    """Return a cell as it is repeated in a message: between quotation marks, cut when long."""
    words = text(value)
    return f"”{words[:40]}…”" if len(words) > 40 else f"”{words}”"


def day(value) -> date | None:
    """Read 2019-03-31, 20190331, a real date or Excel's serial number; None for an empty cell."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = text(value)
    if not words:
        return None
    if re.fullmatch(r"\d{5}", words) and int(words) in EXCEL_SERIALS:
        return EXCEL_DAY_ZERO + timedelta(days=int(words))
    match = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})(?:[ T]00:00(?::00)?)?", words)
    try:
        return date(*map(int, match.groups()))
    except (AttributeError, ValueError):
        raise ValueError(f"{quoted(value)} är inget datum. Skriv som 2019-03-31.") from None


def decimal(value) -> Decimal | None:
    """Read 2,5 or 2.5; None for an empty cell."""
    if isinstance(value, bool):
        raise ValueError("Här ska det stå ett tal, till exempel 2,5.")
    words = text(value)
    if not words:
        return None
    try:
        number = Decimal(words.replace(",", "."))
    except InvalidOperation:
        raise ValueError(f"{quoted(value)} är inget tal. Skriv som 2,5.") from None
    if not number.is_finite():
        raise ValueError(f"{quoted(value)} är inget tal. Skriv som 2,5.")
    return number


def yes_or_no(value) -> bool | None:
    """Read ja or nej; None for an empty cell."""
    if isinstance(value, bool):
        return value
    word = text(value).casefold()
    if not word:
        return None
    if word in YES or word in NO:
        return word in YES
    raise ValueError(f"{quoted(value)} är varken ja eller nej. Skriv ja eller nej.")


def whole_numbers(value) -> tuple[int, ...]:
    """Read a list such as 1,4 (also "1, 4", "1;4" and "1 4") in order, each number once."""
    if isinstance(value, float) and not value.is_integer():
        value = str(value).replace(".", ",")  # Excel took the list 1,4 for a decimal number
    words = [word for word in re.split(r"[,;.\s]+", text(value)) if word]
    if not all(re.fullmatch(r"\d{1,3}", word) for word in words):
        raise ValueError(f"{quoted(value)} är ingen lista av nummer. Skriv som 1,4.")
    return tuple(sorted({int(word) for word in words}))
