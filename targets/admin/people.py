"""Who signed in, and who tried: to look at. Written by the throttle of passwords alone."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from targets.admin.records import ReadOnlyAdmin


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    group = _("Signing in")
    list_display = ("attempt_time", "username", "ip_address", "path_info", "failures_since_start")
    search_fields = ("username", "ip_address")
    fields: Any = (*list_display, "user_agent")
    date_hierarchy = "attempt_time"


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    group = _("Signing in")
    list_display = ("attempt_time", "logout_time", "username", "ip_address")
    search_fields = ("username", "ip_address")
    fields: Any = (*list_display, "path_info", "user_agent")
    date_hierarchy = "attempt_time"
