"""JSON and XML with limits: what is broken, deep or endless is refused with its line, and entities always."""

from __future__ import annotations

import pytest

from targets.importers import UnreadableFile
from targets.importers.documents import json_document, xml_elements


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1', r"a\.json, line 1: not JSON"),
        ('[\n1,\n"', r"a\.json, line 3: not JSON"),
        ('{"a": NaN}', "NaN is not a number that JSON knows"),
        ("[" * 50_000, "nested too deeply"),
        ("[" + "0," * 4_000_000, "more than 3,000,000 values"),
    ],
    ids=["cut", "third line", "NaN", "deep", "many"],
)
def test_json_that_is_broken_deep_or_endless_is_refused(text, reason):
    with pytest.raises(UnreadableFile, match=reason):
        json_document(text.encode(), "a.json")


def test_elements_are_read_one_by_one_and_without_namespaces():
    text = '<m:a xmlns:m="urn:m"><m:b c="1"><m:d/></m:b><e/><m:b c="2"/></m:a>'
    assert [(one.tag, one.get("c"), len(one)) for one in xml_elements(text.encode(), "a.xml", "b")] == [
        ("b", "1", 1),
        ("b", "2", 0),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a>\n<b>\n</a>", r"a\.xml, line 3: not XML: mismatched tag"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a document type is not read"),
        ('<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><a/>', "a document type is not read"),
        ("<a>" * 200 + "</a>" * 200, "nested too deeply"),
        ("<a>" + "<c/>" * 300_001 + "</a>", "more than 300,000 elements"),
        ("<a><b>" + "<c/>" * 20_001 + "</b></a>", "one b holds more than 20,000 others"),
        ("<a><c d='" + "x" * 6_000_000, r"a tag of more than 4,194,304 bytes"),
    ],
    ids=["cut", "entity", "outside", "deep", "many", "large", "a tag without end"],
)
def test_xml_with_entities_broken_deep_or_endless_is_refused(text, reason):
    with pytest.raises(UnreadableFile, match=reason):
        list(xml_elements(text.encode(), "a.xml", "b"))
