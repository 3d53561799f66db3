"""Nouns that read the database and give back records; each says in how many SQL queries."""
