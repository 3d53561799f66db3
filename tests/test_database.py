from django.db import connection

from tests.postgres import uses_database


def test_the_run_uses_the_database_it_was_asked_for(pytestconfig, db):
    assert connection.vendor == pytestconfig.getoption("database")


def test_what_may_reach_the_database_is_tested_on_both(request, db):
    assert uses_database(request.node)


def test_what_may_not_reach_it_is_tested_once(request):
    assert not uses_database(request.node)
