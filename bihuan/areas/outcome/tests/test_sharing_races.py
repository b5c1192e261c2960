"""Two hands at once on one visit, one verdict, one pack, one experience: one wins."""

from __future__ import annotations

import pytest

from bihuan.areas.outcome.actions.decide_experience import decide_experience
from bihuan.areas.outcome.actions.end_check import end_check
from bihuan.areas.outcome.actions.keep_pack import keep_pack
from bihuan.areas.outcome.actions.note_experience_use import note_experience_use
from bihuan.areas.outcome.actions.prolong_check import prolong_check
from bihuan.areas.outcome.actions.say_check_verdict import say_check_verdict
from bihuan.areas.outcome.actions.settle_check_verdict import settle_check_verdict
from bihuan.areas.outcome.actions.suggest_experience import suggest_experience
from bihuan.areas.outcome.actions.take_down_experience import take_down_experience
from bihuan.areas.outcome.models import (
    CheckTerm,
    CheckVerdict,
    CheckVisit,
    EvidencePack,
    Experience,
    ExperienceUse,
    FeedbackItem,
)
from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.record.models import Event

from .check_story import TERM, Checking
from .closing_story import LIAISON
from .story import OFFICE
from .test_experience import SAID


@pytest.fixture
def checking(transactional_db) -> Checking:
    return Checking(build(accounts=False))


def _one(done) -> None:
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error), [one.error for one in done]


def _verdict() -> CheckVerdict:
    return CheckVerdict.objects.select_related("visit", "problem__unit").get()


def test_one_verdict_one_answer_one_term_one_end(checking, race):
    visit = checking.visit()
    office = {"by": checking.actor(OFFICE), "at": checking.at}
    said = {"visit": visit, "number": checking.problems[0].number, "verdict": "false", "note": "凭证是补开的"}
    words = ("checker", "second_checker")
    by = [{"by": checking.actor(word), "at": checking.at} for word in words]
    done = race(lambda n: say_check_verdict(**said, **by[n % 2]), times=4)
    assert any(one.error is None for one in done), [one.error for one in done]
    assert CheckVerdict.objects.count() == 1
    settle = {"reopen": False, "answer": "现场再核"}
    _one(race(lambda: settle_check_verdict(verdict=_verdict(), **settle, **office), times=4))
    assert Event.objects.filter(kind="outcome.check_settled").count() == 1
    until = visit.until_on + TERM

    def longer():
        return prolong_check(visit=CheckVisit.objects.get(), until_on=until, why="没有看完", **office)

    _one(race(longer, times=4))
    assert CheckTerm.objects.count() == 1
    _one(race(lambda: end_check(visit=CheckVisit.objects.get(), why="看完了", **office), times=4))


def test_who_says_and_who_answers_at_once_leave_one_truth(checking, race):
    visit = checking.visit()
    said = {
        "visit": visit,
        "number": checking.problems[0].number,
        "by": checking.actor("checker"),
        "at": checking.at,
    }
    say_check_verdict(**said, verdict="false", note="凭证是补开的")
    seen = _verdict()
    settle = {"reopen": False, "answer": "现场再核", "by": checking.actor(OFFICE), "at": checking.at}
    race(
        [
            lambda: say_check_verdict(**said, verdict="true", note=""),
            lambda: settle_check_verdict(verdict=seen, **settle),
        ]
    )
    left = _verdict()
    assert (left.verdict, left.settled_at is None) in {("true", True), ("false", False)}


def test_one_pack_of_two_workers(checking, race):
    visit, task = checking.visit(), checking.task
    pack = EvidencePack.objects.create(
        visit=visit, task=task, asked_at=checking.at, asked_by=checking.world.person("checker")
    )
    said = {"name": "a.zip", "entries": [1], "by": checking.actor("checker"), "at": checking.at}
    done = race(lambda: keep_pack(pack=pack, pieces=[b"a"], **said), times=4)
    assert sorted(one.value for one in done) == [False, False, False, True], [one.error for one in done]


def test_one_experience_one_decision_one_use_one_end(checking, race):
    item = FeedbackItem.objects.filter(kind="problem").order_by("order").first()
    item.feedback = checking.given
    _one(race(lambda: suggest_experience(item=item, **SAID, **checking.as_(LIAISON)), times=4))
    rows = Experience.objects.select_related("item__feedback__task", "item__problem", "unit")
    office = {"by": checking.actor(OFFICE), "at": checking.at}
    decide = [lambda: decide_experience(experience=rows.get(), shared=True, why="", **office)] * 2
    decide += [lambda: decide_experience(experience=rows.get(), shared=False, why="一般", **office)] * 2
    _one(race(decide))
    Experience.objects.update(shared_at=checking.at, shared_by=office["by"].person_id, refused_at=None,
                              refused_by=None, why="")  # fmt: skip
    use = {"use": "can", "line": "检修费", "by": checking.actor("outsider"), "at": checking.at}
    _one(race(lambda: note_experience_use(experience=rows.get(), **use), times=4))
    assert ExperienceUse.objects.count() == 1
    _one(race(lambda: take_down_experience(experience=rows.get(), why="反弹", **office), times=4))
