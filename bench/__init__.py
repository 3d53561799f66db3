"""Measurements, run by hand: how fast and how safe, beside the database itself and beside peers. See README.md."""
