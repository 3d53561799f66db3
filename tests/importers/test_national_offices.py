"""Tables of four national offices as they lay them out, each trap on a small table in the office's own form."""

import io
from decimal import Decimal

import pytest
import xlsxwriter

from targets.importers import UnreadableFile, read_figures
from targets.records import FigureStanding

GROUP = "a group or the world, not one economy"


@pytest.fixture
def read(directory):
    def reading(text, expected, name="table.csv", format_name="auto"):
        data = text if isinstance(text, bytes) else text.encode()
        one, file = read_figures(data, name, directory, format_name)
        assert one.name == expected
        accounted = file.taken + len(file.rejections) + sum(left.count for left in (*file.skipped, *file.unknown))
        assert file.read == accounted
        return file

    return reading


def workbook(*sheets):
    """An XLSX of sheets, each a name and rows; numbers as numbers."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for title, rows in sheets:
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def by_partner(file, reporter):
    return {
        (row.first if row.second == reporter else row.second, row.year): (row.exports, row.imports) for row in file.rows
    }


# Kazakhstan

KAZAKHSTAN = """\
 Основные показатели внешней торговли Республики Казахстан,,,,,,
2023 год,,,,,,
,,,,тыс. долларов США,,
Наименование,Товарооборот,,Экспорт,,Импорт,
,всего,"удельный вес, %",всего,"удельный вес, %",всего,"удельный вес, %"
Всего,300.5,100,200,100,100.5,100
Страны СНГ,150,50,100,50,50,50
Страны ЕАЭС,150,50,100,50,50,50
Кыргызстан,1.5,0.7,1.00025,0.5,0.5,0.2
"Молдова, Республика",1,0.1,0.5,0.1,0.5,0.1
Остальные страны мира,99,1,1,1,98,1
Америка,99,1,1,1,98,1
"Иран, Исламская Республика",7,1,7,1,-,-
"""


def test_kazakhstan_gives_both_flows_by_country_and_no_sum_of_groups(read):
    file = read(KAZAKHSTAN, "kazakhstan")
    assert by_partner(file, "KAZ") == {
        ("KGZ", 2023): (Decimal("1000.25"), Decimal(500)),
        ("IRN", 2023): (Decimal(7000), None),
        ("MDA", 2023): (Decimal(500), Decimal(500)),
    }
    assert {left.value for left in file.skipped if left.reason == GROUP} == {
        "Всего", "Страны СНГ", "Страны ЕАЭС", "Остальные страны мира", "Америка",
    }  # fmt: skip
    assert file.unknown == ()
    assert {row.standing for row in file.rows} == {FigureStanding.FINAL}


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("2023 год", (1, 12)),
        ("за 2023 год*", (1, 12)),
        ("январь-сентябрь 2023 года", (1, 9)),
        ("Январь – июнь 2023 года", (1, 6)),
        ("март 2023 года", (3, 3)),
    ],
)  # fmt: skip
def test_the_period_of_kazakhstans_table_is_the_one_above_the_headings(read, said, months):
    file = read(KAZAKHSTAN.replace("2023 год", said), "kazakhstan")
    assert {(row.year, row.from_month, row.through_month) for row in file.rows} == {(2023, *months)}


def test_kazakhstans_sheets_may_be_a_workbook_with_a_sheet_a_year(read):
    rows = [line.replace('"', "").split(",") for line in KAZAKHSTAN.splitlines()[:9]]
    other = [[cell.replace("2023", "2022") for cell in row] for row in rows]
    file = read(workbook(("Содержание", [["…"]]), ("2023", rows), ("2022", other)), "kazakhstan", "table.xlsx")
    assert {row.year for row in file.rows} == {2022, 2023}


def test_a_table_of_kazakhstan_with_a_note_on_preliminary_figures_is_preliminary(read):
    file = read(KAZAKHSTAN + "* Предварительные данные,,,,,,\n", "kazakhstan")
    assert {row.standing for row in file.rows} == {FigureStanding.PRELIMINARY}


def test_a_turnover_that_is_not_the_sum_of_its_parts_is_warned_of(read):
    file = read(KAZAKHSTAN.replace("Кыргызстан,1.5", "Кыргызстан,1500"), "kazakhstan")
    assert file.warnings == ("Line 9: exports and imports of Кыргызстан do not add up to the turnover beside.",)


def test_a_cell_of_kazakhstan_that_is_no_number_keeps_its_line_out_and_no_other(read):
    file = read(KAZAKHSTAN.replace("1.00025", "1 000"), "kazakhstan")
    assert "line 9, exports = '1 000': must be a plain number" in str(file.rejections[0])
    assert by_partner(file, "KAZ").keys() == {("IRN", 2023), ("MDA", 2023)}


def test_a_line_of_kazakhstan_about_nobody_known_is_reported(read):
    file = read(KAZAKHSTAN.replace("Молдова, Республика", "Атлантида"), "kazakhstan")
    assert [(left.field, left.value, left.count) for left in file.unknown] == [("partner", "Атлантида", 2)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (KAZAKHSTAN.replace("тыс. долларов США", ""), "none of the first lines says the unit"),
        (KAZAKHSTAN.replace("2023 год", ""), "no line above the headings says the period"),
        ("Наименование,Всего\nКыргызстан,1\n", "no line has the headings"),
    ],
)
def test_a_table_of_kazakhstan_that_does_not_say_what_it_is_is_refused(directory, text, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read_figures(text.encode(), "table.csv", directory, "kazakhstan")


def test_a_line_of_kazakhstan_that_is_shifted_is_rejected(read):
    file = read(KAZAKHSTAN.replace("Кыргызстан,1.5,0.7,1.00025", "Кыргызстан,1,234.5,0.7,1.00025"), "kazakhstan")
    assert "line 9" in str(file.rejections[0])
    assert "more cells than the header names" in str(file.rejections[0])
    assert by_partner(file, "KAZ").keys() == {("IRN", 2023), ("MDA", 2023)}


# Kyrgyzstan

KYRGYZSTAN = """\
4.03.00.20: Товарлардын импорту,4.03.00.20: Географическое распределение импорта товаров,4.03.00.20: Imports of goods,,
(миң АКШ доллары),(тыс. долларов США),(thousand US dollars),,
,,,2021,2022,2023 1
Бардыгы,Всего,Total,10,20,30
ЕС,ЕС,The EU,1,2,3
ЕАЭБ,ЕАЭС,EAEU,1,2,3
,,,,,
Америка,Америка,America,1,2,3
Беларусь,Беларусь,Belarus,-,86956.716,76170.221000000005
Улуу Британия,Великобритания,Great Britain,0,-,91253.38
Андора,Андорра,Andorra,-,-,0.107
"""


def test_kyrgyzstan_gives_one_flow_by_country_and_year(read):
    file = read(KYRGYZSTAN, "kyrgyzstan")
    assert by_partner(file, "KGZ") == {
        ("BLR", 2022): (None, Decimal("86956716.00")),
        ("BLR", 2023): (None, Decimal("76170221.00")),
        ("GBR", 2021): (None, Decimal(0)),
        ("GBR", 2023): (None, Decimal("91253380.00")),
        ("AND", 2023): (None, Decimal("107.00")),
    }
    assert {left.value for left in file.skipped} == {"Total", "The EU", "EAEU", "America"}


def test_a_line_of_kyrgyzstan_that_is_shifted_is_rejected(read):
    file = read(KYRGYZSTAN.replace("86956.716", "86,956.716"), "kyrgyzstan")
    assert "more cells than the header names" in str(file.rejections[0])
    assert ("BLR", 2022) not in by_partner(file, "KGZ")


def test_the_number_of_kyrgyzstans_table_says_which_way_the_goods_went(read):
    file = read(KYRGYZSTAN.replace("4.03.00.20", "4.03.00.18"), "kyrgyzstan")
    assert by_partner(file, "KGZ")["BLR", 2022] == (Decimal("86956716.00"), None)


@pytest.mark.parametrize("header", ["2023 1", "20231", "2023*", "2023 1)"])
def test_a_year_with_a_footnote_is_that_year(read, header):
    file = read(KYRGYZSTAN.replace("2023 1", header), "kyrgyzstan")
    assert {row.year for row in file.rows} == {2021, 2022, 2023}


@pytest.mark.parametrize(
    ("footnote", "standing", "note"),
    [
        ("1 Предварительные данные", FigureStanding.PRELIMINARY, ""),
        ("1) Preliminary data.", FigureStanding.PRELIMINARY, ""),
        ("1 Without the free zones", FigureStanding.UNKNOWN, "Without the free zones"),
        ("", FigureStanding.UNKNOWN, "The office marks this year with a footnote"),
    ],
)
def test_figures_of_a_year_with_a_footnote_say_so(read, footnote, standing, note):
    file = read(KYRGYZSTAN + f",{footnote},,,,\n", "kyrgyzstan")
    assert {(row.standing, row.note) for row in file.rows if row.year == 2023} == {(standing, note)}
    assert {(row.standing, row.note) for row in file.rows if row.year < 2023} == {(FigureStanding.FINAL, "")}


def test_kyrgyzstans_table_is_read_from_its_workbook(read):
    def typed(cell):
        return float(cell) if cell.replace(".", "", 1).isdigit() else cell

    rows = [[typed(cell) for cell in line.split(",")] for line in KYRGYZSTAN.splitlines()]
    file = read(workbook(("4.03.00.20", rows)), "kyrgyzstan", "4.03.00.20.xlsx")
    assert by_partner(file, "KGZ")["BLR", 2023] == (None, Decimal("76170221.00"))
    assert len(file.rows) == 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (KYRGYZSTAN.replace("(миң АКШ доллары),(тыс. долларов США),(thousand US dollars)", ",,"), "says the unit"),
        (KYRGYZSTAN.replace("2021,2022,2023 1", "a,b,c"), "no line of years"),
        (KYRGYZSTAN.replace("4.03.00.20", "4.03.00.10"), "no title of table 4.03.00.18 or 4.03.00.20"),
    ],
)
def test_a_table_of_kyrgyzstan_that_does_not_say_what_it_is_is_refused(directory, text, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read_figures(text.encode(), "table.csv", directory, "kyrgyzstan")


# Uzbekistan

UZBEKISTAN = """\
\ufeffCode,Klassifikator,Klassifikator_ru,Klassifikator_en,2022,2023
008,Albaniya,Албания,Albania,3196.8,543.8
417,Qirg'iziston,Kyrgyzstan,Кыргызстан,0.0,1.25
798,Tuvalu,Тувалу,Tuvalu,0.0,1.9
404,Keniya,Кения,Kenya,,x
"""


@pytest.mark.parametrize(
    ("name", "format_name", "exports"),
    [
        ("sdmx_data_1105.csv", "auto", True),
        ("sdmx_data_1176.csv", "auto", False),
        ("2024-11-01 1176 (2).csv", "uzbekistan", False),
        ("download.csv", "uzbekistan-exports", True),
        ("sdmx_data_1105.csv", "uzbekistan-imports", False),
    ],
)
def test_uzbekistans_table_counts_what_its_number_or_the_format_says(read, name, format_name, exports):
    expected = "uzbekistan" if format_name == "auto" else format_name
    rows = by_partner(read(UZBEKISTAN, expected, name, format_name), "UZB")
    amount = Decimal("3196800.00")
    assert rows["ALB", 2022] == ((amount, None) if exports else (None, amount))


@pytest.mark.parametrize("name", ["table.csv", "sdmx_data_11051.csv", "1105 and 1176.csv"])
def test_a_table_of_uzbekistan_that_does_not_say_its_direction_is_refused_with_the_way_out(directory, name):
    with pytest.raises(UnreadableFile, match=r"1105 exports, 1176 imports.*uzbekistan-exports or uzbekistan-imports"):
        read_figures(UZBEKISTAN.encode(), name, directory)


def test_uzbekistans_partners_are_told_by_number_whatever_the_names_say(read):
    file = read(UZBEKISTAN, "uzbekistan", "sdmx_data_1105.csv")
    assert by_partner(file, "UZB") == {
        ("ALB", 2022): (Decimal("3196800.00"), None),
        ("ALB", 2023): (Decimal("543800.00"), None),
        ("TUV", 2022): (Decimal(0), None),
        ("TUV", 2023): (Decimal("1900.00"), None),
        ("KGZ", 2022): (Decimal(0), None),
        ("KGZ", 2023): (Decimal("1250.00"), None),
    }
    assert [str(rejection) for rejection in file.rejections] == [
        "sdmx_data_1105.csv, line 5, column 2023, 2023 = 'x': must be a plain number with a point for decimals"
    ]


def test_a_number_that_only_publishers_of_trade_use_is_a_country_of_m49_in_uzbekistans_table(read):
    file = read(UZBEKISTAN + "492,Monako,Монако,Monaco,,2.5\n998,Atlantida,Атлантида,Atlantis,1,2\n", "uzbekistan",
                "sdmx_data_1105.csv")  # fmt: skip
    assert by_partner(file, "UZB")["MCO", 2023] == (Decimal("2500.00"), None)
    assert [(left.value, left.count) for left in file.unknown] == [("998 Atlantis", 2)]


def test_a_table_of_uzbekistan_whose_line_is_shifted_is_rejected(read):
    file = read(UZBEKISTAN.replace("3196.8,543.8", "3,196.8,543.8"), "uzbekistan", "sdmx_data_1105.csv")
    assert "line 2: more cells than the header names" in str(file.rejections[0])
    assert ("ALB", 2022) not in by_partner(file, "UZB")


# Armenia

ARMENIA = """\
country,export,import_consigment,import_origin,timeperiod,year

