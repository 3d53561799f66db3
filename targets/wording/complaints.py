"""What the readers of files say, in the active language. They say it in English, as they know no language but that.

Every message of theirs stands here, with a name for whatever they put into it; a test compares the two.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from django.utils.translation import gettext

from targets.progress.vocabulary import gettext_noop as _
from targets.wording.numbers import language
from targets.wording.sides import listed

MESSAGES = (
    _("empty"),
    _("this period is not over yet; give the months that are known"),
    _("name two different economies in alphabetical order"),
    _("the reporter must be %(first)s or %(second)s, or a compiler named instead"),
    _("name either the reporter or a compiler"),
    _("the year must lie between %(first)s and %(last)s"),
    _("a period of months needs a year"),
    _("months run from 1 to 12, the first not after the last"),
    _("give exports, imports or the total"),
    _("the currency is three capital letters, as USD"),
    _("exports and imports, %(sum)s, do not add up to it; say why in note"),
    _("give both months or neither"),
    _("the amount must lie between 0 and %(most)s"),
    _("give no more than two decimals"),
    _("give no more than %(count)s digits"),
    _("two different figures for the same period"),
    _("no source is known for this dataset, so %(count)s of its figures are left out; name the source"),
    _("a group or the world, not one economy"),
    _("a state or territory that is none of today's economies"),
    _("no economy of this site; add it first, or leave it out"),
    _("must be a year between %(first)s and %(last)s"),
    _("%(place)s gives another value for the same flow and year; keep one"),
    _("trade of an economy with itself"),
    _("must lie between 0 and %(most)s"),
    _("must be a plain number with a point for decimals"),
    _("a month: the line of the year is taken"),
    _("exports: they come with the format armenia"),
    _("imports by country of origin: another count of the same goods, it comes with the format armenia"),
    _(
        "imports by country of consignment: another count of the same goods, it comes with the format "
        "armenia-consignment"
    ),
    _("The year %(year)s goes as far as month %(month)s in this table and is taken as that."),
    _("another line of the same flow cannot be read, so its total is not known"),
    _("the header must name the columns %(names)s; no %(missing)s"),
    _("must be a product of the HS, up to six digits"),
    _("the same flow, from line %(number)s on, has this product already; keep one"),
    _("more than %(most)s products; the HS has half as many"),
    _("must be a month or months of a year, as Jan. 2019 or Jan.-Dec. 2010"),
    _("Figures up to %(year)s are of more than the economy: %(label)s."),
    _("a product, not the total"),
    _("one customs procedure, not the total"),
    _("must be EXPORT or IMPORT"),
    _("no value given"),
    _("no value"),
    _("trade of the Union with one of its members"),
    _("a single commodity, not the total"),
    _("another flow than exports and imports, mostly part of them"),
    _("services, not goods"),
    _("months; only years become figures"),
    _("one second partner, part of the total"),
    _("one customs procedure, part of the total"),
    _("one means of transport, part of the total"),
    _("one mode of supply, part of the total"),
    _("neither a list of records nor an answer with one under data"),
    _("not one record"),
    _(
        "only single commodities (%(count)s records) and no totals, of which alone figures are made; download "
        "it again with the commodity code TOTAL"
    ),
    _(
        "only single commodities (%(count)s lines) and no totals, of which alone figures are made; download "
        "it again with the commodity code TOTAL"
    ),
    _(
        "only single commodities (%(count)s lines) and no totals, of which alone figures are made; the total "
        "has the commodity code TOTAL"
    ),
    _("Exactly %(count)s records, where the free preview cuts off: others may be missing."),
    _("the answer tells of an error: %(error)s"),
    _("The answer counts %(count)s records and holds %(held)s: some are missing."),
    _("must be a record with Comtrade's fields"),
    _("more cells than the header names: the line is shifted, or an amount is written with commas"),
    _("the record lacks it"),
    _("re-exports and re-imports, part of exports and imports"),
    _("%(constant)s is not a number that JSON knows"),
    _("more than %(most)s values in one document; ask for fewer at a time"),
    _("XML with a document type is not read"),
    _("not JSON: %(error)s, column %(column)s"),
    _("nested too deeply"),
    _("not JSON: %(error)s"),
    _("more than %(most)s elements"),
    _("not XML: %(error)s"),
    _("larger than %(most)s MB; ask for fewer at a time"),
    _("JSON must be UTF-8; byte %(number)s is not"),
    _("one %(tag)s holds more than %(most)s others"),
    _("a tag of more than %(most)s bytes"),
    _("must be a plain number of US dollars, not below zero, with a point for decimals"),
    _("an economy does not trade with itself"),
    _("must be export or import"),
    _("must be a code of two to eight capital letters and digits, as KGZ"),
    _('none of the first lines says the unit, as "thousand US dollars"; add the line of the original'),
    _('no line above the headings says the period, as "2023 год"'),
    _("no line has the headings %(names)s"),
    _("the total beside its parts"),
    _("Line %(number)s: exports and imports of %(name)s do not add up to the turnover beside."),
    _("another cell of the line cannot be read"),
    _("no line of years after %(count)s columns of names"),
    _("no title of table %(names)s"),
    _(
        "the table does not say whether it holds exports or imports, nor does the file's name; name the file by "
        "the number of its table (1105 exports, 1176 imports), or choose the format uzbekistan-exports or "
        "uzbekistan-imports"
    ),
    _("the scale %(scale)s is unknown; Units and Millions are read"),
    _("not one value below the header"),
    _("months or quarters; only years become figures"),
    _("another indicator than exports FOB and imports CIF"),
    _(
        "the scale is said to be 6 (millions), and without the trade with the world (G001) nobody can tell "
        "whether it is; download it again with that partner"
    ),
    _(
        "the scale is said to be millions, but %(amount)s millions are more than the world trades; nobody can "
        "tell what is meant"
    ),
    _("The scale is said to be 6 (millions), but by their size the values are plain dollars."),
    _("%(file)s is larger than %(most)s MB; save it as .xlsx, or send it in parts"),
    _("%(file)s is damaged: no workbook has sectors of this size"),
    _("%(file)s is laid out for many megabytes; save it as .xlsx"),
    _("%(file)s is damaged: its sectors run in a circle"),
    _("%(file)s holds macros; save it as a plain .xlsx"),
    _("%(file)s is no workbook of tables; save it as .xlsx"),
    _("%(file)s is damaged: it ends in the middle"),
    _("%(file)s: a sheet reaches to row %(row)s and column %(column)s; clear what lies far from the table"),
    _("%(file)s holds more cells or texts than a table by country; save it as .xlsx"),
    _("%(file)s is locked with a password; save it without one"),
    _("%(file)s has %(count)s parts; a workbook of tables has at most %(most)s"),
    _("%(file)s holds two parts of one name"),
    _("%(file)s is a zip archive and no workbook; unpack it and import the tables one by one"),
    _("%(file)s: a part is named %(part)s, which leads out of the workbook"),
    _("compressed in a way that workbooks are not"),
    _("%(file)s holds %(part)s, which is no part of a table; save it as a plain .xlsx"),
    _("damaged: it ends in the middle"),
    _("holds something else than its header claims"),
    _("%(file)s is no workbook that can be read: %(error)s"),
    _("%(file)s is a damaged workbook: %(error)s"),
    _("%(file)s is no sound XLSX workbook: %(error)s"),
    _("overlaps another part"),
    _("%(file)s unfolds to more than %(most)s MB; send it as several files, or as CSV"),
    _("the workbook keeps its %(kind)s outside itself, at %(address)s"),
    _("damaged: %(error)s"),
    _("damaged"),
    _("the workbook has more than %(most)s cells; send it as CSV"),
    _("a text of %(length)s characters and more than %(count)s text cells are too much to read; send it as CSV"),
    _(
        "the cell in row %(row)s and column %(column)s makes the sheet too large to read; clear what lies far "
        "from the table"
    ),
    _("%(file)s has more than %(most)s sheets"),
    _("a cell holds a zero character, as no text does; remove it"),
    _("not a table of separated values: %(error)s"),
    _("not UTF-8: it ends in the middle of a letter"),
    _("a quote is opened and not closed, or a cell is longer than %(most)s characters (%(error)s)"),
    _("%(file)s is empty: line 1 has nothing on it"),
    _("the lines end with a carriage return alone; save it with usual line ends"),
    _("the header names the column %(name)s twice"),
    _("the text is in UTF-16 or UTF-32, or holds zero bytes; save it as UTF-8"),
    _("%(file)s is called a workbook and is none: its first bytes are not those of one"),
    _("%(file)s is larger than %(most)s MB when unpacked"),
    _("%(file)s unfolds to more than %(most)s times its size; send it unpacked"),
    _("%(file)s holds zero bytes: it is not a text in UTF-8"),
    _("%(file)s is damaged: %(error)s"),
    _("not UTF-8 at byte %(number)s"),
    _("%(count)s columns; at most %(most)s are read"),
    _("longer than %(most)s characters; no table of trade"),
    _("the file ends in the middle of the line; it is cut off"),
    _("%(file)s is a PDF document; only tables can be imported"),
    _("no sheet begins with the columns of the template: %(names)s"),
    _("%(place)s gives another figure of the same period; keep one, or import each source by itself"),
    _("must be the codes of two economies in alphabetical order, as blr-kgz"),
    _("reporter and partner are %(reporter)s and %(partner)s"),
    _("must be the code of the economy whose fiscal year it is, as IND, or empty"),
    _("must be a whole number, or empty"),
    _("must be a plain number, not below zero, with a point for decimals"),
    _("must be one of %(names)s"),
    _("name the reporter, or begin the note with %(word)s and who gives the figure"),
    _("no economy of this site has this code"),
    _("name the pair, as blr-kgz, or reporter and partner"),
    _("The column %(name)s is not read; known are %(names)s."),
    _("no year of the header has a value"),
    _("no sheet has a first row with %(names)s and lines below it"),
    _("must be Export or Import, with a column of that name in US$ Thousand"),
    _("another indicator than the value of trade"),
    _("no partner is named"),
    _("one group of products, not the total"),
    _("the answer holds not one observation"),
    _("not SDMX-JSON with series and their dimensions"),
    _("the header is of no known format; known are %(names)s"),
    _("it may be any of %(names)s; say which it is"),
    _("no format is called %(name)s; known are %(names)s"),
)

_PART = r"(?:line|lines|record|records|sheet|part|column) [^:]+?"
_WHERE = re.compile(rf"(?P<file>.+?), (?P<place>{_PART}(?:, {_PART})*): (?P<why>.+)", re.DOTALL)
_WHICH = re.compile(r"(?P<file>[^:]+): (?P<why>.+)", re.DOTALL)


def complaint(text: str) -> str:
    """What a reader of files says ("must be export or import"), in the active language; as it is where nobody knows it.

    With or without the file's name and the place before it.
    """
    return (_said(text, language()) or text) if text else text


def place_words(place: str) -> str:
    """Where something stands in a file ("lines 3 and 4, column 2019"), in the active language."""
    return ", ".join(_place(part) for part in re.split(r", (?=(?:line|record|sheet|part|column))", place))


@lru_cache(maxsize=4096)
def _said(text: str, _language: str) -> str | None:
    where = _WHERE.fullmatch(text)
    if where and (why := _said(where["why"], _language)):
        return f"{where['file']}, {place_words(where['place'])}: {why}"
    for message in MESSAGES:
        found = _pattern(message).fullmatch(text)
        if found:
            given = found.groupdict()
            return gettext(message) % {
                name: place_words(value) if name == "place" else value for name, value in given.items()
            }
    which = _WHICH.fullmatch(text)
    if which and (why := _said(which["why"], _language)):
        return f"{which['file']}: {why}"
    return None


@cache
def _pattern(message: str) -> re.Pattern[str]:
    pieces = re.split(r"%\((\w+)\)s", message)
    told = "".join(f"(?P<{piece}>.+?)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
    return re.compile(told, re.DOTALL)


def _place(part: str) -> str:
    kind, _space, rest = part.partition(" ")
    first, to, last = rest.partition(" to ")
    numbers = listed(rest.split(" and "))
    told = {
        "line": gettext("line %(number)s") % {"number": rest},
        "record": gettext("record %(number)s") % {"number": rest},
        "column": gettext("column %(name)s") % {"name": rest},
        "sheet": gettext("sheet %(name)s") % {"name": rest},
        "part": gettext("part %(name)s") % {"name": rest},
        "lines": gettext("lines %(first)s to %(last)s") % {"first": first, "last": last}
        if to
        else gettext("lines %(numbers)s") % {"numbers": numbers},
        "records": gettext("records %(first)s to %(last)s") % {"first": first, "last": last}
        if to
        else gettext("records %(numbers)s") % {"numbers": numbers},
    }
    return told.get(kind, part)
