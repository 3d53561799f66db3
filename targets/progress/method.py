"""Which version of the published rules this is."""

METHOD = 1
"""Goes up with every change by which the same figures may be judged otherwise; the methodology says what changed."""
