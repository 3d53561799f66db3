"""Withdrawing a release, in the desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from targets.models import AuditEvent, Judgement, Release
from targets.queries import current_figures

LISTED = "/admin/targets/release/"


@pytest.fixture
def release(targets):
    return Release.objects.get(figures__pair=targets["going"].pair, figures__reporter="XBO", figures__year=2024)


def chosen(release, **more):
    return {"action": "withdraw_selected", "_selected_action": [release.pk], **more}


def test_an_editor_withdraws_with_a_reason_and_the_judgements_follow(desk, targets, release):
    asked = desk("editor").post(LISTED, chosen(release))
    assert "Why are they withdrawn?" in asked.content.decode()
    release.refresh_from_db()
    assert release.withdrawn_at is None
    desk("editor").post(LISTED, chosen(release, text="The table was a draft."))
    release.refresh_from_db()
    assert (release.withdrawn_by.username, release.withdrawn_reason) == ("edo", "The table was a draft.")
    assert not [one for one in current_figures([targets["going"].pair.slug]) if one.reporter == "XBO"]
    assert Judgement.objects.get(target=targets["going"], by="XBO", is_verdict=False).reason == "no_figures"
    assert AuditEvent.objects.get(verb="withdraw").reason == "The table was a draft."


def test_a_reason_of_blanks_is_none(desk, targets, release):
    again = desk("editor").post(LISTED, chosen(release, text="   "))
    assert again.status_code == 200
    assert again.context["form"].errors
    release.refresh_from_db()
    assert release.withdrawn_at is None


def test_an_analyst_does_not_withdraw(desk, targets, release):
    assert "withdraw_selected" not in desk("analyst").get(LISTED).content.decode()
    desk("analyst").post(LISTED, chosen(release, text="I want to"))
    release.refresh_from_db()
    assert release.withdrawn_at is None


def test_the_list_tells_what_is_withdrawn(desk, targets, release):
    desk("editor").post(LISTED, chosen(release, text="a draft"))
    assert [one.pk for one in desk("analyst").get(f"{LISTED}?withdrawn=yes").context["cl"].result_list] == [release.pk]
    assert release.pk not in [one.pk for one in desk("analyst").get(f"{LISTED}?withdrawn=no").context["cl"].result_list]


def test_a_release_leads_to_its_figures(desk, targets, release):
    address = f"{reverse('admin:targets_turnoverfigure_changelist')}?release__id__exact={release.pk}"
    assert address in desk("analyst").get(LISTED).content.decode()
    rows = desk("analyst").get(address).context["cl"].result_list
    assert {figure.release_id for figure in rows} == {release.pk}
