"""Repeats: what is offered and why, who decides, what it counts, and what stays out of sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Invalid, Refused
from bihuan.problems.actions.amend import Amendment, amend
from bihuan.problems.actions.confirm_repeat import confirm_repeat
from bihuan.problems.actions.count_words import count_words
from bihuan.problems.actions.refuse_repeat import refuse_repeat
from bihuan.problems.actions.reopen import reopen
from bihuan.problems.actions.suggest_likes import suggest_likes
from bihuan.problems.actions.take_over import OldRow, Stated, take_over
from bihuan.problems.likeness import LOOK, Draft, alike, waiting_for
from bihuan.problems.models import Likeness, Problem
from bihuan.record.models import Event, Job
from bihuan.record.worker import run_until_idle

from .story import problem_in, raised
from .test_facts import figures

pytestmark = pytest.mark.django_db
RAIL = "2 号炉顶平台护栏缺失一段，长约 2 米"


@pytest.fixture
def pair(world):
    """(the earlier, the later) of one workshop."""
    first = raised(world, statement=RAIL, place="2 号炉顶平台", found_on=world.day - timedelta(days=40))
    raised(world, statement="操作室空调滴水", place="操作室")
    return first, raised(world, statement="炉顶平台护栏缺失，人员可坠落", place="2 号炉顶平台")


def offered(world, problem, who="safety_officer"):
    return [one.problem.number for one in waiting_for(problem, world.actor(who))]


def test_it_is_offered_with_the_reason(world, pair):
    first, later = pair
    found = alike(Draft.of(later), actor=SYSTEM, least=0.55)
    assert [one.problem for one in found] == [first]
    assert found[0].why.startswith("同单位·同地点；相同的词：炉顶平台护栏缺失；相似度 ")
    assert found[0].why.endswith("还没有销号") and found[0].likely == "same"
    assert suggest_likes(problem=later) == 1 and suggest_likes(problem=later) == 0
    assert offered(world, later) == [first.number] and offered(world, first) == []


def test_other_plants_and_void_ones_are_not_offered(world, pair):
    first, later = pair
    abroad = Draft("炉顶平台护栏缺失", world.unit("iron_mill").path)
    assert alike(abroad, actor=SYSTEM, least=0.55) == []
    sister = Draft("平台护栏缺失", world.unit("finishing").path)
    assert {one.problem for one in alike(sister, actor=SYSTEM, least=0.55)} == {first, later}
    assert all(one.agrees == ("plant",) for one in alike(sister, actor=SYSTEM, least=0.55))
    Problem.objects.filter(pk=first.pk).update(closure="void", is_open=False)
    assert alike(Draft.of(later), actor=SYSTEM, least=0.55) == []


def test_a_changed_unit_or_sentence_is_found_where_it_is_now(world, pair):
    first, later = pair
    amendment = Amendment({"statement": "精整机组护栏松动", "unit": world.unit("finishing")})
    amend(problem=first, amendment=amendment, reason="更正", by=world.actor("safety_officer"), at=world.at)
    assert alike(Draft.of(later), actor=SYSTEM, least=0.55) == []


def test_at_most_three_are_shown_whatever_there_is(world):
    for n in range(9):
        raised(world, statement=f"{n} 号平台护栏缺失", found_on=world.day - timedelta(days=n + 1))
    last = raised(world, statement="10 号平台护栏缺失")
    assert suggest_likes(problem=last) == 6
    assert len(offered(world, last)) == 3


def test_confirmed_it_links_counts_and_leaves_the_grade(world, pair):
    first, later = pair
    suggest_likes(problem=later)
    officer = world.actor("safety_officer")
    confirm_repeat(problem=later, like=first, kind="same", text="上次只补了一半", by=officer, at=world.at)
    later.refresh_from_db()
    assert later.repeat_of == first and later.grade == "general"
    event = Event.objects.of(later.stream).last()
    assert event.kind == "problem.repeat_confirmed"
    assert event.data["like"] == first.pk and event.data["verdict"] == "same"
    assert offered(world, later) == []
    with pytest.raises(Refused, match="已经认定是重复"):
        confirm_repeat(problem=later, like=first, kind="same", by=officer, at=world.at)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": ""}, "没有选"),
        ({"like": "itself"}, "不能说与自己重复"),
        ({"like": "void"}, "已经作废"),
        ({"like": "elsewhere"}, "不在同一个单位"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(world, pair, change, words):
    first, later = pair
    others = {"itself": later, "void": first, "elsewhere": raised(world, unit=world.unit("finishing"))}
    Problem.objects.filter(pk=first.pk).update(closure="void", is_open=False)
    first.refresh_from_db()
    given = {"kind": "same", **change, "like": others[change.get("like", "elsewhere")]}
    with pytest.raises(Invalid, match=words):
        confirm_repeat(problem=later, by=world.actor("safety_officer"), at=world.at, **given)


def test_refused_it_is_never_offered_again_and_may_be_taken_back_with_a_reason(world, pair):
    first, later = pair
    suggest_likes(problem=later)
    officer = world.actor("safety_officer")
    refuse_repeat(problem=later, like=first, by=officer, at=world.at)
    assert suggest_likes(problem=later) == 0 and offered(world, later) == []
    assert alike(Draft.of(later), actor=SYSTEM, least=0.55) == []
    confirm_repeat(problem=later, like=first, kind="spread", by=officer, at=world.at)
    with pytest.raises(Invalid, match="没有写撤销的理由"):
        refuse_repeat(problem=later, like=first, by=officer, at=world.at)
    refuse_repeat(problem=later, like=first, text="看错了", by=officer, at=world.at)
    later.refresh_from_db()
    assert later.repeat_of is None and Likeness.objects.get().verdict == "no"


def test_the_team_does_not_say_that_it_is_none(world, pair):
    first, later = pair
    Problem.objects.filter(pk=later.pk).update(lead=world.person("second_officer"))
    later.refresh_from_db()
    with pytest.raises(Refused, match="你是责任人"):
        refuse_repeat(problem=later, like=first, by=world.actor("second_officer"), at=world.at)


def test_an_import_is_looked_at_by_the_worker_and_older_rows_come_first(world):
    """The ledger is older than what is here: then the one that is here repeats the ledger's."""
    here = raised(world, statement=RAIL)
    rows = [
        OldRow(
            "k1",
            world.unit("furnace"),
            "炉顶平台护栏缺失",
            Stated(True, "已销号"),
            world.day - timedelta(days=400),
        ),
        OldRow(
            "k2",
            world.unit("furnace"),
            "水泵房照明不足",
            Stated(True, "已销号"),
            world.day - timedelta(days=300),
        ),
    ]
    old = take_over(source="ledger", rows=rows, by=world.actor("safety_officer"), at=world.at)
    assert Job.objects.get(kind=LOOK).payload == {"first": old[0].pk, "last": old[1].pk}
    run_until_idle(at=world.at + timedelta(minutes=5))
    pair = Likeness.objects.get()
    assert (pair.problem, pair.like) == (here, old[0])
    assert waiting_for(here, world.actor("safety_officer"))[0].why.endswith("台账载明已销号")


