"""How publishers of trade statistics write economies where they leave ISO 3166 and UN M49: numbers, letters, names.

From the files and notes of UN Comtrade, WITS, the IMF, CEPII and Eurostat. Whatever is neither here nor an economy of
the site is reported by name and never guessed at: "Other Asia, nes" (490, OAS) is mostly but not always Taiwan,
Belgium–Luxembourg (58, BLX) and former states are none of today's economies.
"""

from __future__ import annotations

from targets.records import folded

NUMBERS = {842: 840, 251: 250, 699: 356, 757: 756, 579: 578}
"""Customs territories that Comtrade and BACI count wider than the country: USA, France, India, Switzerland, Norway."""

GROUP_NUMBERS = frozenset(
    {0, 1, 2, 9, 19, 97, 142, 150, 472, 473, 492, 527, 568, 577, 636, 637, 837, 838, 839, 849, 879, 899}
)
"""The world, continents, the EU, and partners "not elsewhere specified", bunkers and free zones."""

LETTERS = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "SER": "SRB", "SUD": "SDN", "MNT": "MNE"}
"""Letters that WITS kept when ISO 3166 changed them."""

GROUP_LETTERS = frozenset(
    {
        "WLD",
        "W00",
        "ALL",
        "EUN",
        "EU27",
        "EAS",
        "ECS",
        "LCN",
        "MEA",
        "NAC",
        "SAS",
        "SSF",
        "SSA",
        "UNS",
        "BUN",
        "FRE",
        "SPE",
    }
)

GROUP_NAMES = frozenset(
    map(
        folded,
        (
            "World", "All countries", "Total", "Всего", "Весь мир", "Мир", "Бардыгы", "Jami",
            "Africa", "Asia", "Europe", "Oceania", "Americas", "America", "Middle East", "Unspecified", "Bunkers",
            "Special Categories", "Free Zones", "Areas, nes", "Areas, not elsewhere specified", "Other countries",
            "Другие страны", "Прочие страны", "European Union (EU)", "European Union", "Euro Area", "Euro Area (EA)",
            "Advanced Economies", "Emerging and Developing Economies", "Emerging Market and Developing Economies",
            "Emerging and Developing Asia", "Emerging and Developing Europe", "Middle East and Central Asia",
            "Latin America and the Caribbean", "Western Hemisphere", "Sub-Saharan Africa", "Export earnings: fuel",
            "Export earnings: nonfuel", "Middle East & North Africa",
            "Middle East, North Africa, Afghanistan & Pakistan", "Europe & Central Asia", "East Asia & Pacific",
            "Latin America & Caribbean", "North America", "South Asia", "Sub-Saharan Africa",
            "Countries & Areas not specified", "Other Countries not included elsewhere",
        ),
    )
)  # fmt: skip

