"""QR codes that go into a page as they are."""

from xml.etree import ElementTree

from targets.exports.qr import qr_svg

SECRET = "otpauth://totp/Tradewatch:ana?secret=ABCD&issuer=Tradewatch"


def test_a_qr_code_is_well_formed_named_and_brings_no_style():
    svg = qr_svg(SECRET, "A <key> & more")
    root = ElementTree.fromstring(svg)  # noqa: S314 (made a moment ago)
    assert root.findtext("title") == "A <key> & more"
    assert root.get("viewBox")
    for element in root.iter():
        assert "style" not in element.attrib
    assert "<style" not in svg


def test_it_is_dark_on_light_with_a_margin_whatever_the_colour_scheme():
    root = ElementTree.fromstring(qr_svg(SECRET, "Key"))  # noqa: S314
    colours = [(path.get("fill"), path.get("stroke")) for path in root.iter("path")]
    assert colours == [("#fff", None), (None, "#000")]


def test_another_text_makes_another_picture():
    assert qr_svg(SECRET, "Key") != qr_svg(SECRET + "x", "Key")
