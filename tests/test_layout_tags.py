"""The tags of the pages' layout that say more than they look."""

import re
from datetime import date
from types import SimpleNamespace

from django.template import Context, Template
from django.test import RequestFactory

from targets.progress import Status


def shown(source, **context):
    return Template("{% load layout %}" + source).render(Context(context))


def test_a_bar_is_cut_in_proportion_without_gaps():
    drawn = shown("{% status_bar statuses %}", statuses=[(Status.MET, 3), (Status.MISSED, 1), (Status.DISPUTED, 6)])
    assert re.findall(r'status-(\w+)" x="(\d+)" width="(\d+)"', drawn) == [
        ("met", "0", "3"),
        ("missed", "3", "1"),
        ("disputed", "4", "6"),
    ]
    assert 'viewBox="0 0 10 10"' in drawn
    assert 'width="100%"' in drawn


def test_a_bar_says_in_words_what_it_shows():
    drawn = shown("{% status_bar statuses %}", statuses=[(Status.MET, 1), (Status.MISSED, 12)])
    assert 'role="img" aria-label="met: 1 target; missed: 12 targets"' in drawn


def test_a_bar_may_be_as_long_as_its_targets_are_many():
    assert 'width="20"' in shown("{% status_bar statuses 5 %}", statuses=[(Status.MET, 4)])


def test_no_targets_make_no_bar():
    assert shown("{% status_bar statuses %}", statuses=[]) == ""


def test_the_files_of_a_page_as_of_a_day_are_as_of_that_day():
    assert shown("{% as_of page %}", page=SimpleNamespace(as_of=date(2026, 3, 1))) == "?as_of=2026-03-01"
    assert shown("{% as_of page %}", page=SimpleNamespace(as_of=None)) == ""


def test_turning_the_page_keeps_every_filter():
    request = RequestFactory().get("/targets/?status=met&status=missed&q=a%26b&page=2")
    source = "{% query_with 'page' 3 %}"
    assert shown(source, request=request) == "?status=met&amp;status=missed&amp;q=a%26b&amp;page=3"
