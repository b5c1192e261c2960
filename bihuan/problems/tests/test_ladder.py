"""The series as a rule pack states it: today's shape, the shape of earlier packs, and one edited into nonsense."""

from __future__ import annotations

from bihuan.kernel.rules import Pack, RuleValue
from bihuan.problems.policies.ladder import cells_of, ladder_of


def pack(value) -> Pack:
    return Pack([RuleValue("escalate.series", "督办升级", value, "天后", "本企业", "L", "期限")])


OLD = [
    {"step": "reminder", "label": "提醒", "after_days": 1},
    {"step": "accountability", "label": "问责", "after_days": 30},
    {"step": "supervision", "label": "督办", "after_days": 7},
]


def test_an_older_pack_means_what_the_shipped_one_writes_down():
    rungs = ladder_of(pack(OLD))
    assert [(r.step, r.rank, r.to, r.day_type, r.release) for r in rungs] == [
        ("reminder", 1, "owner", "working_days", False),
        ("supervision", 2, "head", "working_days", False),
        ("accountability", 3, "leader", "working_days", True),
    ]
    assert [r.colour for r in rungs] == ["", "yellow", "red"]


def test_accountability_is_released_by_a_person_whatever_is_written():
    assert ladder_of(pack([{**OLD[1], "release": False}]))[0].release


def test_a_step_edited_into_nonsense_makes_no_letters_and_stops_no_other():
    rows = [{"step": "reminder"}, "督办", {"step": "warning", "after_days": 0}, OLD[2]]
    assert [r.step for r in ladder_of(pack(rows))] == ["supervision"]
    assert ladder_of(Pack()) == ()


def test_the_last_step_that_went_out_is_the_one_reached():
    rungs = ladder_of(pack(OLD))
    assert cells_of(rungs, {"reminder", "supervision"}) == [
        ("提醒", "is-past"),
        ("督办", "is-here"),
        ("问责", ""),
    ]
    assert cells_of(rungs, set()) == [("提醒", ""), ("督办", ""), ("问责", "")]
