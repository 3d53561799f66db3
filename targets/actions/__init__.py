"""Verbs that change the database: keyword-only, in somebody's name, one transaction each, a line in the journal."""