Afghanistan,573.4,-,-,7,2020

Russian Federation,1.5,0.5,2.5,12,2020

Afghanistan,3326.0,0.2,0.3,Year,2020

Albania,-,-,83.6,1,2023

Albania,-,-,83.6,Year,2023

American Saoma,-,-,5.5,Year,2020
"""


def test_armenia_gives_exports_and_imports_by_origin(read):
    file = read(ARMENIA, "armenia")
    assert by_partner(file, "ARM")["AFG", 2020] == (Decimal(3_326_000), Decimal(300))
    assert [left.value for left in file.unknown] == ["American Saoma"]


def test_imports_by_consignment_are_a_format_of_their_own_and_never_added(read):
    file = read(ARMENIA, "armenia-consignment", format_name="armenia-consignment")
    assert by_partner(file, "ARM") == {("AFG", 2020): (None, Decimal(200))}
    reasons = {left.reason for left in read(ARMENIA, "armenia").skipped}
    assert any("country of consignment: another count of the same goods" in reason for reason in reasons)


def test_the_line_called_year_goes_as_far_as_the_months_of_that_year(read):
    file = read(ARMENIA, "armenia")
    assert {(row.year, row.from_month, row.through_month) for row in file.rows} == {(2020, 1, 12), (2023, 1, 1)}
    assert file.warnings == ("The year 2023 goes as far as month 1 in this table and is taken as that.",)


def test_months_of_armenia_are_left_out_beside_their_year(read):
    months = [left for left in read(ARMENIA, "armenia").skipped if left.reason.startswith("a month")]
    assert [left.count for left in months] == [5]


def test_a_year_of_armenia_without_months_is_a_whole_one(read):
    file = read(ARMENIA.replace("Albania,-,-,83.6,1,2023\n", ""), "armenia")
    assert {(row.year, row.through_month) for row in file.rows} == {(2020, 12), (2023, 12)}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Albania,-,-,x,Year,2020", "import_origin = 'x': must be a plain number"),
        ("Albania,-,-,1,Year,20", "year = '20': must be a year"),
        ("Albania,-,-,1,Year,2023", "another value for the same flow and year"),
    ],
)
def test_a_broken_line_of_armenia_is_rejected_and_the_rest_is_taken(read, line, reason):
    file = read(ARMENIA + line + "\n", "armenia")
    assert any(reason in str(rejection) for rejection in file.rejections)
    assert by_partner(file, "ARM")["AFG", 2020] == (Decimal(3_326_000), Decimal(300))


def test_a_line_of_armenia_that_is_shifted_is_rejected(read):
    file = read(ARMENIA.replace("3326.0,0.2,0.3", "3,326.0,0.2,0.3"), "armenia")
    assert "more cells than the header names" in str(file.rejections[0])
    assert ("AFG", 2020) not in by_partner(file, "ARM")
