"""Two hands at once on one publication, one opinion: one wins."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.publication import states
from bihuan.publication.actions.answer_opinion import answer_opinion
from bihuan.publication.actions.approve import approve
from bihuan.publication.actions.check import check
from bihuan.publication.actions.end_entry import end_entry
from bihuan.publication.actions.expire import expire
from bihuan.publication.actions.publish import publish
from bihuan.publication.actions.review import review
from bihuan.publication.actions.send_back import send_back
from bihuan.publication.actions.submit import submit
from bihuan.publication.actions.take_down import take_down
from bihuan.publication.models import Opinion, Publication
from bihuan.record.models import Event

from .story import Story


@pytest.fixture
def story(transactional_db) -> Story:
    return Story(build(accounts=False))


def _one() -> Publication:
    return Publication.objects.select_related("unit", "entry").get()


def _take(action, by, at):
    return action(publication=_one(), by=by, at=at)


def _won(done, kind: str) -> bool:
    """One hand, one event; the others were refused."""
    lost = [one.error for one in done if one.error]
    once = Event.objects.filter(kind=kind).count() == 1
    return len(lost) == len(done) - 1 and all(isinstance(error, Refused) for error in lost) and once


def test_each_step_is_taken_once(story, race):
    story.draft(Story.full)
    for action, by, kind in (
        (submit, story.writer, "submitted"),
        (check, story.head, "checked"),
        (review, story.office, "reviewed"),
        (approve, story.lead, "approved"),
        (publish, story.writer, "published"),
    ):
        done = race(partial(_take, action, by, story.at), times=4)
        assert _won(done, f"publication.{kind}")


def test_what_was_returned_is_not_looked_at_any_more(story, race):
    story.submitted()
    done = race(
        [
            lambda: check(publication=_one(), by=story.head, at=story.at),
            lambda: send_back(publication=_one(), why="改", by=story.writer, at=story.at),
        ]
        * 2
    )
    kinds = ("publication.checked", "publication.returned")
    assert sum(one.error is None for one in done) == Event.objects.filter(kind__in=kinds).count() >= 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    one = _one()
    assert (one.state == states.APPROVED) is (one.checked_at is not None)


def test_taken_down_or_expired_not_both(story, race):
    story.public()
    late = story.at + timedelta(days=20)
    race(
        [
            lambda: expire(at=late),
            lambda: take_down(publication=_one(), why="数字错了", by=story.head, at=late),
            lambda: expire(at=late),
        ]
    )
    ended = Event.objects.filter(kind__in=("publication.expired", "publication.taken_down"))
    assert ended.count() == 1 and _one().state in states.ENDED


def test_an_objection_is_decided_once(story, race):
    story.opinion(story.public(), "objection")

    def decide(n: int):
        found = Opinion.objects.select_related("publication__unit").get()
        ruling = "upheld" if n % 2 else "rejected"
        return answer_opinion(opinion=found, answer=f"第 {n} 次", ruling=ruling, by=story.head, at=story.at)

    assert _won(race(decide, times=4), "publication.opinion_answered")
    assert (_one().state == states.DOWN) is (Opinion.objects.get().ruling == "upheld")


def test_an_entry_ends_once(story, race):
    entry = story.entry(Story.light)
    assert _won(
        race(lambda: end_entry(entry=entry, by=story.office, at=story.at), times=4),
        "publication.entry_ended",
    )
