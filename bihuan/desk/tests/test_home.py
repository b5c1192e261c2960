"""The desk: one line and one verb per problem, for the right person, in few queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bihuan.desk.reads.changes import changes_since
from bihuan.desk.reads.conditions import conditions
from bihuan.desk.reads.overdue import overdue_table
from bihuan.desk.reads.todo import count_todo, todo_list, waiting_for
from bihuan.desk.reads.waiting import waiting_list
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.actions.reject import reject
from bihuan.problems.actions.remind import remind
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import STEPS, photo, problem_in
from bihuan.record.models import Job

pytestmark = pytest.mark.django_db


def verbs(world, word, at=None):
    """{number: verb} of this person's desk."""
    listed = todo_list(world.actor(word), at or world.at)
    return {
        line.page.strip("/").rsplit("/", 1)[1]: line.verb for *_, lines in listed.groups for line in lines
    }


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ("raised", {"safety_officer": "assign", "second_officer": "assign", "inspection_officer": "assign"}),
        ("assigned", {"worker_a": "accept", "liaison": "accept", "unit_head": "accept"}),
        ("planning", {"worker_a": "plan", "liaison": "plan", "unit_head": "plan"}),
        ("plan_review", {"safety_officer": "approve", "second_officer": "approve"}),
        ("rectifying", {"worker_a": "report"}),
        ("verifying", {"safety_officer": "close", "second_officer": "close"}),
        ("closed", {}),
    ],
)
def test_who_has_to_do_what(world, state, who):
    problem = problem_in(world, state)
    found = {word: verbs(world, word).get(problem.number) for word in world.people}
    assert {word: verb for word, verb in found.items() if verb} == who


@pytest.mark.parametrize("state", STEPS)
def test_the_button_leads_where_the_person_may_go(world, signed_in, state):
    """What the desk offers the policy does not hide: the address behind each button answers."""
    problem_in(world, state)
    for word in world.people:
        for *_, lines in todo_list(world.actor(word), world.at).groups:
            for line in lines:
                assert signed_in(word).get(line.url).status_code == 200, (word, line)


def test_an_open_request_comes_before_the_step(world):
    problem = problem_in(world, "rectifying")
    ask_extension(problem=problem, new_due_on=problem.due_on + timedelta(days=9), reason="等检定", at=world.at,
                  by=world.actor("liaison"))  # fmt: skip
    assert verbs(world, "second_officer") == {problem.number: "decide_extension"}
    ask_void(problem=problem, reason="重复", by=world.actor("safety_officer"), at=world.at)
    assert verbs(world, "second_officer") == {problem.number: "void"}
    assert verbs(world, "safety_officer") == {problem.number: "decide_extension"}


def test_the_other_unit_is_asked_and_can_see_it(world, signed_in):
    problem = problem_in(world, "assigned")
    assert verbs(world, "outsider") == {}
    ask_transfer(problem=problem, to_unit=world.unit("iron_mill"), reason="设备归炼铁厂", at=world.at,
                 by=world.actor("liaison"))  # fmt: skip
    assert verbs(world, "outsider") == {problem.number: "decide_transfer"}
    assert signed_in("outsider").get(reverse("problems:page", args=[problem.number])).status_code == 200


def test_small_things_go_to_the_units_own_second_eyes(world):
    problem = problem_in(world, "assigned")
    fix_now(problem=problem, by=world.actor("worker_a"), at=world.at, files=[photo()])
    assert verbs(world, "worker_b") == {problem.number: "close"}
    assert verbs(world, "worker_a") == {}


def test_when_all_is_reported_the_verb_is_to_ask_for_closure(world):
    problem = problem_in(world, "rectifying")
    Problem.objects.filter(pk=problem.pk).update(progress="done")
    assert verbs(world, "worker_a") == {problem.number: "submit"}


def test_groups_by_clock_and_counts(world):
    for days in (-3, -1, 0, 2, 3, 9, None):
        problem = problem_in(world, "rectifying", statement=f"第 {days} 天")
        due = None if days is None else world.day + timedelta(days=days)
        Problem.objects.filter(pk=problem.pk).update(due_on=due, first_due_on=due)
    listed = todo_list(world.actor("worker_a"), world.at)
    assert [(code, n, len(lines)) for code, _, n, lines in listed.groups] == [
        ("late", 2, 2), ("today", 1, 1), ("soon", 2, 2), ("later", 2, 2),
    ]  # fmt: skip
    assert (listed.late, listed.today, listed.total) == (2, 1, 7)
    assert [line.clock.days for *_, lines in listed.groups for line in lines] == [-3, -1, 0, 2, 3, 9, None]
    assert count_todo(world.actor("worker_a"), world.at) == 7


def test_tabs_count_and_filter(world):
    problem_in(world, "verifying")
    problem_in(world, "plan_review", statement="待审的一件")
    problem_in(world, "raised", statement="待下达的一件")
    listed = todo_list(world.actor("second_officer"), world.at, "verify")
    assert [(code, n) for code, _, n in listed.tabs] == [("verify", 1), ("decide", 1), ("assign", 1)]
    assert listed.total == 3 and listed.shown_total == 1
    assert [line.verb for *_, lines in listed.groups for line in lines] == ["close"]


