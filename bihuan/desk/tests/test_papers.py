"""Letters and look-backs on the desk: who has to sign, to release, to look."""

from __future__ import annotations

from datetime import timedelta

from bihuan.desk.reads.overdue import overdue_table
from bihuan.desk.reads.todo import count_todo, todo_list
from bihuan.kernel.actor import SYSTEM
from bihuan.problems.actions.draw_lookback import draw_lookback
from bihuan.problems.actions.give_letters import give_letters
from bihuan.problems.actions.sign_letter import sign_letter
from bihuan.problems.tests.story import problem_in
from bihuan.problems.tests.test_letters import FIFTEENTH, FIRST, SEVENTH, climb, late_problem, morning


def lines(world, word: str, at) -> list[tuple[str, str]]:
    found = todo_list(world.actor(word, at=at), at)
    return [(line.verb, line.text) for _, _, _, group in found.groups for line in group]


def test_a_letter_waits_on_the_desk_of_whom_it_is_for(world):
    _, supervision, _ = climb(late_problem(world), FIFTEENTH)
    at = morning(FIFTEENTH) + timedelta(hours=1)
    head = lines(world, "unit_head", at)
    assert [verb for verb, _ in head].count("sign") == 1
    assert any("督办〔2025〕1号" in text for _, text in head)
    assert "release" in [verb for verb, _ in lines(world, "safety_officer", at)]
    assert "release" not in [verb for verb, _ in lines(world, "leader", at)], "of another department"
    before = count_todo(world.actor("unit_head", at=at), at)
    sign_letter(letter=supervision, by=world.actor("unit_head"), at=at)
    assert (before or 0) - (count_todo(world.actor("unit_head", at=at), at) or 0) == 1


def test_many_letters_are_one_line(world):
    for _ in range(7):
        late_problem(world)
    give_letters(at=morning(FIRST))
    own = [text for verb, text in lines(world, "worker_a", morning(FIRST)) if verb == "sign"]
    assert own == ["7 份督办函件"]


def test_a_restricted_problem_says_nothing_on_the_desk(world):
    climb(late_problem(world, secrecy="restricted", statement="涉及在办案件的线索"), SEVENTH)
    signed = [text for verb, text in lines(world, "unit_head", morning(SEVENTH)) if verb == "sign"]
    assert signed == ["整改督办函 督办〔2025〕1号"]


def test_a_drawn_problem_waits_for_its_looker(world):
    problem_in(world, "closed")
    at = world.at + timedelta(days=90)
    draw_lookback(by=SYSTEM, at=at)
    assert "look" in [verb for verb, _ in lines(world, "inspection_officer", at)]
    assert "look" not in [verb for verb, _ in lines(world, "second_officer", at)]


def test_the_overdue_table_shows_the_step_that_was_reached(world):
    climb(late_problem(world), FIFTEENTH)
    at = morning(FIFTEENTH) + timedelta(hours=1)
    table = overdue_table(world.actor("safety_officer", at=at), at)
    assert table.lines[0].ladder == [("提醒", "is-past"), ("督办", "is-here"), ("预警", ""), ("问责", "")]
