"""Two hands at once on one complaint, one clue, one letter from outside: one wins."""

from __future__ import annotations

from bihuan.areas.onsite.actions.close_clue import close_clue
from bihuan.areas.onsite.actions.close_complaint import close_complaint
from bihuan.areas.onsite.actions.confirm_clue import confirm_clue
from bihuan.areas.onsite.actions.decide_complaint import decide_complaint
from bihuan.areas.onsite.actions.receive_clue import receive_clue
from bihuan.areas.onsite.actions.take_in import take_in
from bihuan.areas.onsite.actions.tell import tell
from bihuan.areas.onsite.actions.transfer_clue import transfer_clue
from bihuan.areas.onsite.models import Clue, Complaint, Handed, Submission
from bihuan.areas.onsite.reads.door import door_code, task_behind

from .story import Onsite
from .test_clues import clue
from .test_complaints import complaint
from .test_races import one_wins, onsite

__all__ = ["onsite"]


def test_one_wins(onsite: Onsite, race) -> None:
    """One world for all: to build it costs more than to race in it."""
    _complaints(onsite, race)
    _clues(onsite, race)
    _letters(onsite, race)
    assert Handed.objects.count() == 1


def _complaints(onsite: Onsite, race) -> None:
    pk = complaint(onsite).pk
    leader, member = onsite.as_("team_leader"), onsite.world.person("member")

    def again() -> Complaint:
        return Complaint.objects.select_related("task__round").get(pk=pk)

    told = {"on": onsite.day, "disposition": "clue", "handler": member}
    seen = [again() for _ in range(4)]  # a decision may be taken anew, by whoever has seen the first
    decide = lambda n: decide_complaint(complaint=seen[n], **told, **leader)  # noqa: E731
    one_wins(race, decide, "onsite.complaint_decided")
    assert Clue.objects.count() == 1
    one_wins(
        race, lambda: close_complaint(complaint=again(), result="查实", **leader), "onsite.complaint_closed"
    )


def _clues(onsite: Onsite, race) -> None:
    pk = clue(onsite).pk
    discipline = onsite.world.person("discipline")

    def again() -> Clue:
        return Clue.objects.select_related("task__round__rule_pack").get(pk=pk)

    leader, registrar, body = (onsite.as_(word) for word in ("team_leader", "registrar", "discipline"))
    one_wins(race, lambda: confirm_clue(clue=again(), said={}, **leader), "onsite.clue_confirmed")
    sent = {"body": "discipline", "document": "1 号", "on": onsite.day}
    one_wins(race, lambda: transfer_clue(clue=again(), **sent, **registrar), "onsite.clue_transferred")
    body = onsite.as_("discipline")
    one_wins(race, lambda: receive_clue(clue=again(), handler=discipline, **body), "onsite.clue_received")
    Clue.objects.filter(pk=pk).update(state="reported")
    one_wins(race, lambda: close_clue(clue=again(), **registrar), "onsite.clue_closed")


def _letters(onsite: Onsite, race) -> None:
    """Four times the same form is one letter with one receipt; taken in by four hands it is one complaint."""
    code, leader = door_code(onsite.task.pk), onsite.as_("team_leader")

    def send() -> str:
        told = {"text": "检修费用列支不实，请核查"}
        return tell(task=task_behind(code), said=told, files=[], nonce="one form", at=onsite.at).code

    done = race(send, times=4)
    assert len({one.value for one in done}) == 1 and Submission.objects.count() == 1, done
    before = Complaint.objects.count()
    race(lambda: take_in(task=onsite.task, registrar=onsite.world.person("member"), **leader), times=4)
    assert Complaint.objects.count() == before + 1 and not Submission.objects.exists()
