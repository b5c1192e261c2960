"""What somebody still answers for is listed and can be given on; nothing is orphaned."""

from __future__ import annotations

import pytest

from bihuan.kernel.refused import Refused, Stale
from bihuan.org.tests.world import World
from bihuan.problems.actions.hand_over import hand_over
from bihuan.problems.lists.open_work import open_work
from bihuan.problems.models import Measure, Problem
from bihuan.record.models import Event

from .story import problem_in

pytestmark = pytest.mark.django_db


def lines(world: World, word: str):
    return list(open_work(world.person(word).pk, world.at))


def give(world: World, keys, to="worker_b", by="unit_head"):
    return hand_over(keys=tuple(keys), from_id=world.person("worker_a").pk, to_id=world.person(to).pk,
                     by=world.actor(by), at=world.at)  # fmt: skip


def test_problems_in_charge_are_listed_and_closed_ones_are_not(world):
    problem = problem_in(world, "rectifying")
    problem_in(world, "closed", statement="已销号")
    [line] = lines(world, "worker_a")
    assert line.key == f"p{problem.pk}" and problem.number in line.label and line.due == problem.due_on


def test_giving_a_problem_on_takes_its_measures_along(world):
    problem = problem_in(world, "rectifying")
    assert give(world, [line.key for line in lines(world, "worker_a")]) == 1
    assert not lines(world, "worker_a")
    assert Problem.objects.get(pk=problem.pk).lead == world.person("worker_b")
    assert set(Measure.objects.filter(problem=problem).values_list("owner_id", flat=True)) == {
        world.person("worker_b").pk
    }


def test_a_measure_in_somebody_elses_problem(world):
    problem = problem_in(world, "rectifying")
    Problem.objects.filter(pk=problem.pk).update(lead=world.person("liaison"))
    keys = [line.key for line in lines(world, "worker_a")]
    assert [key[0] for key in keys] == ["m", "m"]
    give(world, keys[:1])
    assert Problem.objects.get(pk=problem.pk).lead == world.person("liaison")
    assert len(lines(world, "worker_a")) == 1
    event = Event.objects.of(problem.stream).last()
    assert event.kind == "problem.reowned" and event.data["measure"] == 1
    assert world.person("worker_a").name not in str(event.data)


def test_it_refuses_who_may_not_and_gives_nothing_on(world):
    problem_in(world, "rectifying")
    problem_in(world, "assigned", statement="另一件")
    keys = [line.key for line in lines(world, "worker_a")]
    with pytest.raises(Refused):
        give(world, keys, by="liaison")
    assert len(lines(world, "worker_a")) == 2


def test_what_was_given_on_meanwhile_is_stale_and_nothing_moves(world):
    problem_in(world, "rectifying")
    problem_in(world, "assigned", statement="另一件")
    first, second = (line.key for line in lines(world, "worker_a"))
    give(world, [first])
    with pytest.raises(Stale):
        give(world, [second, first])
    assert [line.key for line in lines(world, "worker_a")] == [second]
