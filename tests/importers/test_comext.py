"""Eurostat's Comext: periods and labels in all the forms seen, the Union told from other sums, euros."""

from decimal import Decimal

import pytest

from targets.importers import UnreadableFile, read_figures
from targets.records import Valuation

HEADER = "REPORTER,PARTNER,PRODUCT,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUR\r\n"
LETTERS = "AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IT, LT, LU, LV, MT, NL, PL, PT, RO, SE, SI, SK"
UNION = f"European Union - 27 countries ({LETTERS})"


@pytest.fixture
def read(directory):
    def reading(*lines):
        quoted = "".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)
        one, file = read_figures((HEADER + quoted).encode(), "Relational_View.csv", directory)
        assert one.name == "comext"
        accounted = file.taken + len(file.rejections) + sum(left.count for left in (*file.skipped, *file.unknown))
        assert file.read == accounted
        return file

    return reading


def line(
    reporter="Malta",
    partner="Russian Federation (Russia)",
    flow="EXPORT",
    period="Jan.-Dec. 2010",
    value="9646",
    **other,
):
    return (reporter, partner, other.get("product", "Total"), flow, other.get("procedure", "Total"), period, value)


def test_exports_and_imports_of_a_year_are_one_figure_in_euros(read):
    (row,) = read(line(), line(flow="IMPORT", value="11")).rows
    assert (row.first, row.second, row.reporter, row.year) == ("MLT", "RUS", "MLT", 2010)
    assert (row.exports, row.imports, row.currency) == (Decimal(9646), Decimal(11), "EUR")
    assert row.valuation is Valuation.FOB_CIF


@pytest.mark.parametrize(
    ("period", "year", "months"),
    [
        ("Jan.-Dec. 2010", 2010, (1, 12)),
        ("201952-Jan.-Dec. 2019", 2019, (1, 12)),
        ("Jan. 2019", 2019, (1, 1)),
        ("202408-Aug. 2024", 2024, (8, 8)),
        ("May 2019", 2019, (5, 5)),
        ("Jan.-Sep. 2024", 2024, (1, 9)),
    ],
)
def test_a_period_is_told_in_all_its_forms(read, period, year, months):
    (row,) = read(line(period=period)).rows
    assert (row.year, row.from_month, row.through_month) == (year, *months)


@pytest.mark.parametrize(
    "period", ["2019", "Foo. 2019", "Sep.-Jan. 2019", "201951-Jan.-Dec. 2019", "201852-Jan.-Dec. 2019", ""]
)
def test_a_period_that_is_none_is_rejected(read, period):
    file = read(line(period=period), line())
    assert "must be a month or months of a year" in str(file.rejections[0])
    assert len(file.rows) == 1


@pytest.mark.parametrize("flow", ["EXPORT", "2-EXPORT", "EXPORTATION"])
def test_a_flow_is_told_with_its_code_and_in_french(read, flow):
    (row,) = read(line(flow=flow, product="TOTAL-Total", procedure="T-Total")).rows
    assert (row.exports, row.imports) == (Decimal(9646), None)


def test_a_flow_of_another_name_is_rejected(read):
    assert "flow = '3-BALANCE': must be EXPORT or IMPORT" in str(read(line(flow="3-BALANCE")).rejections[0])


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Ireland (Eire)", "IRL"),
        ("Spain (incl. Canary Islands 'XB' from 1997)", "ESP"),
        ("Germany (incl. German Democratic Republic 'DD' from 1991)", "DEU"),
        ("Korea, Republic of (South Korea)", "KOR"),
        ("Viet Nam (incl. North Viet Nam 'VD' from 1977)", "VNM"),
        ("Belarus (Belorussia)", "BLR"),
        ("Bolivia, Plurinational State of", "BOL"),
        ("Lao People’s Democratic Republic (Laos)", "LAO"),
        ("St Vincent and the Grenadines", "VCT"),
        ("Türkiye", "TUR"),
        ("Russie, Fédération de", "RUS"),
        ("Etats-Unis (incl. Ile Navassa (partie de 'UM') de 1995 -> 2000)", "USA"),
        ("Biélorussie (Belarus)", "BLR"),
        ("Iran, République islamique d’", "IRN"),
        ("Monténégro (depuis 2007)", "MNE"),
        ("Cocos Islands (or Keeling Islands)", "CCK"),
        ("Micronesia, Federated States of", "FSM"),
        ("Heard Island and McDonald Islands", "HMD"),
        ("Îles Féroé", "FRO"),
        ("Kosovo (under United Nations Security Council Resolution 1244/99)", "XKX"),
        ("Switzerland (incl. Liechtenstein 'LI' -> 1994)", "CHE"),
        ("Allemagne (incl. République démocratique allemande 'DD' depuis 1991)", "DEU"),
    ],
)  # fmt: skip
def test_labels_are_known_in_english_and_french_without_what_they_say_of_wider_times(read, label, code):
    (row,) = read(line("Malta", label)).rows
    assert code in (row.first, row.second)


