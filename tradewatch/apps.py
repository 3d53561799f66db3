"""Where Django's admin finds the site that it serves."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "tradewatch.desk.DeskSite"