def test_rates_count_what_came_back_within_the_window(world):
    first = problem_in(world, "closed", statement=RAIL)
    closed = first.closed_at
    soon = raised(world, statement=RAIL, found_on=world.day)
    Problem.objects.filter(pk=soon.pk).update(found_on=(closed + timedelta(days=30)).date())
    soon.refresh_from_db()
    later = closed + timedelta(days=31)
    confirm_repeat(problem=soon, like=first, kind="same", by=world.actor("safety_officer", later), at=later)
    told = figures(world, later)
    assert told["problems.recurrence"] == (1, 1)
    assert told["problems.repeat_incomplete"] == (1, 2) and told["problems.repeat_not_spread"] == (0, 2)
    Problem.objects.filter(pk=soon.pk).update(found_on=(closed + timedelta(days=200)).date())
    assert figures(world, later)["problems.recurrence"] == (0, 1)


def test_a_second_answer_at_registering_is_not_lost_without_a_word(world, pair, signed_in):
    first, second = pair
    given = {
        "statement": RAIL, "unit": first.unit_id, "source": "daily_check", "grade": "general",
        f"like-{first.number}": "same", f"like-{second.number}": "same",
    }  # fmt: skip
    page = signed_in("safety_officer").post("/problems/new/", given, follow=True)
    made = Problem.objects.order_by("-pk").first()
    assert made.statement == RAIL and made.repeat_of == first
    assert f"没有再记与 {second.number} 重复" in page.content.decode()


def test_reopening_with_the_new_find_confirms_it(world):
    first = problem_in(world, "closed")
    again = raised(world, statement="同一台报警器又超期")
    at = world.at + timedelta(days=30)
    reopen(problem=first, reason="又超期", repeat=again, by=world.actor("second_officer"), at=at)
    assert Likeness.objects.get().verdict == "same"
    assert Event.objects.of(again.stream).last().kind == "problem.repeat_confirmed"
    assert figures(world, at)["problems.recurrence"] == (1, 1)


def test_numbers_of_what_one_may_not_see_stand_nowhere(world, pair, signed_in):
    first, later = pair
    suggest_likes(problem=later)
    Problem.objects.filter(pk=first.pk).update(secrecy="restricted", raised_by=None)
    page = lambda who: signed_in(who).get(f"/problems/{later.number}/").content.decode()  # noqa: E731
    assert first.number in page("safety_officer")
    confirm_repeat(problem=later, like=first, kind="same", by=world.actor("safety_officer"), at=world.at)
    said = page("leader")
    assert first.number not in said and first.statement not in said
    assert "重复发生" in said and "与另一件相同" in said


def test_a_program_reads_the_number_of_the_earlier_one_where_its_person_may(world, pair, program):
    first, later = pair
    told = {"kind": "same", "by": world.actor("safety_officer"), "at": world.at}
    confirm_repeat(problem=later, like=first, **told)
    seen = program("safety_officer").get(f"problems/{later.number}").json()
    assert (seen["repeated"], seen["repeat_of"]) == (True, first.number)
    Problem.objects.filter(pk=first.pk).update(secrecy="restricted", raised_by=None)
    mine = program("leader", "read").get(f"problems/{later.number}")
    assert mine.json()["repeated"] is True and mine.json()["repeat_of"] is None


def test_words_are_counted_over_a_sample_and_a_rare_word_tells_more(world):
    for n in range(5):
        raised(world, statement=f"{n} 号平台护栏缺失")
    shares = count_words()
    assert shares.sampled == 5 and shares.shares["护栏"] == 1.0 and "栏缺" in shares.shares
    assert count_words(always=False) == shares


def test_a_search_asks_the_index_and_reads_few_rows(world, pair):
    _, later = pair
    count_words()
    with CaptureQueriesContext(connection) as asked:
        alike(Draft.of(later), actor=world.actor("safety_officer"), least=0.55)
    assert len(asked) <= 12
    assert not [q["sql"] for q in asked if "problems_problem" in q["sql"] and "IN (" not in q["sql"]]
