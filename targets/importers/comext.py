"""Eurostat's Comext as EasyComext's "relational view" hands it out, for years or months, values in euros.

``REPORTER,PARTNER,PRODUCT,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUR``; the labels follow the user's settings: English
or French, with a code in front or without (``EXPORT``, ``2-EXPORT``, ``EXPORTATION``; ``Jan. 2019``, ``Jan.-Dec.
2010``, ``201952-Jan.-Dec. 2019``, where month 52 is the whole year). All of these were seen, and files that hold the
member states beside three sums of them: of these only the Union of today's 27 members is an economy of this site.
"""

from __future__ import annotations

import re
from functools import cache

from targets.importers.directory import Directory, Party
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger
from targets.importers.opening import Glimpse, named, table
from targets.importers.rows import FigureFile
from targets.records import Valuation, folded

COLUMNS = ("reporter", "partner", "flow", "period", "value_in_eur")

UNION = "EU"
MEMBERS = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip

FLOWS = {"EXPORT": EXPORTS, "EXPORTATION": EXPORTS, "IMPORT": IMPORTS, "IMPORTATION": IMPORTS}
MONTHS = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11,
    "Dec": 12,
}  # fmt: skip
LABELS = {
    folded(label): code
    for code, labels in {
        "ALB": "Albanie", "ARE": "Emirats arabes unis", "ARG": "Argentine", "ARM": "Arménie", "AUS": "Australie",
        "AUT": "Autriche", "AZE": "Azerbaïdjan", "BEL": "Belgique", "BGR": "Bulgarie", "BHR": "Bahreïn",
        "BIH": "Bosnie-Herzégovine", "BLR": "Belarus (Belorussia)|Biélorussie (Belarus)",
        "BOL": "Bolivia, Plurinational State of|Bolivie, Etat plurinational de", "BRA": "Brésil", "CHL": "Chili",
        "CHN": "Chine", "COL": "Colombie", "CYP": "Chypre", "CZE": "Tchéquie", "DEU": "Allemagne", "DMA": "Dominique",
        "DNK": "Danemark", "DOM": "République dominicaine", "ECU": "Equateur", "EGY": "Egypte", "ESP": "Espagne",
        "EST": "Estonie", "FIN": "Finlande", "GBR": "Royaume-Uni", "GEO": "Géorgie", "GRC": "Grèce",
        "GRD": "Grenade", "HRV": "Croatie", "HTI": "Haïti", "HUN": "Hongrie", "IDN": "Indonésie", "IND": "Inde",
        "IRL": "Ireland (Eire)|Irlande (Eire)", "IRN": "Iran, République islamique d’", "ISR": "Israël",
        "ITA": "Italie", "JAM": "Jamaïque", "JOR": "Jordanie", "JPN": "Japon", "KHM": "Cambodge",
        "KNA": "St Kitts and Nevis|Saint-Christophe-et-Nevis",
        "KOR": "Korea, Republic of (South Korea)|Corée, République de (Corée du Sud)", "KWT": "Koweït",
        "LAO": "Lao People’s Democratic Republic (Laos)|République démocratique populaire lao (Laos)",
        "LBN": "Liban", "LBY": "Libye", "LCA": "St Lucia|Sainte-Lucie", "LTU": "Lituanie", "LVA": "Lettonie",
        "MAR": "Maroc", "MDA": "Moldova, Republic of|Moldavie, République de", "MEX": "Mexique",
        "MKD": "Macédoine du Nord", "MLT": "Malte", "MMR": "Myanmar (Burma)|Myanmar (Birmanie)", "MNE": "Monténégro",
        "MNG": "Mongolie", "MYS": "Malaisie", "NLD": "Pays-Bas", "NOR": "Norvège", "NPL": "Népal",
        "NZL": "Nouvelle-Zélande", "PER": "Pérou", "POL": "Pologne", "ROU": "Roumanie",
        "RUS": "Russian Federation (Russia)|Russie, Fédération de", "SAU": "Arabie saoudite", "SGP": "Singapour",
        "SRB": "Serbie", "SVK": "Slovaquie", "SVN": "Slovénie", "SWE": "Suède",
        "SYR": "Syrian Arab Republic (Syria)|République arabe syrienne (Syrie)", "CHE": "Suisse",
        "THA": "Thaïlande", "TJK": "Tadjikistan", "TKM": "Turkménistan", "TUN": "Tunisie", "TUR": "Turquie",
        "TZA": "Tanzania, United Republic of|Tanzanie, République unie de", "USA": "Etats-Unis",
        "UZB": "Ouzbékistan", "VCT": "St Vincent and the Grenadines|Saint-Vincent-et-les-Grenadines",
        "VEN": "Venezuela, Bolivarian Republic of|Venezuela, République bolivarienne du", "VNM": "Viêt Nam",
        "ZAF": "Afrique du Sud", "ATG": "Antigua-et-Barbuda", "KGZ": "Kirghizistan", "DZA": "Algérie",
    }.items()
    for label in labels.split("|")
}  # fmt: skip
"""Eurostat's English and French labels that no other publisher writes, without what they say of wider times."""

