"""A QR code as a picture that stands in the page itself: nothing is stored, nothing is fetched."""

import io
from base64 import b64encode

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage


def as_data_url(text: str) -> str:
    """Return the code for a text as the source of an `img`, drawn as SVG. Pure."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4, image_factory=SvgPathImage)
    code.add_data(text)
    picture = io.BytesIO()
    code.make_image().save(picture)
    return f"data:image/svg+xml;base64,{b64encode(picture.getvalue()).decode()}"
