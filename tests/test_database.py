from django.db import connection


def test_the_run_uses_the_database_it_was_asked_for(pytestconfig, db):
    assert connection.vendor == pytestconfig.getoption("database")
