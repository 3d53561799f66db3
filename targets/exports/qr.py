"""QR codes as SVG that goes into a page as it is."""

from __future__ import annotations

import segno


def qr_svg(text: str, label: str) -> str:
    """An ``<svg>`` of the QR code of ``text``, dark on light in every colour scheme; ``label`` names it.

    It has attributes and no style, and no size of its own: the style sheet gives it one.
    """
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(border=4, light="#fff", omitsize=True, title=label, svgclass="qr", lineclass=None)
    return svg.replace("<svg ", '<svg role="img" ', 1)
