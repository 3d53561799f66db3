"""Wiring of the site: settings, addresses, the WSGI door. No word of the domain lives here."""

__version__ = "0.1.0"
