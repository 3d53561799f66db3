"""Addresses of the readers' pages and files."""

from django.urls import path

from targets.views import charts, comparing, embeds, files, oembed, pages, searching, sharing, timeline, verifying

urlpatterns = [
    path("", pages.home, name="home"),
    path("targets/", pages.target_list, name="targets"),
    path("targets/<slug:slug>/", pages.target, name="target"),
    path("targets/<slug:slug>/share/", sharing.target, name="target-share"),
    path("targets/<slug:slug>/chart.<slug:ext>", charts.target_chart, name="target-chart"),
    path("targets/<slug:slug>/figures.<slug:ext>", files.target_figures, name="target-figures"),
    path("targets/<slug:slug>/cite.<slug:ext>", files.citation_file, name="target-cite"),
    path("compare/", comparing.compare, name="compare"),
    path("compare/chart.<slug:ext>", comparing.chart, name="compare-chart"),
    path("compare.csv", comparing.table, name="compare-table"),
    path("deadlines/", timeline.deadlines, name="deadlines"),
    path("changes/", timeline.changes, name="changes"),
    path("search/", searching.search, name="search"),
    path("pairs/<slug:slug>/", pages.pair, name="pair"),
    path("pairs/<slug:slug>/share/", sharing.pair, name="pair-share"),
    path("pairs/<slug:slug>/mirror.csv", files.pair_gaps, name="pair-gaps"),
    path("pairs/<slug:slug>/mirror.<slug:ext>", charts.pair_mirror, name="pair-mirror"),
    path("pairs/<slug:slug>/goalposts.<slug:ext>", charts.pair_goalposts, name="pair-goalposts"),
    path("documents/<int:number>/document.pdf", files.document_file, name="document-file"),
    path("economies/", pages.economy_list, name="economies"),
    path("economies/<slug:code>/", pages.economy, name="economy"),
    path("economies/<slug:code>/scoreboard.<slug:ext>", charts.economy_scoreboard, name="economy-scoreboard"),
    path("embed/targets/<slug:slug>/", embeds.target, name="embed-target"),
    path("embed/pairs/<slug:slug>/", embeds.pair, name="embed-pair"),
    path("oembed", oembed.oembed, name="oembed"),
    path("verify/<str:code>/", verifying.verify, name="verify"),
    path("coverage/", pages.coverage, name="coverage"),
    path("methodology/", pages.methodology, name="methodology"),
    path("about/", pages.about, name="about"),
]
