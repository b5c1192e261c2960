"""What a problem says is read by those who may see the problem: not by whoever arranges a hand-over, and not in an
old notice after the problem has gone to another unit. And work is not given into another mill from below."""

from __future__ import annotations

import pytest

from bihuan.kernel.refused import Refused
from bihuan.notify.actions.tell import tell
from bihuan.notify.models import Line
from bihuan.org.actions.hand_over import LATER
from bihuan.org.actions.leave import leave
from bihuan.org.actions.settle_hand_over import settle_hand_over
from bihuan.org.reads import open_work, openable
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.decide_transfer import decide_transfer
from bihuan.problems.models import Problem

from .story import problem_in

STATEMENT = "2 号加热炉煤气报警器未按周期检定"


def _listed(world):
    """Who rectifies leaves; the head of the mill has it on his list."""
    problem = problem_in(world, "rectifying", statement=STATEMENT)
    gone = world.person("worker_a")
    choices = {work.key: LATER for work in open_work(gone.pk, world.at)}
    leave(person=gone, on=world.day, choices=choices, by=world.actor("system_admin"), at=world.at)
    return problem, gone.hand_overs.get()


def test_who_arranges_a_hand_over_reads_the_number_and_who_may_see_it_the_words(world, signed_in):
    problem = problem_in(world, "rectifying", statement=STATEMENT)
    url = f"/org/people/{world.person('worker_a').pk}/leaving/"
    page = signed_in("system_admin").get(url).content.decode()
    assert problem.number in page and STATEMENT not in page and f"/problems/{problem.number}/" not in page
    own = f"/org/people/{world.person('worker_a').pk}/"
    assert STATEMENT not in signed_in("system_admin").get(own).content.decode()
    assert STATEMENT in signed_in("worker_a").get(own).content.decode()
    _listed(world)
    assert STATEMENT not in signed_in("system_admin").get("/org/hand-overs/").content.decode()
    assert STATEMENT in signed_in("unit_head").get("/org/hand-overs/").content.decode()


def test_a_refusal_names_the_number_only(world):
    problem = problem_in(world, "rectifying", statement=STATEMENT)
    with pytest.raises(Refused) as refused:
        leave(
            person=world.person("worker_a"),
            on=world.day,
            choices={},
            by=world.actor("system_admin"),
            at=world.at,
        )
    assert problem.number in refused.value.reason and STATEMENT not in refused.value.reason


def test_an_old_notice_keeps_its_words_only_as_long_as_the_problem_may_be_seen(world, signed_in):
    problem = problem_in(world, "planning", statement=STATEMENT)
    secretary, officer = world.person("secretary").pk, world.person("safety_officer").pk
    url = f"/problems/{problem.number}/"
    tell(people=[secretary, officer], key="x", text=problem.number, url=url, at=world.at, detail=STATEMENT)
    assert STATEMENT in signed_in("secretary").get("/notices/").content.decode()
    ask_transfer(
        problem=problem,
        to_unit=world.unit("iron_mill"),
        reason="归炼铁厂",
        by=world.actor("liaison"),
        at=world.at,
    )
    problem = Problem.objects.get(pk=problem.pk)
    decide_transfer(problem=problem, accepted=True, by=world.actor("outsider"), at=world.at)
    page = signed_in("secretary").get("/notices/").content.decode()
    assert problem.number in page and STATEMENT not in page
    assert STATEMENT in signed_in("safety_officer").get("/notices/").content.decode()
    assert Line.objects.of(secretary).get().detail == STATEMENT, "the row stays as it was said"


def test_which_addresses_one_may_open(world):
    problem = problem_in(world, "rectifying", statement=STATEMENT)
    url = f"/problems/{problem.number}/"
    urls = [url, f"{url}?x=1", "/problems/XX-1/", "/notices/", "/nowhere/", "", "/org/units/1/"]
    assert openable(world.actor("unit_head"), urls) == {url, f"{url}?x=1"}
    assert openable(world.actor("outsider"), urls) == set()


@pytest.mark.parametrize(
    ("word", "taken"), [("worker_b", True), ("outsider", False), ("safety_officer", False)]
)
def test_the_head_of_a_mill_gives_work_on_within_the_mill(world, word, taken):
    _, listed = _listed(world)
    head = world.actor("unit_head")
    choices = {key: world.person(word).pk for key in listed.keys}
    if taken:
        assert settle_hand_over(listed=listed, choices=choices, by=head, at=world.at) == 0
        return
    with pytest.raises(Refused, match="不归您管"):
        settle_hand_over(listed=listed, choices=choices, by=head, at=world.at)
    listed.refresh_from_db()
    assert listed.done_at is None