_SPELLINGS = {
    "ARE": "United Arab Emirates, The",
    "ARM": "Armenia, Republic of",
    "AZE": "Azerbaijan, Republic of|Azerbaijan, Rep. of",
    "BGR": "Bulgaria, Republic of",
    "BHR": "Bahrain, Kingdom of",
    "BHS": "Bahamas, The|The Bahamas",
    "BIH": "Bosnia Herzegovina|Bosnia & Herzegovina",
    "BLR": "Belarus, Republic of|Belarus, Rep. of|Republic of Belarus|Республика Беларусь",
    "BOL": "Bolivia (Plurinational State of)|Plurinational State of Bolivia",
    "BRN": "Brunei Darussalam|Бруней-Даруссалам",
    "CHE": "Switzerland|Switzerland-Liechtenstein|Switzerland, Liechtenstein|Швейцария",
    "CHN": "China, P.R.: Mainland|China, People's Republic of|China, mainland|People's Republic of China",
    "CIV": "Côte d'Ivoire|Cote d'Ivoire|Ivory Coast",
    "COD": "Congo, Dem. Rep.|Dem. Rep. of the Congo|Congo, Democratic Republic of the|Congo, Democratic Rep. of",
    "COG": "Congo, Rep.|Congo, Republic of",
    "CZE": "Czechia (Czech Republic)",
    "DOM": "Dominican Rep.",
    "EGY": "Egypt, Arab Rep.|Egypt, Arab Republic of|Egypt, Arab Rep. of",
    "ETH": "Ethiopia(excludes Eritrea)|Ethiopia, The Federal Democratic Republic of",
    "EST": "Estonia, Republic of|Estonia, Rep. of",
    "FRA": "France, Monaco|France and Monaco",
    "GBR": "United Kingdom of Great Britain and Northern Ireland",
    "HKG": "Hong Kong, China|China, Hong Kong SAR|China, P.R.: Hong Kong|Hong Kong",
    "HRV": "Croatia, Republic of|Croatia, Rep. of",
    "IRL": "Ireland (Eire)|Irish Republic",
    "IRN": "Iran, Islamic Rep.|Iran, Islamic Republic of|Iran (Islamic Republic of)|Iran (Islamic Rep. of)",
    "KAZ": "Kazakhstan, Republic of|Kazakhstan, Rep. of|Republic of Kazakhstan|Республика Казахстан",
    "KGZ": "Kyrgyz Rep.",
    "KNA": "St. Kitts and Nevis|Saint Kitts & Nevis",
    "KOR": "Korea, Rep.|Korea, Republic of|Rep. of Korea|Korea, Rep. of|Korea Republic of (South Korea)",
    "LAO": "Lao People's Democratic Republic|Lao People's Dem. Rep.|Lao People’s Democratic Republic",
    "LCA": "St. Lucia",
    "LVA": "Latvia, Republic of",
    "LTU": "Lithuania, Republic of",
    "MDA": "Moldova, Republic of|Rep. of Moldova|Republic of Moldova|Moldova, Rep. of",
    "MKD": "TFYR of Macedonia|Macedonia, FYR|North Macedonia, Republic of|Macedonia",
    "MNE": "Montenegro, Republic of",
    "NLD": "Netherlands, The|The Netherlands|Netherlands (Kingdom of the)",
    "POL": "Poland, Republic of|Poland, Rep. of",
    "RUS": "Russian Federation (Russia)|Russia (Russian Federation)",
    "SRB": "Serbia, Republic of|Serbia, Rep. of|Serbia, FR(Serbia/Montenegro)",
    "SVK": "Slovak Republic|Slovak Rep.",
    "SVN": "Slovenia, Republic of|Slovenia, Rep. of",
    "SYR": "Syrian Arab Republic|Syrian Arab Rep.|Syrian Arab Rep",
    "TJK": "Tajikistan, Republic of|Tajikistan, Rep. of|Republic of Tajikistan",
    "TUR": "Türkiye, Republic of|Turkey, Republic of|Türkiye, Rep of",
    "TZA": "United Republic of Tanzania|United Rep. of Tanzania|Tanzania, United Republic of|Tanzania, United Rep. of",
    "UKR": "Ukraine, Republic of",
    "USA": "United States of America|USA|USA, Puerto Rico and US Virgin Islands",
    "UZB": "Uzbekistan, Republic of|Uzbekistan, Rep. of|Republic of Uzbekistan",
    "VCT": "St. Vincent and the Grenadines|Saint Vincent & the Grenadines",
    "VEN": "Venezuela (Bolivarian Republic of)|Venezuela, República Bolivariana de|Venezuela, RB",
    "VNM": "Viet Nam",
    "YEM": "Yemen, Rep.|Yemen, Republic of",
    "ZAF": "South Africa, Republic of",
}  # fmt: skip

NAMES = {folded(name): code for code, names in _SPELLINGS.items() for name in names.split("|")}
"""The code by a folded name that is not the economy's own."""
