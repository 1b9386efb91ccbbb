"""An address as a QR code to print."""

import io

import segno


def drawn_as_qr(address: str) -> str:
    """A drawing (SVG) of the address, with the quiet zone that readers need."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=4, xmldecl=False)
    return drawing.getvalue().decode()
