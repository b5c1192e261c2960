"""Rule values, the deadlines they make and packs that only change by a new version."""

from dataclasses import replace
from datetime import date

import pytest

from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.rules import DueRule, Pack, RuleValue

HOLIDAY = WorkCalendar(
    days_off=frozenset(date(2026, 10, n) for n in (1, 2, 5, 6, 7)), known_until=date(2026, 12, 31)
)
PLAN = RuleValue(
    "plan_due",
    "报整改方案",
    15,
    "个工作日",
    "反馈意见第四条",
    "H",
    start_event="收到反馈",
    day_type="working_days",
)
WINDOW = RuleValue("recheck_window", "回头看", 90, "天", "督查通知", "M", "销号", "calendar_days")
COUNT = RuleValue("extensions", "延期次数", 2, "次", "整改办法第九条", "memory")


@pytest.mark.parametrize(
    ("rule", "base", "due", "latest"),
    [
        (DueRule("收到反馈", 15, "working_days"), date(2026, 9, 1), date(2026, 9, 22), date(2026, 9, 22)),
        (DueRule("收到反馈", 1, "months"), date(2026, 9, 3), date(2026, 10, 3), date(2026, 10, 8)),
        (DueRule("收到反馈", 1, "months", True), date(2026, 9, 3), date(2026, 10, 8), date(2026, 10, 8)),
        (DueRule("检查", 3, "calendar_days"), date(2026, 9, 1), date(2026, 9, 4), date(2026, 9, 4)),
    ],
)
def test_a_due_rule_makes_a_deadline(rule: DueRule, base: date, due: date, latest: date) -> None:
    deadline = rule.deadline(base, HOLIDAY)
    assert rule.due(base, HOLIDAY) == deadline.due == due
    assert deadline.actual_latest == latest
    assert deadline.certain


def test_a_deadline_beyond_the_holiday_table_is_not_certain() -> None:
    assert not DueRule("检查", 6, "months").deadline(date(2026, 9, 1), HOLIDAY).certain


def test_a_rule_value_becomes_a_due_rule_only_if_it_is_a_time_limit() -> None:
    assert PLAN.due_rule(roll_forward=True) == DueRule("收到反馈", 15, "working_days", True)
    assert PLAN.due_rule().words == "15 个工作日"
    for other in (COUNT, replace(PLAN, value="半个月"), replace(PLAN, value=True)):
        with pytest.raises(ValueError, match="not a time limit"):
            other.due_rule()


@pytest.mark.parametrize("wrong", [{"certainty": "sure"}, {"day_type": "moons"}])
def test_a_value_with_an_unknown_word_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="unknown"):
        replace(PLAN, **wrong)


def test_a_due_rule_with_an_unknown_day_type_is_refused() -> None:
    with pytest.raises(ValueError, match="moons"):
        DueRule("检查", 3, "moons")


def test_a_pack_survives_storage_in_its_order() -> None:
    pack = Pack([PLAN, WINDOW, COUNT])
    assert Pack.from_dicts(pack.as_dicts()) == pack
    assert list(pack) == ["plan_due", "recheck_window", "extensions"]


def test_a_pack_answers_by_key_and_is_silent_by_default() -> None:
    pack = Pack([PLAN, COUNT])
    assert pack["plan_due"] is PLAN
    assert pack.value("extensions") == 2
    assert pack.value("recheck_window", 60) == 60


def test_a_key_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="plan_due"):
        Pack([PLAN, PLAN])


def test_a_new_version_leaves_the_old_one_and_lists_what_changed() -> None:
    old = Pack([PLAN, COUNT])
    month = replace(PLAN, value=1, unit="个月", day_type="months")
    new = old.replaced(month, WINDOW)
    assert old["plan_due"].value == 15
    assert new.changes_from(old) == [(PLAN, month), (None, WINDOW)]
    assert old.changes_from(new) == [(month, PLAN), (WINDOW, None)]
    assert new.changes_from(new) == []
