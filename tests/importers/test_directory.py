"""Who is meant: publishers' numbers, letters and names, groups left out, and nobody guessed at."""

from __future__ import annotations

import json

import pytest

from targets.importers import Directory, KnownEconomy
from targets.importers.spellings import (
    FORMER_LETTERS,
    FORMER_NAMES,
    FORMER_NUMBERS,
    GROUP_LETTERS,
    LETTERS,
    NAMES,
    NES_NUMBERS,
    REGIONS,
)
from tests.importers.conftest import ECONOMIES

SMALL = Directory.of(
    (
        KnownEconomy("KAZ", False, "KZ", 398, ("Kazakhstan", "Казахстан")),
        KnownEconomy("CHE", False, "CH", 756, ("Switzerland",)),
        KnownEconomy("COG", False, "CG", 178, ("Congo", "Republic of the Congo")),
        KnownEconomy("COD", False, "CD", 180, ("Congo", "DR Congo")),
        KnownEconomy("AFRICA", True, "", 2, ("Africa", "Африка")),
    )
)


@pytest.mark.parametrize(
    ("number", "code"), [(398, "KAZ"), ("398", "KAZ"), ("0398", "KAZ"), (757, "CHE"), (756, "CHE"), ("", ""), ("x", "")]
)
def test_m49_with_and_without_zeros_and_the_numbers_that_only_trade_uses(number, code):
    assert SMALL.m49(number).code == code


@pytest.mark.parametrize("number", [0, "0", 899, 490, 492, 568, 837, 838, 839])
def test_the_world_and_what_is_not_elsewhere_specified_are_groups(number):
    assert SMALL.m49(number).group


@pytest.mark.parametrize(("number", "former"), [(58, True), (810, True), (891, True), (24, False), (999_999, False)])
def test_former_states_are_told_from_strangers_and_neither_is_a_group(number, former):
    party = SMALL.m49(number, name="Somewhere")
    assert (party.code, party.group, party.former, party.said) == ("", False, former, f"{number} Somewhere")


def test_a_number_that_comtrade_gives_to_a_group_is_an_economy_for_who_keeps_to_m49(directory):
    assert (directory.m49(492).group, directory.m49("492", trade=False).code) == (True, "MCO")
    assert (directory.m49(842).code, directory.m49(842, trade=False).code) == ("USA", "")


def test_a_former_state_that_somebody_added_to_the_site_is_an_economy_of_it():
    added = Directory.of((KnownEconomy("SUN", False, "SU", 810, ("Soviet Union",)),))
    assert {added.code("SUN").code, added.m49(810).code, added.name("Soviet Union").code} == {"SUN"}


def test_no_name_of_an_economy_is_a_name_of_another_a_group_or_a_former_state(directory):
    """Names are looked for in four tables; where two hold one name, the first would hide the other."""
    economies = json.loads(ECONOMIES.read_text("utf-8"))
    for economy in economies:
        for name in (economy["name_en"], economy["name_en_text"], economy["name_ru"], *economy.get("other_names", ())):
            assert directory.name(name, groups=True).code == economy["code"], name
    assert not FORMER_NAMES & directory.names.keys()
    assert not (REGIONS | NES_NUMBERS | FORMER_NUMBERS) & {
        economy["m49"] for economy in economies if economy["kind"] == "country" and economy["code"] != "MCO"
    }
    assert not (FORMER_LETTERS | GROUP_LETTERS | LETTERS.keys()) & directory.codes.keys()


def test_every_spelling_is_of_a_shipped_economy(directory):
    assert {*NAMES.values(), *LETTERS.values()} <= directory.codes.keys()


def test_names_are_compared_without_kinds_of_apostrophes_and_ampersands(directory):
    assert directory.name("Cote d'Ivoire").code == directory.name("Côte d’Ivoire").code == "CIV"
    assert directory.name("Trinidad & Tobago").code == "TTO"


def test_a_bloc_is_a_group_unless_the_format_knows_its_members():
    assert (SMALL.m49(2).code, SMALL.m49(2).group) == ("", True)
    assert (SMALL.name("Африка").code, SMALL.name("Африка").group) == ("", True)
    assert (SMALL.m49(2, groups=True).code, SMALL.name("AFRICA", groups=True).code) == ("AFRICA", "AFRICA")


@pytest.mark.parametrize(
    "name", ["Казахстан", "KAZAKHSTAN", " kazakhstan ", "Kazakhstan, Republic of", "Республика Казахстан"]
)
def test_names_in_any_case_and_language_and_publishers_spellings(name):
    assert SMALL.name(name).code == "KAZ"


def test_a_name_of_two_economies_means_neither_and_publishers_longer_ones_do():
    assert SMALL.name("Congo").code == ""
    assert SMALL.name("Congo, Dem. Rep.").code == "COD"
    assert SMALL.name("Congo, Rep.").code == "COG"


def test_letters_of_two_and_three_old_ones_included():
    assert [SMALL.iso2("KZ").code, SMALL.code("KAZ").code, SMALL.code("ZAR").code] == ["KAZ", "KAZ", "COD"]
    assert [SMALL.code("WLD").group, SMALL.code("OAS").group, SMALL.code("OAS").code] == [True, True, ""]


def test_a_publishers_name_of_an_economy_that_the_site_lacks_is_unknown():
    assert (SMALL.name("Korea, Rep.").code, SMALL.name("Korea, Rep.").group) == ("", False)
