from typing import Any

from django.apps import AppConfig
from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = gettext_lazy("Trade targets")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_make_desk_groups, sender=self, dispatch_uid="targets.desk_groups")


def _make_desk_groups(sender: AppConfig, using: str, apps: Apps = current_apps, **_: Any) -> None:
    # A migration back to an early state leaves tables out; groups are made only where there is something to permit.
    permitted = {"target", "release"} <= apps.all_models["targets"].keys() and "group" in apps.all_models["auth"]
    if using == "default" and permitted:
        from targets.actions.desk import ensure_desk_groups

        ensure_desk_groups()
