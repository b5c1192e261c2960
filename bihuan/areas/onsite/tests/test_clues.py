"""Clues: noted, confirmed, handed over, dealt with, closed; a day to report by; and who sees what of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.areas.onsite.actions.close_clue import close_clue
from bihuan.areas.onsite.actions.confirm_clue import confirm_clue
from bihuan.areas.onsite.actions.dispose_clue import dispose_clue
from bihuan.areas.onsite.actions.drop_clue import drop_clue
from bihuan.areas.onsite.actions.note_clue import note_clue
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.receive_clue import receive_clue
from bihuan.areas.onsite.actions.report_clue import report_clue
from bihuan.areas.onsite.actions.transfer_clue import transfer_clue
from bihuan.areas.onsite.models import Clue, Handed
from bihuan.areas.onsite.reads.desk_complaints import complaint_lines
from bihuan.areas.onsite.reads.due import deadline_of
from bihuan.kernel.refused import Missing, Refused
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.record.models import Event

from .story import SECRET, Onsite
from .test_complaints import complaint

pytestmark = pytest.mark.django_db
SAID = {"subject": "陶厂长", "post": "厂长", "summary": SECRET, "source": "谈话001", "severity": "serious"}


def clue(onsite: Onsite, to: str = "noted", parts=(), **more) -> Clue:
    """A clue taken as far as `to`."""
    one = note_clue(task=onsite.task, said={**SAID, **more.pop("said", {})}, **more, **onsite.as_("member"))
    one.task = onsite.task
    steps = (
        ("confirmed", lambda: confirm_clue(clue=one, said={}, parts=parts, **onsite.as_("team_leader"))),
        ("transferred", lambda: transferred(onsite, one)),
        (
            "received",
            lambda: receive_clue(
                clue=one, handler=onsite.world.person("discipline"), **onsite.as_("discipline")
            ),
        ),
        ("disposed", lambda: dispose_clue(clue=one, disposition="verify", **onsite.as_("discipline"))),
        ("reported", lambda: report_clue(clue=one, result="查实，给予警告", **onsite.as_("discipline"))),
    )
    for state, do in steps if to != "noted" else ():
        do()
        if state == to:
            break
    return one


def transferred(onsite: Onsite, one: Clue, **more) -> Clue:
    said = {"body": "discipline", "document": "晋岭巡移〔2025〕1 号", "on": onsite.day, **more}
    return transfer_clue(clue=one, **said, **onsite.as_("registrar"))


def reads(onsite: Onsite, one, word: str) -> bool:
    try:
        return bool(read_closed(things=[one], **onsite.as_(word)))
    except (Missing, Refused):
        return False


def test_from_the_note_to_the_end(onsite):
    told = complaint(onsite)
    one = clue(onsite, "reported", parts=[told])
    assert one.due_on == date(one.transferred_on.year, one.transferred_on.month + 3, one.transferred_on.day)
    rule, deadline = deadline_of(one)
    assert (rule.key, rule.value, deadline.due) == ("clue.feedback_due", 3, one.due_on)
    assert {(row.kind, row.body) for row in Handed.objects.all()} == {
        ("clue", "discipline"),
        ("complaint", "discipline"),
    }
    close_clue(clue=one, **onsite.as_("registrar"))
    assert one.state == "closed" and read_closed(things=[one], **onsite.as_("head"))[0]["result"].startswith(
        "查实"
    )
    kinds = list(Event.objects.filter(stream=one.stream).order_by("seq").values_list("kind", flat=True))
    steps = ("noted", "confirmed", "transferred", "received", "disposed", "reported", "closed")
    assert kinds[:7] == [f"onsite.clue_{step}" for step in steps]
    assert SECRET not in str(list(Event.objects.values("data", "subject")))


def test_who_sees_it_on_its_way(onsite):
    add = {"role": "discipline_officer", "unit": onsite.world.unit("group"), "from_day": SINCE}
    grant_role(
        person=onsite.world.person("leading"), **add, by=onsite.world.actor("security_admin"), at=onsite.at
    )
    told = complaint(onsite)
    one = clue(onsite, "confirmed", parts=[told])
    assert not reads(onsite, one, "discipline") and not reads(onsite, told, "discipline")
    transferred(onsite, one)
    assert [reads(onsite, one, word) for word in ("discipline", "leading", "personnel")] == [
        True,
        True,
        False,
    ]
    assert reads(onsite, told, "discipline") and not reads(onsite, onsite.talk(), "discipline")
    receive_clue(clue=one, handler=onsite.world.person("discipline"), **onsite.as_("discipline"))
    assert [reads(onsite, one, word) for word in ("discipline", "leading")] == [True, False]


def test_of_a_first_leader_few_know(onsite):
    one = clue(onsite, narrow=True)
    seeing = [word for word in ("member", "deputy", "team_leader", "registrar", "head", "leading", "inspection_officer")
              if reads(onsite, one, word)]  # fmt: skip
    assert seeing == ["team_leader", "registrar", "head"]
    assert not Clue.objects.listed_for(onsite.standing("member")).exists()
    confirm_clue(clue=one, said={}, narrow=False, **onsite.as_("team_leader"))
    assert reads(onsite, one, "member")


def test_who_may_not(onsite):
    with pytest.raises(Refused, match="组员记"):
        note_clue(task=onsite.task, said=SAID, **onsite.as_("team_leader"))
    for change, says in (
        ({"subject": ""}, "反映对象"),
        ({"summary": ""}, "线索内容"),
        ({"severity": ""}, "严重程度"),
    ):
        with pytest.raises(Refused, match=says):
            clue(onsite, said=change)
    one = clue(onsite)
    with pytest.raises(Refused, match="由组长办"):
        confirm_clue(clue=one, said={}, **onsite.as_("member"))
    with pytest.raises(Refused):
        transferred(onsite, one)
    confirm_clue(clue=one, said={}, **onsite.as_("team_leader"))
    with pytest.raises(Refused, match="线索专管员"):
        transfer_clue(
            clue=one, body="discipline", document="1 号", on=onsite.day, **onsite.as_("team_leader")
        )
    for change, says in (
        ({"body": "police"}, "移交给谁"), ({"document": " "}, "移交文号"),
        ({"on": onsite.day + timedelta(days=1)}, "移交日期"), ({"on": onsite.day - timedelta(days=1)}, "移交日期"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            transferred(onsite, one, **change)
    assert not Handed.objects.exists()
    transferred(onsite, one)
    discipline = onsite.world.person("discipline")
    with pytest.raises(Refused, match="由承办机构办"):
        receive_clue(clue=one, handler=discipline, **onsite.as_("personnel"))
    with pytest.raises(Refused, match="不在承办机构里"):
        receive_clue(clue=one, handler=onsite.world.person("member"), **onsite.as_("discipline"))
    receive_clue(clue=one, handler=discipline, **onsite.as_("discipline"))
    with pytest.raises(Refused, match="处置方式"):
        dispose_clue(clue=one, disposition="forget", **onsite.as_("discipline"))
    with pytest.raises(Refused, match="由承办机构办"):
        dispose_clue(clue=one, disposition="verify", **onsite.as_("registrar"))
    dispose_clue(clue=one, disposition="kept", **onsite.as_("discipline"))
    dispose_clue(clue=one, disposition="verify", **onsite.as_("discipline"))
    with pytest.raises(Refused, match="办理结果"):
        report_clue(clue=one, result="", **onsite.as_("discipline"))
    with pytest.raises(Refused):
        close_clue(clue=one, **onsite.as_("registrar"))


def test_what_is_none_is_dropped_with_its_reason(onsite):
    one = clue(onsite)
    with pytest.raises(Refused, match="原因"):
        drop_clue(clue=one, why=" ", **onsite.as_("team_leader"))
    drop_clue(clue=one, why="一般工作不足，转入底稿", **onsite.as_("team_leader"))
    assert one.state == "dropped" and reads(onsite, one, "member")


def test_the_round_keeps_the_rule_of_its_day(onsite):
    """Another pack, later: the day does not move."""
    pack = onsite.task.round.rule_pack
    values = [{**row, "value": 1} if row["key"] == "clue.feedback_due" else row for row in pack.values]
    one = clue(onsite, "transferred")
    before = one.due_on
    type(pack).objects.create(
        pack="inspection",
        version="2030.1",
        issuer="x",
        document="x",
        effective_from=onsite.day,
        values=values,
        published_at=onsite.at,
    )
    one.refresh_from_db()
    assert (
        deadline_of(Clue.objects.select_related("task__round__rule_pack").get(pk=one.pk))[1].due
        == before
        == one.due_on
    )


def test_desks_say_the_number_and_nothing_else(onsite):
    complaint(onsite)
    clue(onsite)
    clue(onsite, "confirmed")
    clue(onsite, "transferred")
    clue(onsite, "received")
    got = {
        word: [(line.label, line.text.rsplit(" ", 1)[-1]) for line in complaint_lines(onsite.actor(word), onsite.at)]
        for word in ("team_leader", "registrar", "discipline", "personnel", "member")
    }  # fmt: skip
    assert got == {
        "team_leader": [("定去向", "信访001"), ("核定", "线索001")],
        "registrar": [("移交", "线索002")],
        "discipline": [("签收", "线索003"), ("定处置方式", "线索004")],
        "personnel": [],
        "member": [],
    }


def test_pages_from_the_note_to_the_end(onsite, signed_as):
    told = complaint(onsite)
    member, leader, registrar = signed_as("member"), signed_as("team_leader"), signed_as("registrar")
    body, base = signed_as("discipline"), f"/onsite/{onsite.task.pk}/clues/"
    assert "一般工作不足" in member.get(f"{base}new/").content.decode()
    answer = member.post(f"{base}new/?from=complaint-{told.pk}", SAID)
    one = Clue.objects.get()
    page = f"/onsite/clues/{one.pk}/"
    assert answer.url == page and SECRET in member.get(page).content.decode()
    form = leader.get(f"{page}confirmation/").content.decode()
    assert SECRET in form and f'value="complaint-{told.pk}"' in form
    assert leader.post(f"{page}confirmation/", {**SAID, "parts": [f"complaint-{told.pk}"]}).status_code == 302
    assert "3 个月" in registrar.get(f"{page}transfer/").content.decode()
    said = {"body": "discipline", "document": "1 号", "on": onsite.day.isoformat()}
    assert body.get(page).status_code == 404
    assert registrar.post(f"{page}transfer/", said).status_code == 302
    assert "信访001" in body.get(page).content.decode()
    assert body.get(f"{page}receipt/").status_code == 200
    assert body.post(f"{page}receipt/", {"handler": onsite.world.person("discipline").pk}).status_code == 302
    assert body.post(f"{page}disposition/", {"disposition": "verify"}).status_code == 302
    assert body.post(f"{page}report/", {"result": "查实"}).status_code == 302
    assert registrar.post(f"{page}closing/", {"_once": "a"}).status_code == 302
    one.refresh_from_db()
    assert one.state == "closed"
    html = registrar.get(page).content.decode()
    assert "clue.feedback" not in html and "线索办理情况反馈 3 个月" in html
    assert SECRET not in registrar.get(base).content.decode()
    for word in ("deputy", "leading", "inspection_officer", "personnel", "unit_head", "outsider"):
        client = signed_as(word)
        assert client.get(page).status_code == 404, word


def test_one_that_is_late_says_so(onsite, signed_as):
    one = clue(onsite, "received")
    Clue.objects.filter(pk=one.pk).update(due_on=onsite.day - timedelta(days=900))
    registrar = signed_as("registrar")
    assert "逾期没有反馈" in registrar.get(f"/onsite/clues/{one.pk}/").content.decode()
    assert "逾期" in registrar.get(f"/onsite/{onsite.task.pk}/clues/").content.decode()
