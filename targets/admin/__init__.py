"""The analysts' desk: Django's admin in our colours. Whatever it changes, it changes through the actions."""

# The order is that of the desk's first page.
from targets.admin import pairs, figures, targets, economies, sources, journal, people  # noqa: I001

__all__ = ["economies", "figures", "journal", "pairs", "people", "sources", "targets"]
