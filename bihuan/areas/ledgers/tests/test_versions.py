"""A newer version of a ledger: what it changes, what it may not, and what a person decides."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.actions.choose_former import choose_former
from bihuan.areas.ledgers.actions.decide_changes import decide_changes
from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.exports.books import report_book
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Unit
from bihuan.org.tests.world import build
from bihuan.problems.actions.amend import Amendment, amend
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.comment import comment
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from .editions import loaded, read
from .files import Page, as_xlsx
from .ledger_files import ROWS, workbook

pytestmark = pytest.mark.django_db
DUE, STATE, REMARK = 7, 8, 9


def rows_with(*edits):
    """The ledger again, some cells written anew: (row, column, words)."""
    rows = [list(row) for row in ROWS]
    for row, column, words in edits:
        rows[row][column] = words
    return rows


def first(world, who="safety_officer"):
    return loaded(world, read(world, workbook(), "九月台账.xlsx", who=who), who=who)


def newer(world, *edits, rows=None, name="十月台账.xlsx", who="safety_officer"):
    return read(world, workbook(rows if rows is not None else rows_with(*edits)), name, who=who)


def crane():
    return Problem.objects.select_related("unit", "rule_pack").get(statement__startswith="天车")


def changes_of(ledger, problem):
    return {one["code"]: one for one in ledger.matches.get(problem=problem).changes}


def test_only_what_changed_is_taken_and_the_thread_keeps_old_and_new(world):
    before = first(world)
    ledger = newer(world, (1, DUE, "2025.9.30"), (1, REMARK, "备件已到"))
    assert ledger.previous == before and ledger.source == before.source
    assert (ledger.counts["changed"], ledger.counts["present"], ledger.counts["gone"]) == (1, 2, 0)
    loaded(world, ledger)
    problem = crane()
    assert (problem.due_on, problem.first_due_on) == (date(2025, 9, 30), date(2025, 10, 31))
    assert problem.extras["备注"] == "备件已到"
    event = Event.objects.of(problem.stream).get(kind="problem.amended")
    assert event.data["changes"]["due_on"] == ["2025-10-31", "2025-09-30"]
    assert "十月台账.xlsx" in event.data["text"] and Problem.objects.count() == 3
    assert ledger.rows.get(problem=problem).outcome == "updated"
    again = newer(world, (1, DUE, "2025.9.30"), (1, REMARK, "备件已到"), name="又一份.xlsx")
    assert again.previous == ledger and again.counts["present"] == 3
    with pytest.raises(Refused, match="和上一版没有不同"):
        loaded(world, again)


def test_what_was_changed_here_meanwhile_stays_unless_a_person_decides(world):
    first(world)
    officer = world.actor("safety_officer")
    amend(
        problem=crane(), amendment=Amendment({"due_on": date(2025, 9, 20), "place": "三跨"}), reason="会上定的",
        by=officer, at=world.at,
    )  # fmt: skip
    ledger = newer(world, (1, DUE, "2025.9.30"))
    found = changes_of(ledger, crane())
    assert found["due"]["conflict"] and found["due"]["ours"] == "2025-09-20" and "place" not in found
    assert ledger.rows.get(order=2).verdict == "conflict"
    loaded(world, ledger)
    assert crane().due_on == date(2025, 9, 20) and ledger.rows.get(order=2).outcome == "present"

    ledger = newer(world, (1, DUE, "2025.9.28"), name="再一版.xlsx")
    decide_changes(
        ledger=ledger, chosen={crane().pk: {"due": wishes.THEIRS}}, reasons={}, by=officer, at=world.at
    )
    loaded(world, ledger)
    assert crane().due_on == date(2025, 9, 28) and crane().place == "三跨"


def test_a_change_is_declined(world):
    first(world)
    ledger = newer(world, (1, REMARK, "不要这句"))
    decide_changes(
        ledger=ledger, chosen={crane().pk: {"remark": wishes.OURS}}, reasons={}, at=world.at,
        by=world.actor("safety_officer"),
    )  # fmt: skip
    loaded(world, ledger)
    assert "备注" not in crane().extras and crane().version == 1


def test_a_ledger_states_an_end_only_where_nobody_works(world):
    first(world)
    officer = world.actor("safety_officer")
    loaded(world, newer(world, (1, STATE, "已销号")))
    problem = crane()
    assert (problem.closure, problem.is_open, problem.closed_by_id) == ("closed", False, None)
    loaded(world, newer(world, (1, STATE, "整改中"), name="改回.xlsx"))
    assert crane().is_open and crane().progress == "in_progress"

    gas = Problem.objects.select_related("unit", "rule_pack").get(statement__contains="氧气瓶")
    assert gas.closure == "raised"
    assign(problem=gas, lead=world.person("worker_a"), by=officer, at=world.at)
    ledger = newer(world, (2, STATE, "已销号"), name="第四版.xlsx")
    closing = changes_of(ledger, gas)["closed_state"]
    assert "已在本系统办理" in closing["why"] and ledger.rows.get(order=3).verdict == "conflict"
    decide_changes(
        ledger=ledger, chosen={gas.pk: {"closed_state": wishes.THEIRS}}, reasons={}, by=officer, at=world.at
    )
    loaded(world, ledger)
    gas.refresh_from_db()
    assert gas.closure == "assigned" and gas.lead == world.person("worker_a")


def test_what_the_newer_version_leaves_out_is_never_deleted(world):
    first(world)
    ledger = newer(world, rows=rows_with()[:2])
    gone = ledger.matches.get(kind="gone")
    assert gone.problem.statement.startswith("检修现场") and ledger.counts["gone"] == 1
    decide_changes(
        ledger=ledger, chosen={}, reasons={gone.problem_id: "并入外委队台账"}, at=world.at,
        by=world.actor("safety_officer"),
    )  # fmt: skip
    loaded(world, ledger)
    assert Problem.objects.count() == 3
    said = Event.objects.of(f"problem:{gone.problem_id}").get(kind="problem.commented")
    assert "十月台账.xlsx" in said.data["text"] and "并入外委队台账" in said.data["text"]
    assert not newer(world, rows=rows_with()[:2], name="三.xlsx").matches.filter(kind="gone").exists()
    back = newer(world, name="又列上了.xlsx")
    assert back.counts["present"] == 3 and not back.matches.exclude(kind="same").exists()


def test_a_value_that_moved_after_the_comparison_stops_the_import(world):
    first(world)
    ledger = newer(world, (1, DUE, "2025.9.30"))
    officer = world.actor("safety_officer")
    comment(problem=crane(), text="看过", by=officer, at=world.at)
    amend(
        problem=crane(), amendment=Amendment({"due_on": date(2025, 9, 1)}), reason="", by=officer, at=world.at
    )
    with pytest.raises(Refused, match="对照以后有 1 件又变过"):
        loaded(world, ledger)
    assert crane().due_on == date(2025, 9, 1) and not Event.objects.filter(kind="ledger.loaded").count() > 1


def test_a_remark_after_the_comparison_does_not(world):
    first(world)
    ledger = newer(world, (1, REMARK, "备件已到"))
    comment(problem=crane(), text="看过", by=world.actor("safety_officer"), at=world.at)
    loaded(world, ledger)
    assert crane().extras["备注"] == "备件已到"


def test_a_unit_may_not_put_off_its_own_deadlines_by_importing(world):
    first(world, who="liaison")
    ledger = newer(world, (1, DUE, "2025.12.30"), (1, REMARK, "缺备件"), who="liaison")
    assert "由督办部门定" in changes_of(ledger, crane())["due"]["why"]
    loaded(world, ledger, who="liaison")
    assert crane().due_on == date(2025, 10, 31) and crane().extras["备注"] == "缺备件"


def test_a_person_says_that_it_is_another_ledger(world):
    before = first(world)
    officer = world.actor("safety_officer")
    ledger = newer(world, (1, REMARK, "另一本"))
    ledger = choose_former(ledger=ledger, former=wishes.NO_FORMER, by=officer, at=world.at)
    assert ledger.previous is None and not ledger.matches.exists()
    ledger = choose_former(ledger=ledger, former=str(before.pk), by=officer, at=world.at)
    assert ledger.previous == before and ledger.counts["changed"] == 1
    with pytest.raises(Refused, match="没有这次导入"):
        choose_former(ledger=ledger, former="999", by=officer, at=world.at)


def test_names_decided_for_the_last_version_are_not_asked_again(world):
    first(world)
    other = Unit.objects.count()
    ledger = newer(world, (1, REMARK, "备件已到"))
    assert ledger.counts.get("fix", 0) == 0 and Unit.objects.count() == other
    assert ledger.wishes["people"] == {"卫建平": "text"}


def test_what_a_reader_may_not_see_is_neither_shown_nor_changed(world):
    first(world)
    Problem.objects.filter(statement__startswith="天车").update(unit=world.unit("iron_mill"))
    ledger = newer(world, (1, REMARK, "备件已到"), who="liaison")
    assert not ledger.matches.filter(problem__statement__startswith="天车").exists()
    assert ledger.rows.get(order=2).verdict == "present"


def test_two_who_load_at_once(race, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world = build(accounts=False)
    first(world)
    ledger = newer(world, (1, REMARK, "备件已到"))

    def load(who):
        return lambda: load_import(ledger=ledger, by=world.actor(who), at=world.at)

    outcomes = race([load("safety_officer"), load("second_officer")])
    lost = [outcome.error for outcome in outcomes if outcome.error]
    assert len(lost) == 1 and isinstance(lost[0], (Refused, Stale)), outcomes
    assert Event.objects.filter(kind="problem.amended").count() == 1


def test_the_report_says_for_every_row_what_changed_and_what_became_of_it(world):
    first(world)
    rows = rows_with((1, DUE, "2025.9.30"))[:2]
    ledger = loaded(world, newer(world, rows=rows))
    lines = list(load_workbook(report_book(ledger)).active.iter_rows(values_only=True))
    said = {line[4]: line for line in lines if line[3] and str(line[3]).startswith("TZ-")}
    assert said[crane().statement][2] == "已更新"
    assert said[crane().statement][7] == "整改期限 2025-10-31 → 2025-09-30（已改）"
    gone = next(line for text, line in said.items() if text.startswith("检修现场"))
    assert gone[2] == "这一版没有" and "留着照常办" in gone[7]


def test_the_questions_of_the_pages_do_not_grow_with_the_changes(
    world, signed_in, django_assert_max_num_queries
):
    rows = [
        [str(n), "2025.9.1", "精整车间", f"{n} 号辊道护罩缺失", "机械", "补装", "", "2025.9.30", "待整改", ""]
        for n in range(60)
    ]
    loaded(world, read(world, workbook(rows), "九月台账.xlsx"))
    ledger = newer(world, rows=[[*row[:9], f"备件 {n}"] for n, row in enumerate(rows)])
    client = signed_in("safety_officer")
    with django_assert_max_num_queries(20):
        page = client.get(f"/ledgers/{ledger.pk}/changes/").content.decode()
    assert page.count("按新版</option>") == 30 and "后面的" in page
    with django_assert_max_num_queries(34):
        client.get(f"/ledgers/{ledger.pk}/")


def test_the_pages_show_and_keep_decisions(world, signed_in):
    first(world)
    client = signed_in("safety_officer")
    ledger = newer(world, (1, DUE, "2025.9.30"), rows=None)
    page = client.get(f"/ledgers/{ledger.pk}/").content.decode()
    assert "这是《九月台账.xlsx》的新版本" in page and "2025-10-31 → 2025-09-30" in page
    url = f"/ledgers/{ledger.pk}/changes/"
    page = client.get(url).content.decode()
    assert crane().number in page and "按新版" in page
    match = ledger.matches.get(kind="changed")
    assert client.post(url, {f"take-{match.pk}-0": "ours"}).status_code == 302
    ledger.refresh_from_db()
    assert ledger.wishes["changes"] == {str(match.problem_id): {"due": "ours"}}
    client.post(f"{url}?kind=changed", {f"take-{match.pk}-0": "ours", "all": "new"})
    assert client.post(f"/ledgers/{ledger.pk}/loading/", follow=True).status_code == 200
    assert crane().due_on == date(2025, 9, 30)
    done = client.get(f"/ledgers/{ledger.pk}/").content.decode()
    assert "新增 0 件，更新 1 件" in done and "已按新版改" in client.get(url).content.decode()
    for path in ("former", "rereading", "forgetting"):
        assert client.post(f"/ledgers/{ledger.pk}/{path}/").status_code in (400, 403, 409), path


def test_another_layout_with_other_names_and_empty_cells_changes_nothing(world):
    """Columns moved and called otherwise, a demand called a measure, cells emptied where a problem always has a value."""
    head = ["隐患编号", "问题描述", "责任单位", "隐患等级", "整改要求", "班组说法", "整改状态"]
    rows = [
        ["A-01", "天车滑线防护罩缺失", "精整车间", "一般", "补装防护罩", "同意", "未整改"],
        ["A-02", "氧气瓶未固定", "加热炉车间", "较大", "加装防倾倒链", "已告知", "未整改"],
        ["A-03", "皮带机头轮护罩松动", "精整车间", "一般", "紧固", "无异议", "整改中"],
    ]
    loaded(world, read(world, as_xlsx([Page("台账", [head, *rows])]), "隐患.xlsx"))
    asked = {
        problem.pk: (problem.unit_id, problem.grade, problem.demand) for problem in Problem.objects.all()
    }
    other = ["状态编码", "隐患内容", "整改措施", "隐患级别", "责任部门", "说法", "整改进度", "编号"]
    again = [
        ["10", row[1], row[4], "" if place else row[3], "" if place else row[2], row[5], row[6], row[0]]
        for place, row in enumerate(rows)
    ]
    again[1][6] = ""
    ledger = read(world, as_xlsx([Page("Sheet1", [other, *reversed(again)])]), "另一种.xlsx")
    assert {one["header"]: one["field"] for one in ledger.columns}["编号"] == "origin_no"
    found = {
        one.problem.statement: {change["code"] for change in one.changes} for one in ledger.matches.all()
    }
    assert found == {row[1]: {"kept:状态编码"} for row in rows}
    loaded(world, ledger)
    assert asked == {p.pk: (p.unit_id, p.grade, p.demand) for p in Problem.objects.all()}
    assert not any(problem.measures.exists() for problem in Problem.objects.all())
