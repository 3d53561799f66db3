"""Addresses of the site. Readers' pages and the desk exist in every language, English without a prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from targets.views import embeds, health, robots

urlpatterns = [
    # Asked by machines, so they have no language.
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    # Printed in other sites' pages.
    path("embed.js", embeds.helper, name="embed-helper"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", robots.sitemap_part, name="sitemap-part"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("targets.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "targets.views.errors.bad_request"
handler403 = "targets.views.errors.forbidden"
handler404 = "targets.views.errors.not_found"
handler500 = "targets.views.errors.server_error"
