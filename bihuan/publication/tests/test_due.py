"""The catalogue, what is due by it, and the figure of what was on time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import CHINA
from bihuan.kernel.refused import Refused, Stale
from bihuan.publication import facts
from bihuan.publication.actions.end_entry import end_entry
from bihuan.publication.actions.keep_entry import keep_entry
from bihuan.publication.actions.load_catalogue import load_catalogue
from bihuan.publication.actions.move_unit_work import move_unit_work
from bihuan.publication.models import Entry, Publication
from bihuan.publication.reads import Duty, duties, overdue
from bihuan.publication.reads.desk import desk_lines, desk_rows
from bihuan.publication.reads.work import unit_work
from bihuan.registry.contract import Period, Scope

from .story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world) -> Story:
    return Story(world)


def _entry(story: Story, **said) -> dict:
    given = {
        "title": "食堂账目", "kind": "factory", "scope": "inside", "whose": "each", "every": 1, "chain": "h",
        "term_days": 7, "basis": "本企业规定", "certainty": "H", "since": story.day,
    }  # fmt: skip
    return {**given, **said, "by": said.get("by", story.office), "at": story.at}


def test_the_catalogue_comes_once_and_what_was_ended_stays_ended(story):
    entry = story.entry(Story.light)
    end_entry(entry=entry, by=story.office, at=story.at)
    assert load_catalogue(at=story.at) == []
    assert Entry.objects.get(pk=entry.pk).ended_on == story.day
    with pytest.raises(Refused, match="已停用"):
        story.draft()
    assert all(one.basis and one.certainty and one.chain for one in Entry.objects.all())


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"title": ""}, "要有名称"),
        ({"basis": " "}, "要写依据"),
        ({"chain": ""}, "至少要有一个人看过"),
        ({"chain": "loh"}, "至少要有一个人看过"),
        ({"term_days": 0}, "至少一天"),
        ({"every": 5}, "没有这个选项"),
        ({"title": "生产经营情况"}, "目录里已有"),
    ],
)
def test_an_entry_that_says_too_little_is_refused(story, said, reason):
    with pytest.raises(Refused, match=reason):
        keep_entry(**_entry(story, **said))


@pytest.mark.parametrize("word", ["unit_head", "leader", "worker_a", "system_admin"])
def test_only_the_office_keeps_the_catalogue(story, word):
    with pytest.raises(Refused, match="由公开办公室管"):
        keep_entry(**_entry(story, by=story.world.actor(word)))


def test_what_is_under_way_keeps_its_chain(story):
    made = story.draft()
    entry = story.entry(Story.light)
    old = Entry.objects.get(pk=entry.pk)
    keep_entry(entry=entry, **_entry(story, title=entry.title, chain="hol", scope="inside"))
    made.refresh_from_db()
    assert (entry.chain, made.chain) == ("hol", "h")
    with pytest.raises(Stale):
        keep_entry(entry=old, **_entry(story, title="另一个名称"))


Q = Entry(every=3, since=date(2025, 1, 15), whose="each")


@pytest.mark.parametrize(
    ("days", "today", "due"),
    [
        ((), date(2025, 2, 1), date(2025, 4, 15)),
        ((), date(2025, 4, 15), date(2025, 4, 15)),
        ((), date(2025, 4, 16), date(2025, 4, 15)),
        ((date(2025, 4, 10),), date(2025, 4, 12), date(2025, 7, 15)),
        ((date(2025, 4, 10),), date(2025, 5, 1), date(2025, 7, 15)),
        ((date(2025, 4, 10),), date(2025, 7, 16), date(2025, 7, 15)),
        # late, but there: the stretch in which it came counts as done
        ((date(2025, 4, 20),), date(2025, 5, 1), date(2025, 10, 15)),
    ],
)
def test_the_day_by_which_it_is_due(world, days, today, due):
    assert Duty(Q, world.unit("hot_mill"), days).due_on(today) == due


def test_a_unit_owes_nothing_for_the_time_before_it_was(world):
    unit = world.unit("hot_mill")
    unit.opened_on = date(2025, 5, 1)
    assert Duty(Q, unit, ()).due_on(date(2025, 6, 1)) == date(2025, 7, 15)
    assert Duty(Q, unit, ()).grid(date(2025, 7, 15)) == [(date(2025, 4, 15), date(2025, 7, 15))]


def test_what_is_late_stands_with_those_it_belongs_to(story, django_assert_max_num_queries):
    story.public()
    later = story.day + timedelta(days=100)
    with django_assert_max_num_queries(4):
        late = list(overdue(story.office, later))
    titles = {(duty.entry.code, duty.unit.code) for duty, _ in late}
    assert ("factory.safety", "RZ") not in titles and ("factory.safety", "LT") in titles
    assert {duty.unit.code for duty, _ in overdue(story.writer, later)} == {"RZ"}
    assert list(overdue(story.world.actor("worker_a"), later)) == []
    assert len({(duty.entry.pk, duty.unit.pk) for duty in duties()}) == len(duties())


def test_on_time_is_counted_by_unit_and_opens(story):
    story.public()
    at = datetime(2026, 1, 5, 9, tzinfo=CHINA)
    rows = {row.label: row for row in facts.on_time(Scope(SYSTEM), Period(None, None), at)}
    mill, other = rows["热轧厂"], rows["炼铁厂"]
    assert (mill.numerator, mill.denominator, other.numerator) == (1, 3, 0)
    assert mill.keys == ("factory.safety:RZ:2025-12-15",)
    one = list(facts.on_time(Scope(SYSTEM, story.world.unit("hot_mill").pk), Period(None, None), at))
    assert [row.label for row in one] == ["热轧厂"]
    before = Period(None, story.day, "")
    assert list(facts.on_time(Scope(SYSTEM), before, at)) == []
    assert list(facts.on_time(Scope(story.world.actor("worker_a")), Period(None, None), at)) == []


def test_the_desk_says_whose_turn_it_is(story):
    story.submitted()
    story.looked_at()
    public = story.public()
    story.opinion(public)
    story.opinion(public, "objection")
    lines = {
        word: sorted(line.label for line in desk_lines(story.world.actor(word), story.at))
        for word in ("unit_head", "liaison", "inspection_officer", "leader", "worker_a")
    }
    assert lines["unit_head"] == sorted(["核", "答复", "定异议"])
    assert lines["liaison"] == sorted(["公开", "答复"])
    assert lines["leader"] == lines["worker_a"] == []
    for word, said in lines.items():
        assert sum(rows.count() for rows in desk_rows(story.world.actor(word))) == len(said)


def test_a_unit_that_merges_takes_it_along(story):
    made, ended = story.draft(), story.public()
    Publication.objects.filter(pk=ended.pk).update(state="expired")
    story.opinion(story.public())
    mill, iron = (story.world.unit(word) for word in ("hot_mill", "iron_mill"))
    assert len(list(unit_work(mill.pk, story.at))) == 3
    assert move_unit_work(from_id=mill.pk, to_id=iron.pk, by=story.office, at=story.at) == 2
    assert list(unit_work(mill.pk, story.at)) == []
    assert Publication.objects.get(pk=ended.pk).unit == mill
    assert Publication.objects.get(pk=made.pk).unit == iron
