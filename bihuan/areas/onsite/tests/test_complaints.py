"""Complaints: registered, decided, handled, closed; and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.areas.onsite.actions.amend_complaint import amend_complaint
from bihuan.areas.onsite.actions.close_complaint import close_complaint
from bihuan.areas.onsite.actions.decide_complaint import decide_complaint
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.register_complaint import register_complaint
from bihuan.areas.onsite.models import Clue, Complaint
from bihuan.areas.onsite.reads.drafts import files_of
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.models import Event

from .story import SECRET, Onsite

pytestmark = pytest.mark.django_db
NAME = "来信人史玉秀"
SAID = {
    "summary": SECRET, "subject": "陶厂长", "rank": "leaders", "topic": "integrity", "way": "邮戳 10 月 8 日",
    "name": NAME, "phone": "13900000001",
}  # fmt: skip


def complaint(onsite: Onsite, word: str = "member", **more) -> Complaint:
    said = {"task": onsite.task, "channel": "letter", "received_on": onsite.day, "said": SAID, **more}
    return register_complaint(**said, **onsite.as_(word))


def decided(onsite: Onsite, one: Complaint, disposition: str = "deep", **more) -> Complaint:
    who = {"handler": onsite.world.person("member"), "on": onsite.day, **more}
    return decide_complaint(complaint=one, disposition=disposition, **who, **onsite.as_("team_leader"))


def said_of(onsite: Onsite, thing, word: str = "team_leader") -> dict:
    return read_closed(things=[thing], **onsite.as_(word))[0]


def test_from_the_letter_to_its_end(onsite):
    one = complaint(onsite, files=[("信封.txt", SimpleUploadedFile("信封.txt", "邮戳".encode()))])
    assert (str(one), one.state, one.named) == ("信访001", "registered", True) and len(files_of(one)) == 1
    amend_complaint(complaint=one, said={**SAID, "topic": "work"}, **onsite.as_("member"))
    decided(onsite, one, said={"opinion": "由邹敏慧了解"})
    assert (one.state, one.disposition, one.decided_on) == ("decided", "deep", onsite.day)
    close_complaint(complaint=one, result="已写底稿", **onsite.as_("member"))
    said = said_of(onsite, one)
    assert (said["topic"], said["result"], said["sender"]["name"]) == ("work", "已写底稿", NAME)
    kinds = list(Event.objects.filter(stream=one.stream).order_by("seq").values_list("kind", flat=True))
    steps = ["registered", "amended", "decided", "closed"]
    assert kinds == [*(f"onsite.complaint_{step}" for step in steps), "onsite.read"]
    assert NAME not in str(list(Event.objects.values("data", "subject", "stream")))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"channel": "qr"}, "扫码来件"),
        ({"received_on": timedelta(days=1)}, "今天以后"),
        ({"said": {**SAID, "summary": " "}}, "要写反映的内容"),
        ({"said": {**SAID, "topic": "weather"}}, "要选反映的类别"),
        ({"said": {**SAID, "rank": ""}}, "要选反映对象的层级"),
    ],
)
def test_what_is_not_registered(onsite, change, says):
    if isinstance(change.get("received_on"), timedelta):
        change = {"received_on": onsite.day + change["received_on"]}
    with pytest.raises(Refused, match=says):
        complaint(onsite, **change)
    assert not Complaint.objects.exists()


def test_who_may_not(onsite):
    one = complaint(onsite)
    for word in ("inspection_officer", "registrar", "leading", "department", "outsider"):
        with pytest.raises(Refused):
            complaint(onsite, word)
    member, leader = onsite.world.person("member"), onsite.as_("team_leader")
    told = {"on": onsite.day, "disposition": "deep", "handler": member}
    with pytest.raises(Refused, match="由组长办"):
        decide_complaint(complaint=one, **told, **onsite.as_("member"))
    for change, says in (
        ({"on": onsite.day + timedelta(days=1)}, "今天以后"),
        ({"on": onsite.day - timedelta(days=1)}, "早于收到"),
        ({"disposition": "bin"}, "要选去向"),
        ({"handler": onsite.world.person("outsider")}, "不在授权的组员里"),
    ):
        with pytest.raises(Refused, match=says):
            decide_complaint(complaint=one, **{**told, **change}, **leader)
    with pytest.raises(Refused):
        close_complaint(complaint=one, result="办完", **leader)
    decided(onsite, one)
    with pytest.raises(Refused, match="承办人或组长"):
        close_complaint(complaint=one, result="办完", **onsite.as_("other_member"))
    with pytest.raises(Refused, match="办理结果"):
        close_complaint(complaint=one, result=" ", **leader)
    old = Complaint.objects.select_related("task__round").get(pk=one.pk)
    decided(onsite, one, "kept")
    with pytest.raises(Stale):
        close_complaint(complaint=old, result="按旧页面办", **leader)
    close_complaint(complaint=one, result="办完", **leader)
    with pytest.raises(Refused, match="已经办结"):
        amend_complaint(complaint=one, said=SAID, **leader)


def test_what_goes_out_says_nothing_of_the_sender(onsite):
    one = complaint(onsite)
    for told, says in (
        ({"text": "请核查承包商管理"}, "转给谁"),
        ({"to": "热轧厂"}, "转出的内容"),
        ({"to": "热轧厂", "text": f"{NAME}反映承包商管理混乱"}, "反映人的姓名或电话"),
        ({"to": "热轧厂", "text": "请回 13900000001"}, "反映人的姓名或电话"),
    ):
        with pytest.raises(Refused, match=says):
            decided(onsite, one, "unit", said=told)
    decided(onsite, one, "unit", said={"to": "热轧厂", "text": "请核查承包商管理"})
    assert said_of(onsite, one)["forward"] == {"to": "热轧厂", "text": "请核查承包商管理"}
    decided(onsite, one, "kept")
    assert said_of(onsite, one)["forward"] == {}


def test_as_a_clue_it_makes_one_or_joins_one(onsite):
    first, second = complaint(onsite), complaint(onsite)
    with pytest.raises(Refused, match="组员办"):
        decided(onsite, first, "clue", handler=onsite.world.person("team_leader"))
    decided(onsite, first, "clue")
    clue = Clue.objects.get()
    assert first.clue_id == clue.pk and clue.noted_by == onsite.world.person("member")
    assert said_of(onsite, clue)["parts"] == [
        {"kind": "complaint", "key": str(first.key), "label": "信访001"}
    ]
    assert NAME not in str(said_of(onsite, clue))
    decided(onsite, second, "clue", clue=clue)
    decided(onsite, first, "clue")
    assert second.clue_id == first.clue_id == clue.pk and Clue.objects.count() == 1


PAGES = ("", "new/?channel=visit")


def test_pages_from_registration_to_closing(onsite, signed_as):
    """A member registers and closes in the pages, the leader decides."""
    member, leader = signed_as("member"), signed_as("team_leader")
    base = f"/onsite/{onsite.task.pk}/complaints/"
    for channel in ("letter", "phone", "visit", "sms", "email", "box"):
        assert member.get(f"{base}new/?channel={channel}").status_code == 200
    form = {**SAID, "received_on": onsite.day.isoformat()}
    answer = member.post(f"{base}new/?channel=visit", form)
    one = Complaint.objects.get()
    assert answer.status_code == 302 and one.channel == "visit"
    page = f"/onsite/complaints/{one.pk}/"
    assert SECRET in member.get(page).content.decode() and NAME in leader.get(page).content.decode()
    listed = leader.get(base).content.decode()
    assert "信访001" in listed and page in listed and SECRET not in listed and NAME not in listed
    assert "来访" in listed and "没有定去向" in listed
    told = {"on": onsite.day.isoformat(), "disposition": "deep", "handler": onsite.world.person("member").pk}
    wrong = leader.post(f"{page}decision/", {**told, "disposition": "unit"})
    assert wrong.status_code == 400 and "转给谁" in wrong.content.decode()
    assert leader.post(f"{page}decision/", told).status_code == 302
    assert member.post(f"{page}words/", {**SAID, "topic": "work"}).status_code == 302
    assert member.post(f"{page}closing/", {"result": "查实"}).status_code == 302
    one.refresh_from_db()
    assert one.state == "closed"
    for url in (base, page):
        assert leader.get(url)["Cache-Control"] == "no-store"
    for word in ("registrar", "department", "outsider", "unit_head", "system_admin"):
        client = signed_as(word)
        assert {client.get(url).status_code for url in (base, page, f"{page}decision/")} == {404}
    office = signed_as("inspection_officer").get(page)
    assert SECRET not in office.content.decode() and "归档以前" in office.content.decode()


def test_the_list_narrows_and_costs_the_same_however_long(onsite, signed_as, django_assert_max_num_queries):
    leader, base = signed_as("team_leader"), f"/onsite/{onsite.task.pk}/complaints/"
    one = complaint(onsite)
    complaint(onsite, channel="phone")
    decided(onsite, one)
    leader.get(base)

    def numbers(query: str) -> list[str]:
        html = leader.get(f"{base}?{query}").content.decode()
        return [no for no in ("信访001", "信访002") if no in html]

    assert numbers("channel=phone") == numbers("state=registered") == numbers("handler=none") == ["信访002"]
    assert (
        numbers("disposition=deep") == numbers(f"handler={onsite.world.person('member').pk}") == ["信访001"]
    )
    for _ in range(8):
        complaint(onsite, channel="box")
    with django_assert_max_num_queries(32):
        leader.get(base)
