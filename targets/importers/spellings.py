"""How publishers of trade statistics write economies where they leave ISO 3166 and UN M49: numbers, letters, names.

From the files, lists of codes and notes of UN Comtrade, WITS, the IMF, CEPII and Eurostat. What is neither here nor an
economy of the site is reported by name and never guessed at: "Other Asia, nes" (490, OAS) is mostly but not always
Taiwan. Former states are none of today's economies, whatever became of them.
"""

from __future__ import annotations

from targets.records import folded


def spelled(name: str) -> str:
    """The name as names are compared: no case, accents or hyphens, one kind of apostrophe, "&" as "and".

    >>> spelled("Côte d’Ivoire"), spelled("Trinidad & Tobago")
    ("cote d'ivoire", 'trinidad and tobago')
    """
    return folded(name.replace("’", "'").replace("‘", "'").replace("&", " and "))


NUMBERS = {842: 840, 251: 250, 699: 356, 757: 756, 579: 578}
"""Customs territories that Comtrade and BACI count wider than the country: USA, France, India, Switzerland, Norway."""

REGIONS = frozenset(
    {
        0, 1, 2, 5, 9, 11, 13, 14, 15, 17, 18, 19, 21, 29, 30, 34, 35, 39, 53, 54, 57, 61, 62, 97, 142, 143, 145, 150,
        151, 154, 155, 199, 202, 419, 432, 722,
    }
)  # fmt: skip
"""The world, continents and parts of them by M49, and the EU (97)."""

NES_NUMBERS = frozenset(
    {
        129, 221, 290, 471, 472, 473, 490, 492, 527, 568, 577, 636, 637, 697, 711, 837, 838, 839, 849, 879, 899,
    }
)  # fmt: skip
"""Comtrade's own numbers of groups: "not elsewhere specified", bunkers, free zones, customs unions. 492 is Monaco for
everybody but Comtrade, which counts it with France."""

FORMER_NUMBERS = frozenset(
    {
        58, 80, 200, 230, 278, 280, 457, 459, 461, 488, 530, 532, 536, 582, 588, 590, 592, 647, 658, 698, 717, 720, 736,
        810, 830, 835, 836, 841, 866, 868, 872, 886, 890, 891,
    }
)  # fmt: skip
"""Comtrade's numbers of states and territories that are none of today's economies: Belgium-Luxembourg to 1998, Sudan
to 2011, Yugoslavia, the Neutral Zone."""

LETTERS = {
    "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "SER": "SRB", "SUD": "SDN", "MNT": "MNE", "KOS": "XKX", "UVK": "XKX",
}  # fmt: skip
"""Letters that WITS kept when ISO 3166 changed them, and the IMF's of Kosovo."""

GROUP_LETTERS = frozenset(
    {
        "WLD", "W00", "ALL", "EUN", "EU27", "EAS", "ECS", "LCN", "MEA", "NAC", "SAS", "SSF", "SSA", "UNS", "BUN", "FRE",
        "SPE", "OAS", "USP", "999",
    }
)  # fmt: skip

FORMER_LETTERS = frozenset({"ANT", "BAT", "BLX", "CSK", "DDR", "ETF", "NZE", "PCE", "SCG", "SUN", "SVU", "YDR", "YUG"})
"""WITS's and the IMF's: the Netherlands Antilles, Belgium-Luxembourg, Czechoslovakia, the Soviet Union and others."""

GROUP_NAMES = frozenset(
    map(
        spelled,
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
            "Latin America & Caribbean", "North America", "South Asia",
            "Countries & Areas not specified", "Other Countries not included elsewhere", "Other Asia, nes",
            "Us Msc.Pac.I", "US Pacific Islands", "Not Applicable", "International Organizations",
            "Not Specified (including Confidential)",
        ),
    )
)  # fmt: skip

FORMER_NAMES = frozenset(
    map(
        spelled,
        (
            "Belgium-Luxembourg", "Br. Antr. Terr", "Czechoslovakia", "Eastern Germany", "Ethiopia(includes Eritrea)",
            "Fm Sudan", "German Democratic Republic", "Netherlands Antilles", "Neutral Zone", "Pacific Islands",
            "Serbia and Montenegro", "Soviet Union", "Former U.S.S.R.", "USSR", "СССР", "Yemen Democratic",
            "Yugoslavia", "Yugoslavia, SFR", "Yugoslavia,FR(Serbia/Montenegr",
        ),
    )
)  # fmt: skip