MISSING = frozenset({"", ":"})
WHOLE_YEAR = 52

_CODE = re.compile(r"[A-Z0-9_]+-(?=\S)")
_PERIOD = re.compile(r"(?:(\d{4})(\d\d)-)?([A-Z][a-z]{2})\.?(?:-([A-Z][a-z]{2})\.?)? (\d{4})", re.ASCII)
_WIDER = re.compile(r" \((incl\.|excl\.|depuis|from) .*\)$")
_LEFT_LATER = re.compile(r"-> (\d{4})")
_SUMS = re.compile(
    r"euro area|zone euro|(extra|intra)[ -]|(european union|union europeenne)\b|countries and territories not|"
    r"pays et territoires non|stores and provisions|avitaillement|high seas|haute mer|world|monde"
)


def recognises(glimpse: Glimpse) -> bool:
    return glimpse.kind == "table" and glimpse.header() >= frozenset(COLUMNS)


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The exports and imports of each reporter by partner and period, in euros; a value read is a line.

    Only totals over products and customs procedures are taken. Raises UnreadableFile for bytes that are no such table.
    """
    account = Ledger(name, valuation=Valuation.FOB_CIF, currency="EUR")
    members = {directory.letters[letters] for letters in MEMBERS if letters in directory.letters}

    @cache
    def known(label: str) -> Party:
        return _party(label, directory)

    for line, cells in named(table(data, name), name, COLUMNS):
        product, procedure = cells.get("product", "Total"), cells.get("stat_procedure", "Total")
        if _plain(product).lower() != "total":
            account.skip(line, "a product, not the total", product)
            continue
        if _plain(procedure).lower() != "total":
            account.skip(line, "one customs procedure, not the total", procedure)
            continue
        flow = FLOWS.get(_plain(cells["flow"]).upper())
        if flow is None:
            account.reject(line, "flow", cells["flow"], "must be EXPORT or IMPORT")
            continue
        period = _period(account, line, cells["period"])
        if period is None:
            continue
        if cells["value_in_eur"] in MISSING:
            account.skip(line, "no value given")
            continue
        amount = account.number(line, cells["value_in_eur"], "value_in_eur")
        if amount is None:
            continue
        reporter, partner = known(cells["reporter"]), known(cells["partner"])
        if reporter.code == UNION and partner.code in members:
            account.skip(line, "trade of the Union with one of its members", partner.said)
            continue
        year, first, last = period
        if account.add(line, reporter, partner, year, flow, amount, months=(first, last), field="value_in_eur"):
            for label in (cells["reporter"], cells["partner"]):
                _tell_if_wider(account, label, year)
    return account.close()


def _plain(label: str) -> str:
    """The label without the code in front: "Total" of "TOTAL-Total"."""
    return _CODE.sub("", label, count=1) if _CODE.match(label) else label


def _period(account: Ledger, line: int, text: str) -> tuple[int, int, int] | None:
    """Year, first and last month; None, and a rejection, for what is no period."""
    found = _PERIOD.fullmatch(text)
    if found and found[3] in MONTHS and (found[4] or found[3]) in MONTHS:
        year, first, last = int(found[5]), MONTHS[found[3]], MONTHS[found[4] or found[3]]
        code = WHOLE_YEAR if (first, last) == (1, 12) else last
        if first <= last and (found[1] is None or (int(found[1]), int(found[2])) == (year, code)):
            return year, first, last
    account.reject(line, "period", text, "must be a month or months of a year, as Jan. 2019 or Jan.-Dec. 2010")
    return None


def _party(label: str, directory: Directory) -> Party:
    said = _plain(label)
    inside = re.search(r"\(([A-Z]{2}(?:, [A-Z]{2})*)\)$", said)
    if inside and frozenset(inside[1].split(", ")) == MEMBERS and _SUMS.match(folded(said)):
        return directory.code(UNION, groups=True, name="of 27 members")
    if _SUMS.match(folded(said)):
        return Party("", said if len(said) <= 60 else f"{said[:57]}…", group=True)
    short = _WIDER.sub("", said)
    found = directory.name(short)
    if not found.code and not found.group and folded(short) in LABELS:
        found = directory.code(LABELS[folded(short)], name=short)
    return Party(found.code, short, found.group)


def _tell_if_wider(account: Ledger, label: str, year: int) -> None:
    """Warns of a figure of the time when the reporter counted somebody else in: Belgium with Luxembourg to 1998."""
    wider = _WIDER.search(label)
    years = [int(found) for found in _LEFT_LATER.findall(wider[0])] if wider else []
    if years and year <= max(years):
        account.warn(f"Figures up to {max(years)} are of more than the economy: {_plain(label)}.")
