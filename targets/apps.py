from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = _("Trade targets")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_make_desk_groups, sender=self, dispatch_uid="targets.desk_groups")


def _make_desk_groups(sender: AppConfig, using: str, **state: Any) -> None:
    # A migration back to an early state leaves tables out; groups are made only where there is something to permit.
    if (
        using == "default"
        and {"target", "release"} <= set(state["apps"].all_models["targets"])
        and state["apps"].all_models["auth"]
    ):
        from targets.actions.desk import ensure_desk_groups

        ensure_desk_groups()
