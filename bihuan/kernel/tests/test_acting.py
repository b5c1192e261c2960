"""Who acts, what a grant reaches, what a table of steps promises."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bihuan.kernel.actor import NOBODY, SYSTEM, Actor, Reach
from bihuan.kernel.moment import day_start, local_day
from bihuan.kernel.refused import Invalid, Missing, Refused, Stale
from bihuan.kernel.steps import Step, StepTable
from bihuan.kernel.verdict import Verdict

MILL = Reach(frozenset({"see"}), 4, "/1/4/", subtree=True)
SHOP = Reach(frozenset({"see", "do"}), 17, "/1/4/17/", subtree=False)
ACTOR = Actor(kind="person", person_id=1, reaches=(MILL, SHOP))


@pytest.mark.parametrize(
    ("code", "path", "may"),
    [
        ("see", "/1/4/", True),
        ("see", "/1/4/99/", True),
        ("see", "/1/", False),
        ("see", "/1/40/", False),  # 40 is not below 4
        ("do", "/1/4/17/", True),
        ("do", "/1/4/17/3/", False),
        ("do", "/1/4/", False),
    ],
)
def test_a_grant_reaches_its_unit_and_what_is_below_if_it_says_so(code, path, may):
    assert ACTOR.may_in(code, path) is may


def test_nobody_may_nothing_and_the_system_everything():
    assert not NOBODY.may("see") and not NOBODY.may_in("see", "/1/")
    assert SYSTEM.may("anything") and SYSTEM.may_in("anything", "/9/")
    assert ACTOR.reaches_for("do") == (SHOP,)


def test_a_table_with_a_slip_does_not_load():
    states = (("a", "甲"), ("b", "乙"))
    with pytest.raises(ValueError, match="unknown states"):
        StepTable(states, (Step("go", "走", ("a",), "c", "p"),))
    with pytest.raises(ValueError, match="twice"):
        StepTable(states, (Step("go", "走", ("a",), "b", "p"), Step("go", "走", ("b",), "a", "p")))


def test_the_picture_of_a_table_is_stable_and_complete():
    table = StepTable(
        (("a", "甲"), ("b", "乙")),
        (
            Step("begin", "起", (), "a", "p"),
            Step("go", "走", ("a",), "b", "p"),
            Step("note", "记", ("a",), None, "p"),
        ),
    )
    assert table.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    a : 甲",
        "    b : 乙",
        "    [*] --> a : 起",
        "    a --> b : 走",
    ]
    assert [step.name for step in table.from_state("a")] == ["go", "note"]


def test_a_no_carries_its_reason():
    no = Verdict.no("缺 2 份证书", "补齐再来")
    assert not no and (no.reason, no.todo, no.hidden) == ("缺 2 份证书", "补齐再来", False)
    assert Verdict.not_yours("不归你").hidden and Verdict.yes()


def test_refusals_have_stable_codes():
    assert [kind("x").code for kind in (Refused, Stale, Invalid, Missing)] == [
        "refused",
        "stale",
        "invalid",
        "missing",
    ]
    assert Stale().reason == "已被他人处理"


def test_the_day_is_chinas_day():
    late_evening_utc = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    assert local_day(late_evening_utc) == date(2026, 11, 21)
    assert local_day(day_start(date(2026, 11, 21))) == date(2026, 11, 21)
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 11, 20))
