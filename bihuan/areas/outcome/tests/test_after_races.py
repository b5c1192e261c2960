"""Two hands at once on what is made public, on a sample of a look-back, on the paper of a round: one wins."""

from __future__ import annotations

import pytest

from bihuan.areas.outcome.actions.draw_samples import draw_samples
from bihuan.areas.outcome.actions.hand_in_rect_report import hand_in_rect_report
from bihuan.areas.outcome.actions.hear_round_paper import hear_round_paper
from bihuan.areas.outcome.actions.look_at_sample import look_at_sample
from bihuan.areas.outcome.actions.publish_outcome import publish_outcome
from bihuan.areas.outcome.actions.receive_rect_report import receive_rect_report
from bihuan.areas.outcome.actions.write_round_paper import write_round_paper
from bihuan.areas.outcome.models import LookAgain, RoundPaper, Sample
from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.problems.models import Recheck
from bihuan.publication.actions.load_catalogue import load_catalogue
from bihuan.publication.models import Publication
from bihuan.record.models import Event

from .closing_story import HEAD, LIAISON, Closing
from .story import OFFICE
from .test_looking_again import _hands, _later


@pytest.fixture
def closing(transactional_db) -> Closing:
    return Closing(build(accounts=False))


def _one(done) -> None:
    assert sum(one.error is None for one in done) == 1, [one.error for one in done]
    assert all(isinstance(one.error, Refused) for one in done if one.error), [one.error for one in done]


def test_one_text_to_make_public(closing, race):
    load_catalogue(at=closing.at)
    closing.plan("in_force")
    report = hand_in_rect_report(
        feedback=closing.given, stage="progress", kind="org", text="已整改", **closing.as_(HEAD)
    )
    receive_rect_report(report=report, on=closing.day, **closing.as_(OFFICE))
    hands = [closing.as_(word) for word in (HEAD, LIAISON)] * 2
    said = {"feedback": closing.given, "contact": "0351-6120"}

    def publishing(by: dict):
        return lambda: publish_outcome(**said, **by)

    _one(race([publishing(by) for by in hands]))
    assert Publication.objects.count() == 1
    assert Event.objects.filter(kind="outcome.publication_drafted").count() == 1


def test_one_draw_and_one_verdict_on_a_sample(closing, race):
    closing.measured()
    for problem in closing.problems:
        closing.closed(problem)
    later = _later(closing)
    hands = {word: _hands(closing, later, word) for word in (OFFICE, "team_leader", "member", "other_member")}

    def drawing(word: str):
        return lambda: draw_samples(task=later, earlier=closing.task, **hands[word])

    _one(race([drawing(OFFICE), drawing("team_leader")] * 2))
    assert LookAgain.objects.count() == Sample.objects.count() == 1

    def look(word: str, verdict: str):
        row = Sample.objects.select_related("look__task__round", "problem").get()
        return look_at_sample(sample=row, verdict=verdict, text="看了现场", **hands[word])

    looks = [lambda: look("member", "genuine"), lambda: look("other_member", "fake")]
    _one(race(looks * 2))
    sample = Sample.objects.select_related("recheck", "problem").get()
    assert Recheck.objects.count() == 1 and sample.recheck.done_by_id == sample.looked_by_id
    assert sample.problem.closure == ("confirmed" if sample.verdict == "genuine" else "rectifying")
    assert Event.objects.filter(kind="outcome.sample_looked_at").count() == 1


def test_one_paper_heard_as_it_stood(closing, race):
    round_, office = closing.task.round, {"by": closing.actor(OFFICE), "at": closing.at}

    def write(n: int):
        return write_round_paper(round=round_, kind="round", text=f"第 {n} 种写法", **office)

    done = race(write, times=4)
    assert any(one.error is None for one in done)
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    assert RoundPaper.objects.count() == 1
    wins = sum(one.error is None for one in done)
    assert Event.objects.filter(kind="outcome.round_paper_written").count() == wins

    def hear():
        paper = RoundPaper.objects.select_related("round").get()
        said = {
            "document": "党委常委会会议纪要〔2025〕20 号",
            "by": closing.actor("leading"),
            "at": closing.at,
        }
        return hear_round_paper(paper=paper, on=closing.day, **said), paper.text

    done = race([hear, hear, lambda: write(9)])
    heard = [one.value for one in done[:2] if one.error is None]
    assert len(heard) <= 1 and all(isinstance(one.error, Refused) for one in done if one.error)
    for _, text in heard:
        assert RoundPaper.objects.get().text == text
    if not heard:
        _one(race(hear, times=4))
    assert Event.objects.filter(kind="outcome.round_paper_heard").count() == 1
