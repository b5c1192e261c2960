"""What a new area gets for its folder and its line. Run by `test_toy_area.py` in a house that has the toy area."""

from __future__ import annotations

from bihuan.problems.tests.story import raised
from bihuan.registry import shelf


def test_navigation_filter_link_and_fact(world, signed_in):
    officer = signed_in("safety_officer")
    desk = officer.get("/").content.decode()
    assert 'href="/forklift_checks/"' in desk and "叉车点检" in desk

    choices = officer.get("/problems/?pick=source").content.decode()
    assert "叉车点检发现" in choices
    raised(world, statement="对照用的另一件")
    problem = raised(world, source="forklift", origin_key="17", statement="3 号叉车喇叭不响")
    assert problem.number.startswith("CC-")
    listed = officer.get("/problems/", {"source": "forklift"}).content.decode()
    assert "3 号叉车喇叭不响" in listed and "对照用的另一件" not in listed

    page = officer.get(f"/problems/{problem.number}/").content.decode()
    assert 'href="/forklift_checks/17/"' in page
    assert officer.get("/forklift_checks/17/").status_code == 200
    assert "forklift_checks.done" in shelf.facts()