_SPELLINGS = {
    "ABW": "Aruba, Kingdom of the Netherlands",
    "AFG": "Afghanistan, Islamic Republic of|Afghanistan, Islamic Rep. of",
    "AIA": "Anguila",
    "AND": "Andorra, Principality of",
    "ARE": "United Arab Emirates, The",
    "ARM": "Armenia, Republic of",
    "ATF": "Fr. So. Ant. Tr|French Southern and Antarctic Lands",
    "AZE": "Azerbaijan, Republic of|Azerbaijan, Rep. of",
    "BES": "Bonaire|Bonaire, St. Eustatius and Saba",
    "BGR": "Bulgaria, Republic of",
    "BHR": "Bahrain, Kingdom of",
    "BHS": "Bahamas, The|The Bahamas",
    "BIH": "Bosnia Herzegovina|Bosnia & Herzegovina",
    "BLR": "Belarus, Republic of|Belarus, Rep. of|Republic of Belarus|Республика Беларусь",
    "BOL": "Bolivia (Plurinational State of)|Plurinational State of Bolivia",
    "BRN": "Brunei Darussalam|Бруней-Даруссалам",
    "CAF": "Central African Rep.",
    "CCK": "Cocos Islands (or Keeling Islands)",
    "CHE": "Switzerland|Switzerland-Liechtenstein|Switzerland, Liechtenstein|Швейцария",
    "CHN": "China, P.R.: Mainland|China, People's Republic of|China, mainland|People's Republic of China",
    "CIV": "Côte d'Ivoire|Cote d'Ivoire|Ivory Coast",
    "COD": (
        "Congo, Dem. Rep.|Dem. Rep. of the Congo|Congo, Democratic Republic of the|Congo, Democratic Rep. of|"
        "Congo, Democratic Republic of|Congo, Dem. Rep. of the"
    ),
    "COG": "Congo, Rep.|Congo, Republic of|Congo, Rep. of|Congo (Republic of)",
    "COM": "Comoros, Union of the",
    "CUW": "Curaçao, Kingdom of the Netherlands",
    "CZE": "Czechia (Czech Republic)|Czech Rep.",
    "DOM": "Dominican Rep.",
    "EGY": "Egypt, Arab Rep.|Egypt, Arab Republic of|Egypt, Arab Rep. of",
    "ERI": "Eritrea, The State of",
    "EST": "Estonia, Republic of|Estonia, Rep. of",
    "ETH": "Ethiopia(excludes Eritrea)|Ethiopia, The Federal Democratic Republic of|Ethiopia, The Federal Dem. Rep. of",
    "FJI": "Fiji, Republic of|Fiji, Rep. of",
    "FLK": "Falkland Island",
    "FRA": "France, Monaco|France and Monaco",
    "FSM": "Micronesia, Federated States of|Micronesia, Fed. Sts.|Micronesia (Federated States of)",
    "GBR": "United Kingdom of Great Britain and Northern Ireland",
    "GMB": "Gambia, The|The Gambia",
    "GNQ": "Equatorial Guinea, Republic of|Equatorial Guinea, Rep. of",
    "GUF": "Guiana, French",
    "HKG": "Hong Kong, China|China, Hong Kong SAR|China, P.R.: Hong Kong|Hong Kong",
    "HMD": "Heard Island and McDonald Isla",
    "HRV": "Croatia, Republic of|Croatia, Rep. of",
    "IOT": "British Indian Ocean Ter.",
    "IRL": "Ireland (Eire)|Irish Republic",
    "IRN": "Iran, Islamic Rep.|Iran, Islamic Republic of|Iran (Islamic Republic of)|Iran (Islamic Rep. of)",
    "KAZ": "Kazakhstan, Republic of|Kazakhstan, Rep. of|Republic of Kazakhstan|Республика Казахстан",
    "KGZ": "Kyrgyz Rep.|Kyrgyz, Republic",
    "KNA": "St. Kitts and Nevis|Saint Kitts & Nevis|St Kitts and Nevis",
    "KOR": "Korea, Rep.|Korea, Republic of|Rep. of Korea|Korea, Rep. of|Korea Republic of (South Korea)",
    "LAO": "Lao People's Democratic Republic|Lao People's Dem. Rep.|Lao People’s Democratic Republic",
    "LCA": "St. Lucia|St Lucia",
    "LSO": "Lesotho, Kingdom of",
    "LTU": "Lithuania, Republic of",
    "LVA": "Latvia, Republic of",
    "MAC": "China, P.R.: Macao|China, Macao SAR|Macao, China|Macao SAR, China",
    "MAF": "St. Martin",
    "MDA": "Moldova, Republic of|Rep. of Moldova|Republic of Moldova|Moldova, Rep. of",
    "MDG": "Madagascar, Republic of|Madagascar, Rep. of",
    "MHL": "Marshall Islands, Republic of the|Marshall Islands, Rep. of the",
    "MKD": "TFYR of Macedonia|Macedonia, FYR|North Macedonia, Republic of|Macedonia",
    "MNE": "Montenegro, Republic of",
    "MOZ": "Mozambique, Republic of|Mozambique, Rep. of",
    "MRT": "Mauritania, Islamic Republic of|Mauritania, Islamic Rep. of",
    "NCL": "French Territories: New Caledonia",
    "NLD": "Netherlands, The|The Netherlands|Netherlands (Kingdom of the)",
    "NRU": "Nauru, Republic of|Nauru, Rep. of",
    "PLW": "Palau, Republic of|Palau, Rep. of",
    "POL": "Poland, Republic of|Poland, Rep. of",
    "PRK": (
        "Korea, Dem. Rep.|Korea, Democratic People's Republic of|Korea, Democratic People's Rep. of|"
        "Korea, Dem. People's Rep. of|Dem. People's Rep. of Korea|"
        "Korea, Democratic People's Republic of (North Korea)"
    ),
    "PSE": "Occ.Pal.Terr|Occupied Palestinian Territory|Palestine, State of",
    "PYF": "French Territories: French Polynesia",
    "RUS": "Russian Federation (Russia)|Russia (Russian Federation)",
    "SGS": "South Georgia and South Sandwich Islands|South Georgia and the South Sa",
    "SJM": "Svalbard and Jan Mayen Is|Svalbard and Jan Mayen Islands",
    "SMR": "San Marino, Republic of|San Marino, Rep. of",
    "SRB": "Serbia, Republic of|Serbia, Rep. of|Serbia, FR(Serbia/Montenegro)",
    "SSD": "South Sudan, Republic of|South Sudan, Rep. of",
    "STP": "São Tomé and Príncipe, Democratic Republic of|São Tomé and Príncipe, Dem. Rep. of",
    "SVK": "Slovak Republic|Slovak Rep.",
    "SVN": "Slovenia, Republic of|Slovenia, Rep. of",
    "SWZ": "Eswatini, Kingdom of",
    "SXM": "Saint Maarten|Saint Maarten (Dutch part)|Sint Maarten, Kingdom of the Netherlands",
    "SYR": "Syrian Arab Republic|Syrian Arab Rep.|Syrian Arab Rep",
    "TCA": "Turks and Caicos Isl.",
    "TJK": "Tajikistan, Republic of|Tajikistan, Rep. of|Republic of Tajikistan",
    "TKL": "Tokelau Islands",
    "TLS": "Timor-Leste, Democratic Republic of|Timor-Leste, Dem. Rep. of",
    "TUR": "Türkiye, Republic of|Turkey, Republic of|Türkiye, Rep of",
    "TWN": "Taiwan Province of China|Taiwan, Province of China|Taiwan, China",
    "TZA": "United Republic of Tanzania|United Rep. of Tanzania|Tanzania, United Republic of|Tanzania, United Rep. of",
    "UKR": "Ukraine, Republic of",
    "UMI": "United States Minor Outlying I",
    "USA": "United States of America|USA|USA, Puerto Rico and US Virgin Islands",
    "UZB": "Uzbekistan, Republic of|Uzbekistan, Rep. of|Republic of Uzbekistan",
    "VAT": "Vatican|Holy See (Vatican City State)",
    "VCT": "St. Vincent and the Grenadines|Saint Vincent & the Grenadines|St Vincent and the Grenadines",
    "VEN": (
        "Venezuela (Bolivarian Republic of)|Venezuela, República Bolivariana de|Venezuela, RB|"
        "Venezuela, Rep. Bolivariana de"
    ),
    "VGB": "Virgin Islands, British|Virgin Islands (British)",
    "VIR": "Virgin Islands, U.S.|Virgin Islands (U.S.)|Virgin Islands, United States",
    "VNM": "Viet Nam",
    "WLF": "Wallis and Futura Isl.|Wallis and Futuna Islands",
    "XKX": "Kosovo, Republic of|Kosovo, Rep. of|Kosovo (under United Nations Security Council Resolution 1244/99)",
    "YEM": "Yemen, Rep.|Yemen, Republic of|Yemen, Rep. of",
    "ZAF": "South Africa, Republic of",
}  # fmt: skip

NAMES = {spelled(name): code for code, names in _SPELLINGS.items() for name in names.split("|")}
"""The code by a folded name that is not the economy's own."""
