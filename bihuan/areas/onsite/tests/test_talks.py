"""Talks: two inspectors, a signed record that stays, and a list of who is still missing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.onsite.actions.amend_talk import amend_talk
from bihuan.areas.onsite.actions.attach_closed import attach_closed
from bihuan.areas.onsite.actions.excuse_interviewee import excuse_interviewee
from bihuan.areas.onsite.actions.hold_talk import hold_talk
from bihuan.areas.onsite.actions.list_interviewee import list_interviewee
from bihuan.areas.onsite.actions.read_file import read_file
from bihuan.areas.onsite.actions.sign_talk import sign_talk
from bihuan.areas.onsite.models import Talk
from bihuan.areas.onsite.reads.progress import progress_of
from bihuan.kernel.refused import Missing, Refused
from bihuan.record.closed import opened

from .story import SAID, Onsite

pytestmark = pytest.mark.django_db


def listed(onsite: Onsite, word: str = "unit_head"):
    return list_interviewee(
        task=onsite.task, person=onsite.world.person(word), why="领导班子成员", **onsite.as_("member")
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"second": "member"}, "两个人"),
        ({"second": "safety_officer"}, "不在授权的组员里"),
        ({"lead": "other_member"}, "由谈的人登记"),
        ({"days": 1}, "今天以后"),
        ({"days": -1}, "早于进驻"),
        ({"said": {**SAID, "record": " "}}, "谈话记录"),
        ({"said": {**SAID, "who": ""}}, "和谁谈"),
    ],
)
def test_what_is_no_talk(onsite: Onsite, change, says):
    person = onsite.world.person
    given = {
        "task": onsite.task, "on": onsite.day + timedelta(days=change.get("days", 0)),
        "said": change.get("said", SAID), "lead": person(change.get("lead", "member")),
        "second": person(change.get("second", "deputy")),
    }  # fmt: skip
    with pytest.raises(Refused, match=says):
        hold_talk(**given, **onsite.as_("member"))
    assert not Talk.objects.exists()


def test_the_record_changes_until_it_is_signed(onsite: Onsite):
    talk = onsite.talk()
    amend_talk(talk=talk, said={**SAID, "record": "改过的"}, **onsite.as_("deputy"))
    with pytest.raises(Refused, match="谈话的人"):
        amend_talk(talk=talk, said=SAID, **onsite.as_("team_leader"))
    sign_talk(talk=talk, **onsite.as_("member"))
    with pytest.raises(Refused, match="不能改"):
        amend_talk(talk=talk, said=SAID, **onsite.as_("member"))
    assert opened(Talk.objects.get())["record"] == "改过的"


def test_the_list_says_who_is_missing(onsite: Onsite):
    one, other = listed(onsite), listed(onsite, "secretary")
    with pytest.raises(Refused, match="已经在"):
        listed(onsite)
    assert progress_of([onsite.task], onsite.day)[onsite.task.pk].missing == 2
    onsite.talk(interviewee=one)
    with pytest.raises(Refused, match="已经谈过"):
        excuse_interviewee(
            interviewee=type(one).objects.get(pk=one.pk), text="病假", **onsite.as_("team_leader")
        )
    with pytest.raises(Refused, match="组长"):
        excuse_interviewee(interviewee=other, text="病假", **onsite.as_("member"))
    excuse_interviewee(interviewee=other, text="病假", **onsite.as_("team_leader"))
    now = progress_of([onsite.task], onsite.day)[onsite.task.pk]
    assert (now.must, now.missing, now.talks) == (1, 0, 1)


def test_a_file_opens_to_who_may_read_the_talk(onsite: Onsite):
    talk, other = onsite.talk(), onsite.talk(lead="other_member")
    sign_talk(talk=talk, **onsite.as_("member"))
    file = attach_closed(thing=talk, content="扫描件".encode(), name="签字.txt", **onsite.as_("member"))
    assert read_file(thing=talk, file=file, **onsite.as_("team_leader")).data.decode() == "扫描件"
    for thing, word in ((other, "team_leader"), (talk, "other_member"), (talk, "unit_head")):
        with pytest.raises(Missing):
            read_file(thing=thing, file=file, **onsite.as_(word))
