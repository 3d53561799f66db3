"""Names of economies and pairs in the language of the desk."""

from targets import wording
from targets.models import CountryPair, Economy


def named(record: Economy | CountryPair) -> str:
    """The name that stands alone; of a pair both, the economies loaded with it."""
    if isinstance(record, CountryPair):
        return f"{named(record.first)} – {named(record.second)}"
    return record.name_ru if wording.language() == "ru" else record.name_en
