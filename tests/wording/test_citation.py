"""A page as it is cited."""

from datetime import date

import pytest
from django.utils.translation import override

from targets.wording import bibtex, citation
from tests.charts.pages import TODAY, page, target

ADDRESS = "https://trade.example/targets/xar-xbo-500m-usd-2030/"


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_page_is_cited_with_its_title_the_version_of_its_data_and_the_day():
    assert plain(citation(page(data_version=4321), ADDRESS, TODAY)) == (
        "Tradewatch. (2026). Arlandia – Borovia: $500m by 2030 (data version 4321) [Data set]. "
        f"Retrieved 22 November 2026, from {ADDRESS}"
    )


def test_it_is_cited_in_russian():
    with override("ru"):
        assert plain(citation(page(data_version=4321), ADDRESS, TODAY)) == (
            "Tradewatch. (2026). Арландия – Боровия: 500 млн $ к 2030 году (версия данных 4321) [Набор данных]. "
            f"Дата обращения: 22 ноября 2026 г. {ADDRESS}"
        )


def test_a_past_day_is_cited_as_that_day():
    past = page(data_version=7, as_of=date(2025, 5, 1))
    assert "(2025)" in citation(past, ADDRESS, TODAY)
    assert "data version 7, as of 1 May 2025" in plain(citation(past, ADDRESS, TODAY))
    entry = bibtex(past, ADDRESS, TODAY)
    assert "year = {2025}" in entry
    assert "month = may" in entry
    assert "urldate = {2026-11-22}" in entry


def test_an_entry_for_bibtex_has_every_field_and_a_key_of_its_own():
    assert bibtex(page(data_version=4321), ADDRESS, TODAY) == (
        "@misc{tradewatch-xar-xbo-500m-usd-2030-v4321,\n"
        "  author = {{Tradewatch}},\n"
        "  title = {{Arlandia -- Borovia: \\$500m by 2030}},\n"
        "  year = {2026},\n"
        "  month = nov,\n"
        "  note = {data version 4321},\n"
        f"  url = {{{ADDRESS}}},\n"
        "  urldate = {2026-11-22},\n"
        "  langid = {english}\n"
        "}\n"
    )


@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_in_an_entry_is_a_command_to_latex_or_opens_a_brace(language):
    with override(language):
        entry = bibtex(page(target(currency="", factor=2, amount=None)), ADDRESS, TODAY)
    assert entry.count("{") == entry.count("}")
    assert not any(sign in entry.replace(ADDRESS, "") for sign in ("\u00a0", "\u202f", "–", "%", "&", "#", "_"))
