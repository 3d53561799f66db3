"""The made-up world holds together, and judging it says what was made up."""

import pytest

from targets.models import Judgement
from targets.progress import Status
from tests.world import make_world

pytestmark = pytest.mark.django_db


def test_the_made_up_world_stands_as_it_was_made_up():
    world = make_world()
    verdicts = {name: Judgement.objects.get(target=target, is_verdict=True).status for name, target in world.items()}
    assert verdicts == {
        "going": Status.FAR_TOO_SLOW,
        "earlier": Status.MISSED,
        "kept": Status.MET,
        "draft": Status.NO_DEADLINE,
    }
