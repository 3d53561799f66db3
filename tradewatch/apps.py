"""Where Django's admin finds the site that it serves."""

from django.contrib.admin import site
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "tradewatch.desk.DeskSite"

    def ready(self) -> None:
        super().ready()
        from django_otp.plugins.otp_static.models import StaticDevice
        from django_otp.plugins.otp_totp.models import TOTPDevice

        # Their pages show the keys of other people's second factors, and change them past the journal.
        site.unregister((StaticDevice, TOTPDevice))
