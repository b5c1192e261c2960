"""Files of a problem: for whoever sees the problem, and nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bihuan.problems.actions.comment import comment

from . import story


@pytest.fixture
def kept(world):
    problem = story.raised(world)
    comment(problem=problem, text="现场", files=[story.photo("现场")], by=world.actor("leader"), at=world.at)
    return problem.attachments.get()


def address(kept, name, problem=None):
    return reverse(f"problems:{name}", args=[(problem or kept.problem).number, kept.pk])


@pytest.mark.parametrize("name", ["file", "thumb"])
def test_a_reader_sees_the_copy(world, signed_in, kept, name):
    answer = signed_in("liaison").get(address(kept, name))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["file", "thumb", "original"])
def test_an_outsider_gets_404(world, signed_in, kept, name):
    assert signed_in("outsider").get(address(kept, name)).status_code == 404


def test_the_original_needs_its_own_permission(world, signed_in, kept):
    assert signed_in("liaison").get(address(kept, "original")).status_code == 404
    answer = signed_in("safety_officer").get(address(kept, "original"))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_is_not_found_under_another_problem(world, signed_in, kept):
    other = story.raised(world, statement="另一件")
    assert signed_in("safety_officer").get(address(kept, "file", other)).status_code == 404
