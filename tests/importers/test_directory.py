"""Who is meant: publishers' numbers, letters and names, groups left out, and nobody guessed at."""

from __future__ import annotations

import pytest

from targets.importers import Directory, KnownEconomy

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


@pytest.mark.parametrize("number", [0, "0", 899, 568, 837, 838, 839])
def test_the_world_and_what_is_not_elsewhere_specified_are_groups(number):
    assert SMALL.m49(number).group


@pytest.mark.parametrize("number", [490, 58, 810, 891, 999_999])
def test_other_asia_former_states_and_strangers_are_unknown_and_no_group(number):
    party = SMALL.m49(number, name="Somewhere")
    assert (party.code, party.group, party.said) == ("", False, f"{number} Somewhere")


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
    assert [SMALL.code("WLD").group, SMALL.code("OAS").group, SMALL.code("OAS").code] == [True, False, ""]


def test_a_publishers_name_of_an_economy_that_the_site_lacks_is_unknown():
    assert (SMALL.name("Korea, Rep.").code, SMALL.name("Korea, Rep.").group) == ("", False)
