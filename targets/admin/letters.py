"""Letters to people of the desk: plain text, with a link that works once."""

from __future__ import annotations

import logging
from threading import Thread
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import override

_log = logging.getLogger(__name__)


def compose(kind: str, person: Any, request: HttpRequest, language: str) -> EmailMessage:
    """The letter ``kind`` ("invitation", "password") in this language, with a link for choosing a password."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    with override(language):
        address = reverse("admin:password_reset_confirm", args=[uid, default_token_generator.make_token(person)])
        context = {
            "person": person,
            "by": request.user,
            "site": request.build_absolute_uri(reverse("admin:index")),
            "link": request.build_absolute_uri(address),
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        }
        subject = render_to_string(f"admin/letters/{kind}_subject.txt", context).strip()
        return EmailMessage(subject, render_to_string(f"admin/letters/{kind}.txt", context), to=[person.email])


def post(letter: EmailMessage) -> bool:
    """Whether the mail server took the letter; the log says why it did not."""
    try:
        letter.send()
    except OSError:
        _log.exception("A letter could not be sent")
        return False
    return True


def post_meanwhile(letter: EmailMessage) -> None:
    """Nothing: the letter is sent beside the answer, whose time must not tell that somebody has this address."""
    Thread(target=post, args=[letter], name="letter").start()


def printed() -> bool:
    """Whether letters go to the site's log, because no mail server is set."""
    return settings.EMAIL_BACKEND.endswith("console.EmailBackend")
