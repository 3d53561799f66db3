"""What is read from the database, as frozen records. Every name says what comes back; ``as_of`` asks the past."""

from targets.queries.changes import change_list
from targets.queries.comparison import comparison, targets_of
from targets.queries.coverage import coverage_page, series_page
from targets.queries.deadlines import deadlines_page
from targets.queries.duplicates import same_goal, source_at, statements_of
from targets.queries.economies import economies, economy_page, economy_rows
from targets.queries.examples import method_page
from targets.queries.figures import current_figures, exchange_rates
from targets.queries.home import home_page
from targets.queries.journal import data_mark, data_version, forget_data_version
from targets.queries.judging import assessed, series_for
from targets.queries.pairs import pair_page
from targets.queries.search import search_results
from targets.queries.sitemap import Listed, listing
from targets.queries.sourced import sourced_targets
from targets.queries.targets import (
    document_file,
    published_again,
    target_list,
    target_page,
    target_slug_redirect,
    verdicts_seen,
)
from targets.queries.verifying import moment_of, published_slugs, slugs_after_merging
from targets.queries.versions import (
    PARTS,
    Standing,
    content_fields,
    explained_since,
    last_edit,
    last_reviewed,
    parts_at,
    parts_of,
    standing_of,
    values_of,
    version_at,
    version_of,
    versions_of,
)

__all__ = [
    "PARTS",
    "Listed",
    "Standing",
    "assessed",
    "change_list",
    "comparison",
    "content_fields",
    "coverage_page",
    "current_figures",
    "data_mark",
    "data_version",
    "deadlines_page",
    "document_file",
    "economies",
    "economy_page",
    "economy_rows",
    "exchange_rates",
    "explained_since",
    "forget_data_version",
    "home_page",
    "last_edit",
    "last_reviewed",
    "listing",
    "method_page",
    "moment_of",
    "pair_page",
    "parts_at",
    "parts_of",
    "published_again",
    "published_slugs",
    "same_goal",
    "search_results",
    "series_for",
    "series_page",
    "slugs_after_merging",
    "source_at",
    "sourced_targets",
    "standing_of",
    "statements_of",
    "target_list",
    "target_page",
    "target_slug_redirect",
    "targets_of",
    "values_of",
    "verdicts_seen",
    "version_at",
    "version_of",
    "versions_of",
]
