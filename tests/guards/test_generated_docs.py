"""docs/generated says what the code says today."""

from __future__ import annotations

import pytest

from bihuan.config import generated


@pytest.mark.parametrize("name", generated.FILES)
def test_the_document_is_fresh(name):
    path = generated.FOLDER / name
    assert path.exists(), "run make docs"
    assert path.read_text("utf-8") == generated.NOTICE + generated.FILES[name](), (
        "run make docs and look at the change"
    )


def test_writing_twice_changes_nothing(tmp_path):
    assert {path.name for path in generated.write(tmp_path)} == set(generated.FILES)
    assert generated.write(tmp_path) == []


def test_a_bar_does_not_break_a_table():
    assert generated.table(["a"], [["x|y"]]).splitlines()[-1] == "| x\\|y |"