def test_what_waits_for_others(world):
    submitted = problem_in(world, "verifying")
    at = world.at + timedelta(days=6)
    [line] = waiting_list(world.actor("worker_a"), at).lines
    assert (line.verb, line.days, line.remind_url) == ("核验", 5, "") and line.long
    handed_down = problem_in(world, "assigned", statement="刚下达的一件")
    reject(
        problem=submitted, reason="缺佐证", by=world.actor("safety_officer"), at=world.at + timedelta(days=2)
    )
    found = waiting_list(world.actor("safety_officer"), at)
    assert [(line.verb, line.days) for line in found.lines] == [("认领", 6), ("再申请销号", 4)]
    assert all(line.remind_url and not line.reminded for line in found.lines)
    remind(problem=handed_down, by=world.actor("safety_officer"), at=at)
    assert [line.reminded for line in waiting_list(world.actor("safety_officer"), at).lines] == [True, False]


def test_overdue_of_the_units_one_supervises(world):
    problem = problem_in(world, "rectifying")
    at = world.at + timedelta(days=30)
    table = overdue_table(world.actor("safety_officer"), at)
    assert (table.total, table.units, table.own) == (1, 1, False)
    assert table.lines[0].owner == world.person("worker_a").name and table.lines[0].remind_url
    assert overdue_table(world.actor("unit_head"), at).own
    assert overdue_table(world.actor("worker_a"), at) is None
    Problem.objects.filter(pk=problem.pk).update(supervisor=world.unit("inspection_dept"))
    assert overdue_table(world.actor("safety_officer"), at).total == 0


def test_changes_are_those_of_others_on_my_problems(world):
    problem_in(world, "verifying")
    at = world.at + timedelta(days=2)
    mine = changes_since(world.actor("worker_a"), at, world.at - timedelta(hours=1))
    assert [line.what for line in mine.lines] == ["批方案", "报方案", "认领", "下达", "提出"]
    later = changes_since(world.actor("worker_a"), at, world.at + timedelta(hours=3, minutes=30))
    assert [line.what for line in later.lines] == ["批方案"]
    assert changes_since(world.actor("outsider"), at, None).total == 0


def test_an_outsider_has_nothing_on_the_desk(world, signed_in):
    for state in STEPS:
        problem_in(world, state, statement=f"热轧的问题 {state}")
    page = signed_in("outsider").get("/").content.decode()
    assert "热轧的问题" not in page and "现在没有要您办的事" in page


def test_the_page_says_it_in_a_sentence(world, signed_in, settings):
    problem = problem_in(world, "verifying")
    Problem.objects.filter(pk=problem.pk).update(due_on=world.day, first_due_on=world.day)
    page = signed_in("second_officer").get("/").content.decode()
    assert "已经逾期" in page and "核验" in page and 'href="#late"' in page
    assert "后台正在办" not in page
    Job.objects.create(kind="problems.export", run_at=world.at, requested_at=world.at, total_steps=340, done_steps=312,
                       state="running", requested_by_id=world.person("second_officer").pk)  # fmt: skip
    page = signed_in("second_officer").get("/").content.decode()
    assert "后台正在办" in page and "312/340" in page and "data-poll" in page


def test_a_first_start_leads_to_the_steps(world, signed_in):
    page = signed_in("system_admin").get("/").content.decode()
    assert reverse("org:steps") in page and "台账是空的" in page


def test_search_leads_to_the_ledger(signed_in):
    answer = signed_in("liaison").get(reverse("desk:search"), {"q": "天车"})
    assert answer["Location"] == f"{reverse('problems:ledger')}?q=%E5%A4%A9%E8%BD%A6"


@pytest.mark.parametrize("word", ["second_officer", "unit_head", "worker_a", "leader"])
def test_the_desk_costs_few_queries_however_much_there_is(
    world, signed_in, django_assert_max_num_queries, word
):
    for state in STEPS:
        for number in range(3):
            problem_in(world, state, statement=f"{state} {number}")
    client = signed_in(word)
    with django_assert_max_num_queries(25):
        assert client.get("/").status_code == 200


def test_no_candidate_is_forgotten(world):
    """The count behind 工作台 looks at stretches of indexes; asked of every problem it must be the same."""
    for state in STEPS:
        problem_in(world, state)
    by = world.actor("unit_head")
    ask_transfer(
        problem=problem_in(world, "planning"), to_unit=world.unit("iron_mill"), reason="该炉归炼铁厂", by=by, at=world.at
    )  # fmt: skip
    rectifying = problem_in(world, "rectifying")
    ask_extension(
        problem=rectifying, new_due_on=rectifying.due_on + timedelta(days=5), reason="备件未到", by=by, at=world.at
    )  # fmt: skip
    ask_void(problem=problem_in(world, "assigned"), reason="重复登记", by=by, at=world.at)
    Problem.objects.filter(pk=problem_in(world, "rectifying").pk).update(lead=None)
    counted = set()
    for word in world.people:
        actor = world.actor(word)
        rules = conditions(actor)
        every = Problem.objects.visible_to(actor).open()
        plain = {p.pk for name, rule in rules for p in every.filter(rule)}
        assert set(waiting_for(actor).values_list("pk", flat=True)) == plain, word
        assert (count_todo(actor, world.at) or 0) == len(plain), word
        counted.add(len(plain))
    assert len(counted) > 3


@pytest.mark.parametrize("word", ["worker_a", "safety_officer", "unit_head"])
def test_words_only_few_may_know_stand_on_no_page_that_leaves_no_mark(world, signed_in, word):
    said = "有人反映的事项，只许几个人知道"
    problem = problem_in(world, "assigned", secrecy="restricted", statement=said)
    Problem.objects.filter(pk=problem.pk).update(due_on=world.at.date() - timedelta(days=2))
    page = signed_in(word).get("/").content.decode()
    assert said not in page
    assert "（限知悉）" in page or problem.number not in page
