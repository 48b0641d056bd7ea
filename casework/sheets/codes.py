"""The code on a printed page: written for people, and as a QR code for the scanner."""

import base64
import io
import re

import qrcode
from qrcode.constants import ERROR_CORRECT_H

from participants.models.participant import CODE_LETTERS

_TEXT = re.compile(rf"BASUN:(N-[{CODE_LETTERS}]{{8}}):([1-9]\d?)")
_CODE = re.compile(rf"N-[{CODE_LETTERS}]{{8}}")


def text_of(code: str, page: int) -> str:
    """Return what the QR code of a page says. Capitals and digits only, which makes it small. Pure."""
    return f"BASUN:{code}:{page}"


def read(text: str) -> tuple[str, int] | None:
    """Return the code and page that a QR code names; None for any other QR code. Pure."""
    found = _TEXT.fullmatch(text.strip())
    return (found[1], int(found[2])) if found else None


def typed(text: str) -> str:
    """Return a code written by hand in the form it is stored, or "" when it can't be one. Pure."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    code = f"N-{letters[-8:]}"
    return code if letters in {code[2:], f"N{code[2:]}"} and _CODE.fullmatch(code) else ""


def picture(code: str, page: int) -> str:
    """Return the QR code as a data: address of a PNG, readable also with a third of it spoiled."""
    drawing = qrcode.QRCode(error_correction=ERROR_CORRECT_H, box_size=8, border=4)
    drawing.add_data(text_of(code, page))
    drawing.make(fit=True)
    content = io.BytesIO()
    drawing.make_image().save(content, "PNG")
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode()
