"""The pictures of a chart that readers take along: their formats, and their sizes in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

PICTURES = ("png", "svg", "pdf")
"""The formats, the most wanted first."""


def size_words() -> dict[str, tuple[str, str]]:
    """For each size of a file what it is for, and what it measures."""
    return {
        "web": (_("For an article"), _("1,440 pixels wide")),
        "social": (_("For a post"), _("1,080 pixels, square, large letters")),
        "print": (_("For paper"), _("18 cm wide, 300 dots per inch")),
    }
