"""Group chats: counts and an address, never what it is about; each once; a failure is seen and tried again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import traceback
from datetime import timedelta

import pytest

from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.notify import robots
from bihuan.notify.actions.mark_read import mark_read
from bihuan.notify.actions.open_channel import open_channel
from bihuan.notify.actions.reseal import reseal
from bihuan.notify.actions.send_post import send_post
from bihuan.notify.actions.switch_channel import switch_channel
from bihuan.notify.actions.tell import tell
from bihuan.notify.actions.try_channel import try_channel
from bihuan.notify.jobs import GROUP_DIGEST, queue_group_digests
from bihuan.notify.models import Channel, Line, Post
from bihuan.record.models import Event, Job
from bihuan.record.strongbox import add_key
from bihuan.record.worker import run_until_idle

from .robot_server import RobotServer

SECRET, NUMBER, PHONE = "废钢料场与消防通道混用", "AQ-RZ-202509-001", "13900000001"
KEY = "693a91f6-7ccc-4bc4-97a0-0ec2c1fa5aaa"


@pytest.fixture
def server(settings):
    found = RobotServer()
    settings.ROBOT_HOSTS = dict.fromkeys(robots.LABELS, found.url)
    settings.PUBLIC_URL = "https://bihuan.example"
    yield found
    found.end()


def address(server, kind="wecom"):
    return {
        "wecom": f"{server.url}/cgi-bin/webhook/send?key={KEY}",
        "dingtalk": f"{server.url}/robot/send?access_token={'a1' * 32}",
        "feishu": f"{server.url}/open-apis/bot/v2/hook/{KEY}",
    }[kind]


def opened(world, server, kind="wecom", unit="hot_mill", **more):
    return open_channel(
        name="热轧厂整改群", kind=kind, unit=world.unit(unit), address=address(server, kind),
        by=world.actor("system_admin"), at=world.at, **more,
    )  # fmt: skip


def say(world, *words, key="k:1", urgent=False, at=None, tone="late"):
    people = [world.person(word).pk for word in words]
    return tell(people=people, key=key, text=f"待认领 {NUMBER}", detail=SECRET, url=f"/problems/{NUMBER}/",
                at=at or world.at, urgent=urgent, tone=tone)  # fmt: skip


def morning(world, days=0):
    return world.at.replace(hour=8, minute=5) + timedelta(days=days)


def text_of(body):
    return body.get("text", body.get("content", {})).get("content") or body["content"]["text"]


def test_the_address_is_sealed_and_only_robots_are_addresses(world, server):
    channel = opened(world, server, secret="SECabc")
    row = Channel.objects.get()
    assert KEY not in row.sealed and "SECabc" not in row.sealed and row.tail == KEY[-4:]
    assert KEY not in str(list(Event.objects.values_list("data", "subject")))
    assert Event.objects.get(kind="channel.opened").stream == f"channel:{channel.pk}"
    for kind, bad in (
        ("wecom", "https://evil.example/cgi-bin/webhook/send?key=x"),
        ("wecom", address(server, "dingtalk")),
        ("wecom", f"{server.url}/other?key={KEY}"),
        ("dingtalk", f"{server.url}/robot/send?access_token="),
        ("dingtalk", f"{server.url}/robot/send?access_token=../x"),
        ("feishu", f"{server.url}/open-apis/bot/v2/hook/../../x"),
        ("feishu", "file:///etc/passwd"),
        ("wecom", ""),
    ):
        with pytest.raises(Invalid, match="群机器人的地址"):
            open_channel(
                name="x",
                kind=kind,
                unit=world.unit("hot_mill"),
                address=bad,
                by=world.actor("system_admin"),
                at=world.at,
            )
    with pytest.raises(Refused, match="系统管理员"):
        open_channel(
            name="x", kind="wecom", unit=world.unit("hot_mill"), address=address(server),
            by=world.actor("unit_head"), at=world.at,
        )  # fmt: skip
    add_key()
    assert reseal() == 1 and Channel.objects.get().sealed != row.sealed
    try_channel(channel=Channel.objects.get(), by=world.actor("system_admin"), at=world.at)
    assert len(server.got) == 1


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_each_service_gets_what_it_understands(world, server, kind):
    if kind == "feishu":
        server.answer = {"code": 0, "msg": "success"}
    channel = opened(world, server, kind, secret="SECabc" if kind != "wecom" else "")
    try_channel(channel=channel, by=world.actor("system_admin"), at=world.at)
    [(path, query, body)] = server.got
    stamp = int(world.at.timestamp())
    if kind == "wecom":
        assert path == "/cgi-bin/webhook/send" and query == {"key": KEY} and body["msgtype"] == "text"
    elif kind == "dingtalk":
        said = f"{stamp * 1000}\nSECabc".encode()
        good = base64.b64encode(hmac.new(b"SECabc", said, hashlib.sha256).digest()).decode()
        assert path == "/robot/send" and query["sign"] == good and query["timestamp"] == str(stamp * 1000)
    else:
        good = base64.b64encode(hmac.new(f"{stamp}\nSECabc".encode(), b"", hashlib.sha256).digest()).decode()
        assert path.endswith(KEY) and body["sign"] == good and body["timestamp"] == str(stamp)
    assert text_of(body) == "闭环：试一下，这个群能收到通知。"
    channel.refresh_from_db()
    assert channel.sent_on == world.at and channel.failure == ""


def test_the_digest_counts_the_units_people_and_says_nothing_else(world, server):
    channel = opened(world, server)
    opened(world, server, unit="iron_mill")
    before = world.at - timedelta(hours=20)
    say(world, "liaison", "unit_head", key="k:1", at=before)
    say(world, "liaison", key="k:2", at=before, tone="soon")
    say(world, "safety_officer", key="k:3", at=before)
    queue_group_digests(morning(world) - timedelta(hours=2))
    assert not Job.objects.filter(kind=GROUP_DIGEST).exists(), "not before the digest's hour"
    for _ in range(2):
        queue_group_digests(morning(world))
        run_until_idle(at=morning(world), loud=True)
    [(_, _, body)] = server.got
    assert text_of(body) == (
        "闭环：热轧厂有 2 人共 2 件通知没看，其中逾期 1 件。请登录查看：https://bihuan.example/notices/"
    )
    assert NUMBER not in json.dumps(body, ensure_ascii=False) and SECRET not in json.dumps(
        body, ensure_ascii=False
    )
    assert Post.objects.get().channel == channel
    mark_read(by=world.actor("liaison"), at=world.at)
    mark_read(by=world.actor("unit_head"), at=world.at)
    queue_group_digests(morning(world, 1))
    run_until_idle(at=morning(world, 1), loud=True)
    assert len(server.got) == 1, "nothing waits, nothing is posted"


def test_red_things_are_posted_at_once_once_per_occasion_and_few_a_day(world, server):
    type(world.person("unit_head")).objects.filter(staff_no="3001").update(phone=PHONE)
    opened(world, server, mentions=True)
    say(world, "unit_head", "liaison", key="red:1", urgent=True)
    run_until_idle(at=world.at, loud=True)
    [(_, _, body)] = server.got
    assert text_of(body).startswith("闭环：热轧厂有 1 件要马上看。请登录查看：")
    assert body["text"]["mentioned_mobile_list"] in ([PHONE], []) and SECRET not in str(body)
    for number in range(2, 7):
        say(world, "unit_head", "liaison", key=f"red:{number}", urgent=True)
    run_until_idle(at=world.at, loud=True)
    assert len(server.got) == 2, "as with messages: two a day"
    say(world, "outsider", key="red:9", urgent=True)
    run_until_idle(at=world.at, loud=True)
    assert len(server.got) == 2, "another mill's matter is not this group's"


@pytest.mark.parametrize(
    ("status", "answer", "words"),
    [
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}, "错误码 93000"),
        (502, {}, "HTTP 502"),
        (200, ["?"], "错误码 ?"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_a_failure_is_seen_and_tried_again(world, server, status, answer, words):
    channel = opened(world, server)
    say(world, "liaison", at=world.at - timedelta(hours=20))
    good, server.status, server.answer = server.answer, status, answer
    queue_group_digests(morning(world))
    run_until_idle(at=morning(world), loud=False)
    channel.refresh_from_db()
    assert words in channel.failure and channel.failed_on and not Post.objects.exists()
    assert Job.objects.get(kind=GROUP_DIGEST).state == Job.State.WAITING
    server.status, server.answer = 200, good
    run_until_idle(at=morning(world) + timedelta(hours=1), loud=True)
    channel.refresh_from_db()
    assert channel.failure == "" and Post.objects.get().sent_on and len(server.got) == 2


def test_no_answer_is_not_repeated_and_nobody_there_is(world, server, monkeypatch):
    channel = opened(world, server)
    monkeypatch.setattr(robots, "PATIENCE_S", 0.3)
    server.silent_s = 1.0
    args = {"day": world.day, "text": "x", "at": world.at}
    assert send_post(channel=channel, slot="digest", **args) is False
    channel.refresh_from_db()
    assert "不知是否收到" in channel.failure and Post.objects.get().sent_on is None
    assert send_post(channel=channel, slot="digest", **args) is False and len(server.got) == 1
    server.end()
    with pytest.raises(robots.Undelivered, match="连不上企业微信") as failed:
        send_post(channel=channel, slot="urgent:1", **args)
    said = "".join(traceback.format_exception(failed.value))
    assert KEY not in said, "no log learns the address"


def test_one_post_although_two_workers_send_it(race, settings):
    from bihuan.org.tests.world import build

    found = RobotServer()
    try:
        settings.ROBOT_HOSTS = dict.fromkeys(robots.LABELS, found.url)
        world = build(accounts=False)
        channel = opened(world, found)
        outcomes = race(
            lambda: send_post(channel=channel, day=world.day, slot="digest", text="x", at=world.at), times=4
        )
        assert sorted(outcome.value for outcome in outcomes) == [False, False, False, True], outcomes
        assert len(found.got) == 1
    finally:
        found.end()


def test_the_pages_of_the_system_administrator(world, server, signed_in):
    admin = signed_in("system_admin")
    assert "还没有群收通知" in admin.get("/notices/channels/").content.decode()
    form = {
        "name": "热轧厂整改群", "kind": "wecom", "unit": world.unit("hot_mill").pk, "digest": "on",
        "address": "https://evil.example/x",
    }  # fmt: skip
    assert "群机器人的地址" in admin.post("/notices/channels/new/", form).content.decode()
    assert admin.post("/notices/channels/new/", {**form, "address": address(server)}).status_code == 302
    page = admin.get("/notices/channels/").content.decode()
    assert KEY not in page and KEY[-4:] in page and "还没发过" in page
    channel = Channel.objects.get()
    assert "收下了" in admin.post(f"/notices/channels/{channel.pk}/test/", follow=True).content.decode()
    server.answer = {"errcode": 310000}
    assert (
        "错误码 310000" in admin.post(f"/notices/channels/{channel.pk}/test/", follow=True).content.decode()
    )
    assert "停用了" in admin.post(f"/notices/channels/{channel.pk}/switch/", follow=True).content.decode()
    assert [e.kind for e in Event.objects.filter(stream=f"channel:{channel.pk}").order_by("seq")] == [
        "channel.opened", "channel.tested", "channel.test_failed", "channel.stopped",
    ]  # fmt: skip
    with pytest.raises(Stale):
        switch_channel(channel=channel, active=False, by=world.actor("system_admin"), at=world.at)
    say(world, "liaison", key="red:1", urgent=True)
    queue_group_digests(morning(world))
    run_until_idle(at=morning(world), loud=True)
    assert len(server.got) == 2 and not Post.objects.exists()
    for word in ("security_admin", "unit_head"):
        assert signed_in(word).get("/notices/channels/").status_code == 404


def test_who_must_act_or_know_is_told(world, signed_in):
    """A post with rights was taken; a second step or a password was reset."""
    from bihuan.org.tests.test_confirm_holding import _invented, _post_with_rights
    from bihuan.org.tests.test_totp import _set_up

    _invented(world, _post_with_rights(world))
    _set_up(world)
    signed_in("security_admin").post(f"/org/people/{world.person('liaison').pk}/second/end/")
    signed_in("system_admin").post(f"/settings/accounts/{world.accounts['unit_head'].pk}/password/")
    run_until_idle(at=world.at + timedelta(days=900), loud=True)
    told = set(Line.objects.values_list("person_id", "text"))
    assert (world.person("security_admin").pk, "有人任了带授权的岗位，等您确认") in told
    assert any(person == world.person("liaison").pk and "被重设" in text for person, text in told)
    assert any(person == world.person("unit_head").pk and "密码被" in text for person, text in told)
