"""Eurostat's Comext as EasyComext's "relational view" hands it out, for years or months, values in euros.

``REPORTER,PARTNER,PRODUCT,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUR``; the labels follow the user's settings: English
or French, with a code in front or without (``EXPORT``, ``2-EXPORT``, ``EXPORTATION``; ``Jan. 2019``, ``Jan.-Dec.
2010``, ``201952-Jan.-Dec. 2019``, where month 52 is the whole year). All of these were seen, and files that hold the
member states beside three sums of them: of these only the Union of today's 27 members is an economy of this site.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from targets.importers.directory import Directory, Party
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger
from targets.importers.opening import Glimpse, named, table
from targets.importers.rows import FigureFile
from targets.importers.spellings import spelled
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
    spelled(label): code
    for code, labels in {
        "ALA": "Iles Åland", "ALB": "Albanie", "AND": "Andorre", "ARE": "Emirats arabes unis", "ARG": "Argentine",
        "ARM": "Arménie", "ASM": "Samoa américaines", "ATA": "Antarctique", "ATF": "Terres australes françaises",
        "ATG": "Antigua-et-Barbuda", "AUS": "Australie", "AUT": "Autriche", "AZE": "Azerbaïdjan",
        "BEL": "Belgique", "BES": "Bonaire, Saint-Eustache et Saba|Pays-Bas caribéens", "BGR": "Bulgarie",
        "BHR": "Bahreïn", "BIH": "Bosnie-Herzégovine", "BLR": "Belarus (Belorussia)|Biélorussie (Belarus)",
        "BMU": "Bermudes", "BOL": "Bolivia, Plurinational State of|Bolivie, Etat plurinational de",
        "BRA": "Brésil", "BRB": "Barbade", "BTN": "Bhoutan", "BVT": "Ile Bouvet",
        "CAF": "République centrafricaine", "CCK": "Iles Cocos (ou Iles Keeling)|Iles Cocos", "CHE": "Suisse",
        "CHL": "Chili", "CHN": "Chine", "CMR": "Cameroun", "COD": "Congo, République démocratique du",
        "COK": "Iles Cook", "COL": "Colombie", "COM": "Comores", "CPV": "Cap-Vert", "CXR": "Ile Christmas",
        "CYM": "Iles Caïmans", "CYP": "Chypre", "CZE": "Tchéquie", "DEU": "Allemagne", "DMA": "Dominique",
        "DNK": "Danemark", "DOM": "République dominicaine", "DZA": "Algérie", "ECU": "Equateur", "EGY": "Egypte",
        "ERI": "Erythrée", "ESH": "Sahara occidental", "ESP": "Espagne", "EST": "Estonie", "ETH": "Ethiopie",
        "FIN": "Finlande", "FJI": "Fidji", "FLK": "Iles Falkland|Iles Malouines", "FRO": "Iles Féroé",
        "FSM": "Micronésie, Etats fédérés de|Micronésie", "GBR": "Royaume-Uni", "GEO": "Géorgie",
        "GGY": "Guernesey", "GIN": "Guinée", "GMB": "Gambie", "GNB": "Guinée-Bissau", "GNQ": "Guinée équatoriale",
        "GRC": "Grèce", "GRD": "Grenade", "GRL": "Groenland", "GUF": "Guyane française",
        "HMD": "Iles Heard et McDonald|Ile Heard et îles McDonald", "HRV": "Croatie", "HTI": "Haïti",
        "HUN": "Hongrie", "IDN": "Indonésie", "IMN": "Ile de Man", "IND": "Inde",
        "IOT": "Territoire britannique de l'océan Indien", "IRL": "Ireland (Eire)|Irlande (Eire)",
        "IRN": "Iran, République islamique d’", "IRQ": "Irak", "ISL": "Islande", "ISR": "Israël", "ITA": "Italie",
        "JAM": "Jamaïque", "JOR": "Jordanie", "JPN": "Japon", "KGZ": "Kirghizistan", "KHM": "Cambodge",
        "KNA": "St Kitts and Nevis|Saint-Christophe-et-Nevis",
        "KOR": "Korea, Republic of (South Korea)|Corée, République de (Corée du Sud)", "KWT": "Koweït",
        "LAO": "Lao People’s Democratic Republic (Laos)|République démocratique populaire lao (Laos)",
        "LBN": "Liban", "LBY": "Libye", "LCA": "St Lucia|Sainte-Lucie", "LTU": "Lituanie", "LVA": "Lettonie",
        "MAR": "Maroc", "MDA": "Moldova, Republic of|Moldavie, République de", "MEX": "Mexique",
        "MHL": "Iles Marshall", "MKD": "Macédoine du Nord", "MLT": "Malte",
        "MMR": "Myanmar (Burma)|Myanmar (Birmanie)", "MNE": "Monténégro", "MNG": "Mongolie",
        "MNP": "Iles Mariannes du Nord", "MRT": "Mauritanie", "MUS": "Maurice", "MYS": "Malaisie",
        "NAM": "Namibie", "NCL": "Nouvelle-Calédonie", "NFK": "Ile Norfolk", "NLD": "Pays-Bas", "NOR": "Norvège",
        "NPL": "Népal", "NZL": "Nouvelle-Zélande", "PCN": "Iles Pitcairn", "PER": "Pérou", "PLW": "Palaos",
        "PNG": "Papouasie-Nouvelle-Guinée", "POL": "Pologne", "PRI": "Porto Rico",
        "PRK": "Corée, République populaire démocratique de (Corée du Nord)",
        "PSE": "Territoire palestinien occupé|Territoires palestiniens", "PYF": "Polynésie française",
        "REU": "La Réunion", "ROU": "Roumanie", "RUS": "Russian Federation (Russia)|Russie, Fédération de",
        "SAU": "Arabie saoudite", "SDN": "Soudan", "SGP": "Singapour",
        "SGS": "Géorgie du Sud et les îles Sandwich du Sud|Géorgie du Sud et îles Sandwich du Sud",
        "SHN": "Sainte-Hélène, Ascension et Tristan da Cunha|Sainte-Hélène", "SJM": "Svalbard et Jan Mayen",
        "SLB": "Iles Salomon", "SMR": "Saint-Marin", "SOM": "Somalie", "SPM": "Saint-Pierre-et-Miquelon",
        "SRB": "Serbie", "SSD": "Soudan du Sud", "STP": "Sao Tomé-et-Principe", "SVK": "Slovaquie",
        "SVN": "Slovénie", "SWE": "Suède",
        "SXM": "Saint-Martin (partie néerlandaise)|Sint-Maarten (partie néerlandaise)",
        "SYR": "Syrian Arab Republic (Syria)|République arabe syrienne (Syrie)",
        "TCA": "Iles Turks-et-Caicos|Iles Turks et Caïcos", "TCD": "Tchad", "THA": "Thaïlande",
        "TJK": "Tadjikistan", "TKM": "Turkménistan", "TLS": "Timor oriental", "TTO": "Trinité-et-Tobago",
        "TUN": "Tunisie", "TUR": "Turquie", "TZA": "Tanzania, United Republic of|Tanzanie, République unie de",
        "UGA": "Ouganda", "UMI": "Iles mineures éloignées des Etats-Unis", "USA": "Etats-Unis",
        "UZB": "Ouzbékistan", "VAT": "Saint-Siège (Etat de la Cité du Vatican)|Saint-Siège",
        "VCT": "St Vincent and the Grenadines|Saint-Vincent-et-les-Grenadines",
        "VEN": "Venezuela, Bolivarian Republic of|Venezuela, République bolivarienne du",
        "VGB": "Iles Vierges britanniques", "VIR": "Iles Vierges des Etats-Unis", "VNM": "Viêt Nam",
        "WLF": "Wallis-et-Futuna", "ZAF": "Afrique du Sud", "ZMB": "Zambie",
    }.items()
    for label in labels.split("|")
}  # fmt: skip
"""Eurostat's English and French labels that no other publisher writes, without what they say of wider times.

Those of larger economies were seen; the other French ones are as Eurostat's nomenclature and CLDR have them.
"""

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

    for line, cells in account.sound(named(table(data, name), name, COLUMNS)):
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
    if not found.code and not found.group and spelled(short) in LABELS:
        found = directory.code(LABELS[spelled(short)], name=short)
    return replace(found, said=short)


def _tell_if_wider(account: Ledger, label: str, year: int) -> None:
    """Warns of a figure of the time when the reporter counted somebody else in: Belgium with Luxembourg to 1998."""
    wider = _WIDER.search(label)
    years = [int(found) for found in _LEFT_LATER.findall(wider[0])] if wider else []
    if years and year <= max(years):
        account.warn(f"Figures up to {max(years)} are of more than the economy: {_plain(label)}.")
