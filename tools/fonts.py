"""Makes the fonts of static/fonts: Golos Text, cut to the letters Tradewatch prints, as "Tradewatch Sans".

    python tools/fonts.py GOLOS INTER

``GOLOS`` and ``INTER`` are folders with the static Regular and SemiBold TTF files of the two families. Golos Text lacks
the signs of some currencies; Inter lends them. Neither licence reserves a name; a changed font still gets its own,
so that nobody takes it for the original. Needs ``fonttools[woff]``.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from fontTools.misc.transform import Scale
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent.parent / "static" / "fonts"
FAMILY = "Tradewatch Sans"
WEIGHTS = {"Regular": "400Regular", "SemiBold": "600SemiBold"}
LENT = "₹₺₩₫₼₾₦₱"
LETTERS = [
    *range(0x20, 0x17F + 1),  # Latin with the accents of European and Turkish names
    0x2BB, 0x2BC,  # apostrophes of Uzbek names
    *range(0x400, 0x4FF + 1),  # Cyrillic, Kyrgyz and Kazakh letters too
    *range(0x2000, 0x206F + 1),  # spaces, dashes, quotation marks
    *map(ord, "½¼¾⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉€₽₸₴₪₿№™"),
    *map(ord, "←↑→↓↗↘−×÷±≈≠≤≥√∞·•…"),
    *map(ord, LENT),
]  # fmt: skip
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "pnum", "lnum", "case", "frac", "sups", "subs", "calt"]


def lend(font: TTFont, lender: TTFont, letters: str) -> None:
    """Adds the lender's outlines of ``letters`` that the font lacks, scaled; composites become outlines."""
    scale = font["head"].unitsPerEm / lender["head"].unitsPerEm
    names, glyphs = lender.getBestCmap(), lender.getGlyphSet()
    for code in map(ord, letters):
        if code in font.getBestCmap() or code not in names:
            continue
        outline = DecomposingRecordingPen(glyphs)
        glyphs[names[code]].draw(outline)
        pen = TTGlyphPen(None)
        outline.replay(TransformPen(Cu2QuPen(pen, 1.0), Scale(scale)))
        name = f"uni{code:04X}"
        # Assigning also appends the name to the font's order of glyphs.
        font["glyf"][name] = pen.glyph()
        advance, bearing = lender["hmtx"][names[code]]
        font["hmtx"][name] = (round(advance * scale), round(bearing * scale))
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def rename(font: TTFont, lender: TTFont, weight: str) -> None:
    """Gives the font our name in every place that holds one, and drops the names that would contradict it."""
    names = font["name"]
    makers = f"{names.getDebugName(0)}; {lender['name'].getDebugName(0)}"
    regular = weight == "Regular"
    texts = {
        0: makers,
        1: FAMILY if regular else f"{FAMILY} {weight}",
        2: "Regular",
        3: f"{FAMILY} {weight}; from Golos Text and Inter",
        4: f"{FAMILY} {weight}" if not regular else FAMILY,
        6: f"{FAMILY.replace(' ', '')}-{weight}",
        16: FAMILY,
        17: weight,
    }
    for record in list(names.names):
        if record.nameID in {0, 1, 2, 3, 4, 6, 7, 10, 16, 17, 18, 21, 22, 25}:
            names.removeNames(record.nameID, record.platformID, record.platEncID, record.langID)
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def main() -> None:
    """Writes a TTF for images and documents and a WOFF2 for browsers, of each weight."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("golos", type=Path)
    parser.add_argument("inter", type=Path)
    folders = parser.parse_args()
    for weight, ending in WEIGHTS.items():
        ours, theirs = (next(folder.rglob(f"*{ending}.ttf")) for folder in (folders.golos, folders.inter))
        # Written dates would make every run differ.
        font = TTFont(ours, recalcTimestamp=False)
        # Nothing here is written from top to bottom, and a font of one weight has no axes to describe.
        for table in ("vmtx", "vhea", "STAT"):
            if table in font:
                del font[table]
        lender = TTFont(theirs)
        lend(font, lender, LENT)
        rename(font, lender, weight)
        options = Options(layout_features=FEATURES, name_IDs=["*"], drop_tables=["DSIG"])
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(font)
        stem = re.sub(r"\W", "", FAMILY) + "-" + weight
        font.save(HERE / f"{stem}.ttf")
        font.flavor = "woff2"
        font.save(HERE / f"{stem}.woff2")


if __name__ == "__main__":
    main()
