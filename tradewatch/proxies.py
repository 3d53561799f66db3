"""Who is asking, when the question comes through proxies."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's network address; None where it cannot be known.

    Each proxy appends the address that it was asked from to ``X-Forwarded-For``. What stands further to the left
    than our own proxies can vouch for was written by the client and is not believed.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(chain) >= settings.PROXIES:
            address = chain[-settings.PROXIES]
    try:
        return str(ip_address(address))
    except ValueError:
        return None
