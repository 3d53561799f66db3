"""Verbs that change the database: keyword-only, in somebody's name, one transaction each, with a line in the journal."""
