"""What is written once for a row: as often as it is asked for something else, never for another row or language."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from targets.records import TargetRow
from tests.wording.test_tags import target

TEMPLATE = Template(
    "{% load keeping tradewatch %}{% written_once row brief chosen|has:row.target %}{{ row.target.pair|name }}"
    "{% if brief %} in short{% endif %}{% if row.target in chosen %} ticked{% endif %}{{ told }}{% endwritten_once %}"
)


@pytest.fixture
def row():
    return TargetRow(target(), assessment=None, rail={})


def written(row, **context):
    return TEMPLATE.render(Context({"row": row} | context))


def test_a_row_is_written_once_for_the_same_question(row):
    assert written(row, told=" first").endswith(" first")
    assert written(row, told=" again").endswith(" first")
    assert written(TargetRow(row.target, row.assessment, row.rail), told=" again").endswith(" again")


def test_flags_and_language_have_their_own_writing(row):
    plain = written(row)
    assert written(row, brief=True) == f"{plain} in short"
    assert written(row, chosen=[row.target]) == f"{plain} ticked"
    assert written(row, chosen=[]) == written(row, brief=False) == plain
    with override("ru"):
        assert written(row) != plain
