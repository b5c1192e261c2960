"""A round goes to the archive once everything is settled; from then on its team reads nothing."""

from __future__ import annotations

import pytest

from bihuan.areas.inspection.models import Member, Round
from bihuan.areas.onsite.models import Draft
from bihuan.areas.outcome.actions.archive import archive
from bihuan.areas.outcome.actions.hand_over_papers import hand_over_papers
from bihuan.areas.outcome.actions.hand_over_task import hand_over_task
from bihuan.areas.outcome.actions.issue_report import issue_report
from bihuan.areas.outcome.actions.note_given_back import note_given_back
from bihuan.areas.outcome.actions.read_feedback import read_feedback
from bihuan.areas.outcome.actions.read_report import read_report
from bihuan.areas.outcome.models import ArchiveItem, Report
from bihuan.areas.outcome.reads.archiving import behind_of
from bihuan.areas.outcome.reads.rectifying import feedbacks_open_to
from bihuan.areas.outcome.reads.standing import tasks_open_to
from bihuan.kernel.refused import Missing, Refused
from bihuan.record.models import Event

from .closing_story import Closing
from .story import OFFICE

TEAM = ("member", "other_member", "deputy", "team_leader")


@pytest.fixture
def closing(world) -> Closing:
    return Closing(world)


def _hands(closing: Closing, word: str = OFFICE) -> dict:
    return {"by": closing.actor(word), "at": closing.at}


def _settled(closing: Closing) -> Round:
    report = Report.objects.select_related("task__round").get()
    issue_report(report=report, on=closing.day, **closing.as_(OFFICE))
    for member in Member.objects.select_related("round"):
        note_given_back(member=member, **_hands(closing))
    for left in behind_of(closing.task.round).tasks:
        left.task.round = closing.task.round
        for kind, _, _ in left.lines:
            said = {"secrecy": "closed", "pages": 20, "place": "档案柜 3 层"}
            hand_over_papers(task=left.task, kind=kind, **said, **_hands(closing))
    return Round.objects.get()


def test_after_the_archive_the_team_reads_nothing(closing):
    report, before = Report.objects.get(), {word: closing.actor(word) for word in TEAM}
    assert all(tasks_open_to(actor).exists() for actor in before.values())
    found = archive(round=_settled(closing), **_hands(closing))
    assert (
        found.state == "archived" and Event.objects.get(kind="inspection.archived").data["round_code"] == "R1"
    )
    closing.task.refresh_from_db()
    for word in TEAM:
        standing, actor = closing.standing(word), closing.actor(word)
        assert not standing.hats
        assert not tasks_open_to(actor).exists() and not feedbacks_open_to(actor).exists()
        assert not Draft.objects.readable_by(standing).exists()
        with pytest.raises((Missing, Refused)):
            read_report(report=report, **closing.as_(word))
        with pytest.raises(Missing):
            read_feedback(feedback=closing.given, **closing.as_(word))
    assert tasks_open_to(closing.actor(OFFICE)).exists()
    with pytest.raises(Refused):
        archive(round=found, **_hands(closing))


def test_what_keeps_a_round_from_the_archive(closing):
    found = closing.task.round
    with pytest.raises(Refused, match="归档前还差 3 项：巡察报告、材料清退、归档目录") as refused:
        archive(round=found, **_hands(closing))
    assert "（巡察办办）" in refused.value.todo
    for word in ("leading", "member", "unit_head", "outsider"):
        with pytest.raises(Refused, match="由巡察办归档"):
            archive(round=found, **_hands(closing, word))
    said = {"secrecy": "closed", "pages": 20, "place": "档案柜 3 层"}
    table = (
        ({"kind": "clue"}, "没有这种材料"),
        ({"pages": 0}, "页数和存放位置"),
        ({"place": " "}, "页数和存放位置"),
        ({"secrecy": "no"}, "没有选知悉范围"),
    )
    for change, reason in table:
        with pytest.raises(Refused, match=reason):
            hand_over_papers(task=closing.task, **{"kind": "draft", **said, **change}, **_hands(closing))
    made = hand_over_papers(task=closing.task, kind="draft", **said, **_hands(closing))
    assert made.number == Draft.objects.count() and ArchiveItem.objects.get() == made
    with pytest.raises(Refused, match="已经移交"):
        hand_over_papers(task=closing.task, kind="draft", **said, **_hands(closing))
    Draft.objects.filter(pk=closing.drafts[0].pk).update(state="written")
    with pytest.raises(Refused, match="底稿"):
        archive(round=found, **_hands(closing))


def test_the_page_of_the_archive(closing, signed_in):
    at = f"/outcome/rounds/{closing.task.round.code}/archive/"
    office = signed_in(OFFICE)
    page = office.get(at).content.decode()
    assert "归档前还缺什么" in page and "还没有清退" in page and "底稿" in page
    member = Member.objects.first()
    office.post(f"/outcome/members/{member.pk}/given-back/")
    office.post(
        f"/outcome/{closing.task.pk}/archive/draft/", {"secrecy": "closed", "pages": 9, "place": "3 层"}
    )
    assert ArchiveItem.objects.get().pages == 9
    assert "不能" in office.post(f"{at}closing/", follow=True).content.decode()
    assert Round.objects.get().state == "reporting"
    for word in ("outsider", "unit_head", "system_admin"):
        assert signed_in(word).get(at).status_code == 404


def test_several_papers_go_at_once_or_none(closing):
    task, said = closing.task, {"place": "档案柜 3 层", **_hands(closing)}
    for pages, says in (({"draft": 20, "clue": 3}, "没有这种材料"), ({}, "没有写一种材料")):
        with pytest.raises(Refused, match=says):
            hand_over_task(task=task, pages=pages, **said)
        assert not ArchiveItem.objects.exists()
    hand_over_task(task=task, pages={"draft": 20, "notice": 2}, **said)
    assert dict(ArchiveItem.objects.values_list("kind", "secrecy")) == {"draft": "closed", "notice": "inner"}