@pytest.mark.parametrize("label", [UNION, f"Union européenne - 27 pays ({LETTERS})"])
def test_the_union_of_todays_members_reports_as_the_union(read, label):
    (row,) = read(line(reporter=label)).rows
    assert (row.first, row.second, row.reporter) == ("EU", "RUS", "EU")


@pytest.mark.parametrize(
    "label",
    [
        "European Union (AT-01/1995, BE-01/1958, GB-01/1973->01/2020)",
        f"European Union - 28 countries ({LETTERS}, GB)",
        "Euro area - 20 countries (AT, BE, CY, DE, EE, ES, FI, FR, GR, HR, IE, IT, LT, LU, LV, MT, NL, PT, SI, SK)",
    ],
)
def test_a_union_of_other_members_is_left_out(read, label):
    file = read(line(reporter=label), line())
    assert [row.reporter for row in file.rows] == ["MLT"]
    assert [left.reason for left in file.skipped] == ["a group or the world, not one economy"]


@pytest.mark.parametrize(
    "label",
    [
        "Extra-EU27 (from 2020)",
        "Intra-UE27 (à partir de 2020)",
        "Stores and provisions within the framework of extra-Union trade",
        "Countries and territories not specified within the framework of intra-Union trade",
        "Pays et territoires non déterminés dans le cadre des échanges avec les pays tiers",
        "Haute mer",
    ],
)
def test_a_partner_that_is_no_country_is_left_out(read, label):
    file = read(line(partner=label), line())
    assert (len(file.rows), sum(left.count for left in file.skipped)) == (1, 1)


def test_trade_of_the_union_with_its_own_member_is_left_out(read):
    file = read(line(reporter=UNION, partner="Malta"), line(reporter=UNION))
    assert [(row.first, row.second) for row in file.rows] == [("EU", "RUS")]
    assert [left.reason for left in file.skipped] == ["trade of the Union with one of its members"]


def test_north_korea_is_not_taken_for_south_korea(read):
    file = read(line(partner="Korea, Democratic People’s Republic of (North Korea)"))
    assert [(row.first, row.second) for row in file.rows] == [("MLT", "PRK")]


def test_a_place_that_is_no_economy_of_the_site_is_reported(read):
    file = read(line(partner="Ceuta"), line())
    assert [(left.value, left.count) for left in file.unknown] == [("Ceuta", 1)]


def test_products_and_single_procedures_are_left_out(read):
    file = read(line(product="01-Live animals"), line(procedure="1-Normal"), line())
    assert (len(file.rows), sum(left.count for left in file.skipped)) == (1, 2)


@pytest.mark.parametrize("value", [":", ""])
def test_a_value_that_is_not_there_is_left_out(read, value):
    file = read(line(value=value), line(period="Jan. 2019"))
    assert [(left.reason, left.count) for left in file.skipped] == [("no value given", 1)]


@pytest.mark.parametrize(("year", "warnings"), [(1998, 1), (1999, 0)])
def test_belgium_with_luxembourg_is_warned_of(read, year, warnings):
    file = read(line(reporter="Belgium (incl. Luxembourg 'LU' -> 1998)", period=f"Jan.-Dec. {year}"))
    assert [row.reporter for row in file.rows] == ["BEL"]
    assert len(file.warnings) == warnings


def test_a_missing_column_is_told(directory):
    with pytest.raises(UnreadableFile, match="no value_in_eur"):
        read_figures(b"REPORTER,PARTNER,FLOW,PERIOD\n", "view.csv", directory, "comext")


def test_a_value_written_with_commas_is_rejected_and_not_cut_to_its_first_digits(directory):
    text = (
        HEADER
        + "Malta,China,Total,EXPORT,Total,Jan.-Dec. 2010,1,234\nMalta,China,Total,IMPORT,Total,Jan.-Dec. 2010,5\n"
    )
    file = read_figures(text.encode(), "view.csv", directory)[1]
    assert ["line 2" in str(one) and "written with commas" in str(one) for one in file.rejections] == [True]
    assert [(row.exports, row.imports) for row in file.rows] == [(None, Decimal(5))]
