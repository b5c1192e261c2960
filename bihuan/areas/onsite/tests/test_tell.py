"""The public page: one form makes one submission, nothing of the sender is kept, a flood is slowed, others go on."""

from __future__ import annotations

import io
import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from bihuan.areas.inspection.models import Announcement
from bihuan.areas.onsite import jobs
from bihuan.areas.onsite.actions.close_complaint import close_complaint
from bihuan.areas.onsite.actions.decide_complaint import decide_complaint
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.read_file import read_file
from bihuan.areas.onsite.actions.take_in import take_in
from bihuan.areas.onsite.actions.tell import tell
from bihuan.areas.onsite.models import Complaint, Submission, SubmissionFile
from bihuan.areas.onsite.reads import door
from bihuan.areas.onsite.reads.drafts import files_of
from bihuan.areas.onsite.web import tell as web
from bihuan.kernel.refused import Refused
from bihuan.record.models import Event, Job, StoredFile
from bihuan.ui.flood import Flood

from .story import SECRET, Onsite

pytestmark = pytest.mark.django_db
ADDRESS, NAME = "203.0.113.77", "检举人赵有田"
TEXT = f"{SECRET}，就在上个月十八号"
CODE = re.compile(r'class="b-t-code">([0-9A-Z ]+)<')


@pytest.fixture
def mill(onsite, monkeypatch) -> Onsite:
    """Its announcement is in force on the day of the story, and nobody has asked anything yet."""
    monkeypatch.setattr(web, "flood", Flood(house.TELL_MOST, house.TELL_WINDOW_S, house.TELL_EACH_SECOND))
    monkeypatch.setattr(web, "MOMENT_S", 0.0)
    monkeypatch.setattr("django.utils.timezone.now", lambda: onsite.at)
    return onsite


def address(mill: Onsite) -> str:
    return f"/tell/{door.door_code(mill.task.pk)}/"


def word(html: str) -> str:
    return re.search(r'name="form" value="([^"]+)"', html)[1]


def send(mill: Onsite, client: Client | None = None, form: str = "", **more):
    client = client or Client(
        enforce_csrf_checks=True, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT="MicroMessenger 8.0"
    )
    url = address(mill)
    form = form or word(client.get(url).content.decode())
    return client.post(url, {"form": form, "text": TEXT, **more})


def photo() -> bytes:
    content, exif = io.BytesIO(), Image.Exif()
    exif[0x010F], exif[0x0132] = "HUAWEI", "2025:10:18 09:12:33"
    Image.new("RGB", (40, 30), "red").save(content, "JPEG", exif=exif)
    return content.getvalue()


def test_it_is_told_once_and_the_receipt_says_how_far_it_is(mill):
    client = Client()
    form = word(client.get(address(mill)).content.decode())
    first, second = send(mill, client, form, name=NAME), send(mill, client, form, name=NAME)
    code = CODE.search(first.content.decode())[1]
    assert CODE.search(second.content.decode())[1] == code and "已经交过" in second.content.decode()
    assert len(code.replace(" ", "")) == door.LETTERS
    row = Submission.objects.get()
    assert row.named and row.received_on == mill.day and row.task == mill.task
    assert SECRET not in row.sealed and code.replace(" ", "") not in str(vars(row))
    assert asked(code) == "已收到"
    (made,) = take_in(task=mill.task, registrar=mill.world.person("member"), **mill.as_("team_leader"))
    assert (Submission.objects.count(), SubmissionFile.objects.count()) == (0, 0)
    assert asked(code.lower().replace(" ", "-")) == "已收到"
    again = send(mill, client, form, name=NAME)
    assert CODE.search(again.content.decode())[1] == code and Submission.objects.count() == 0
    (said,) = read_closed(things=[made], **mill.as_("member"))
    assert said["told"] == TEXT and said["sender"] == {"name": NAME, "phone": ""}
    decide_complaint(
        complaint=made, on=mill.day, disposition="deep", handler=mill.world.person("member"),
        **mill.as_("team_leader"),
    )  # fmt: skip
    assert asked(code) == "已定去向"
    close_complaint(complaint=made, result="查实，已写底稿", **mill.as_("member"))
    assert asked(code) == "已办结"


def asked(code: str) -> str:
    html = Client().post("/tell/state/", {"code": code}).content.decode()
    return re.search(r'b-t-state">([^<]+)<', html)[1]


def test_a_code_that_is_none_says_nothing(mill):
    for typed in ("0000 0000 0000 0000", "甲乙丙丁", "1" * 40, ""):
        answer = Client().post("/tell/state/", {"code": typed})
        assert answer.status_code == 400 and "b-t-state" not in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": ""}, "请写反映的内容"),
        ({"text": "有问题"}, "写得太短"),
        ({"text": "长" * 8001}, "8000"),
        ({"form": "made-up"}, "打开得太久了"),
        ({"files": [SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 200)]}, "a.exe"),
        ({"files": [SimpleUploadedFile("a.jpg", b"<html>not a picture")]}, "a.jpg"),
        ({"files": [SimpleUploadedFile("空.txt", b"")]}, "空"),
        ({"files": [SimpleUploadedFile(f"{n}.txt", b"abc") for n in range(6)]}, "最多交 5 个"),
        ({"files": [SimpleUploadedFile("a.txt", b"x" * (9 << 20))]}, "上限"),
    ],
)
def test_what_is_refused_keeps_what_was_typed_and_leaves_nothing(mill, change, says):
    answer = send(mill, **{"name": NAME, **change})
    html = answer.content.decode()
    assert answer.status_code == 400 and says in html and NAME in html
    assert not Submission.objects.exists() and not SubmissionFile.objects.exists()


def test_too_much_is_not_even_read(mill):
    answer = Client().post(
        address(mill), data=b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(99 << 20)
    )
    assert answer.status_code == 413 and "太大" in answer.content.decode()


def test_outside_its_term_it_says_where_else_to_turn(mill):
    posted = Announcement.objects.filter(task=mill.task)
    posted.update(accepts_until=mill.day - timedelta(days=1), posted_on=mill.day - timedelta(days=9))
    html = Client().get(address(mill)).content.decode()
    assert "受理已经结束" in html and "12388" in html and "<form" not in html
    form = word_of(mill)
    assert "受理已经结束" in send(mill, form=form).content.decode()
    with pytest.raises(Refused, match="不再受理"):
        tell(
            task=door.task_behind(door.door_code(mill.task.pk)),
            said={"text": TEXT},
            files=[],
            nonce="x",
            at=mill.at,
        )
    posted.update(posted_on=mill.day + timedelta(days=2), accepts_until=mill.day + timedelta(days=9))
    assert "还没有开始受理" in Client().get(address(mill)).content.decode()
    posted.delete()
    assert Client().get(address(mill)).status_code == 404
    assert not Submission.objects.exists()


def word_of(mill: Onsite) -> str:
    from django.core import signing

    return signing.TimestampSigner(salt="onsite.tell").sign(f"{mill.task.pk}.abcdefgh")


def test_the_address_cannot_be_guessed(mill):
    right = door.door_code(mill.task.pk)
    for wrong in (
        str(mill.task.pk),
        f"{mill.task.pk}-",
        right[:-1] + ("0" if right[-1] != "0" else "1"),
        "x",
        "²-a",
    ):
        assert Client().get(f"/tell/{wrong}/").status_code == 404
    assert door.task_behind(f"{mill.task.pk + 1}-{right.split('-')[1]}") is None


def test_nothing_leads_back_to_who_sent_it(mill, signed_in, caplog):
    """Somebody who is signed in on the same browser sends a photo. What is left in rows, events, jobs, files and log
    knows neither them, nor their address or browser, nor the time."""
    caplog.set_level(logging.DEBUG)
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in (Event, Job, StoredFile)}
    client = signed_in("safety_officer")
    client.defaults.update(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT="MicroMessenger 8.0")
    kept = [path for path in house.FILES_ROOT.rglob("*") if path.is_file()]
    session = dict(client.session.items())
    page = client.get(address(mill))
    answer = send(
        mill,
        client,
        word(page.content.decode()),
        files=[SimpleUploadedFile("IMG_20251018_0912.jpg", photo())],
    )
    assert CODE.search(answer.content.decode())
    for one in (page, answer):
        assert (
            not one.cookies and one["Cache-Control"] == "no-store" and one["Referrer-Policy"] == "no-referrer"
        )
        assert (
            "default-src 'self'" in one["Content-Security-Policy"] and "<script" not in one.content.decode()
        )
    assert dict(client.session.items()) == session
    assert {model: set(model.objects.values_list("pk", flat=True)) for model in before} == before
    assert [path for path in house.FILES_ROOT.rglob("*") if path.is_file()] == kept
    row, file = Submission.objects.get(), SubmissionFile.objects.get()
    held = {field.name for model in (row, file) for field in model._meta.concrete_fields}
    assert held == {
        "id",
        "key",
        "sealed",
        "task",
        "received_on",
        "named",
        "receipt",
        "submission",
        "order",
        "content",
    }
    assert b"HUAWEI" not in bytes(file.content)
    told = "\n".join(f"{one.getMessage()} {vars(one)}" for one in caplog.records)
    for trace in (ADDRESS, "MicroMessenger", SECRET, "IMG_2025", "/tell/"):
        assert trace not in told


def test_the_leader_has_it_taken_in_and_only_then_it_is_read(mill):
    send(mill, files=[SimpleUploadedFile("IMG_20251018_0912.jpg", photo())])
    send(mill)
    for word_ in ("member", "deputy", "registrar", "inspection_officer"):
        with pytest.raises(Refused):
            take_in(task=mill.task, registrar=mill.world.person("member"), **mill.as_(word_))
    with pytest.raises(Refused, match="不在授权"):
        take_in(task=mill.task, registrar=mill.world.person("outsider"), **mill.as_("team_leader"))
    made = take_in(task=mill.task, registrar=mill.world.person("member"), **mill.as_("team_leader"))
    assert sorted(one.number for one in made) == [1, 2] and {one.channel for one in made} == {"qr"}
    assert {one.registered_by for one in made} == {mill.world.person("member")}
    ((thing, file),) = [(one, file) for one in made for file in files_of(one)]
    content = read_file(thing=thing, file=file, **mill.as_("member"))
    assert content.name == "附件1.jpg" and not Image.open(io.BytesIO(content.data)).getexif()
    assert Event.objects.get(kind="onsite.file_read").stream == thing.stream
    with pytest.raises(Refused, match="没有新到"):
        take_in(task=mill.task, registrar=mill.world.person("member"), **mill.as_("team_leader"))


def test_one_address_is_slowed_and_the_others_go_on(mill, monkeypatch):
    monkeypatch.setattr(web, "flood", Flood(3, 600, 300))
    form = word(Client().get(address(mill)).content.decode())
    flooding = Client(REMOTE_ADDR=ADDRESS)
    got = [flooding.post(address(mill), {"form": form, "text": TEXT}).status_code for _ in range(5)]
    assert got == [200, 200, 200, 429, 429]
    slowed = flooding.post(address(mill), {"form": form, "text": TEXT})
    assert "分钟再交" in slowed.content.decode() and 0 < int(slowed["Retry-After"]) <= 601
    assert (
        Client(REMOTE_ADDR="203.0.113.78").post(address(mill), {"form": form, "text": TEXT}).status_code
        == 200
    )


def test_the_count_forgets_and_keeps_no_address():
    now = [0.0]
    flood = Flood(2, 60, 3, clock=lambda: now[0])
    assert [flood.wait("2001:db8::1"), flood.wait("2001:db8::2"), flood.wait("2001:db8::3")] == [0, 0, 61]
    assert "2001" not in repr(flood) and flood.wait("198.51.100.1") == 0
    assert flood.wait("198.51.100.2") == 1, "all together come too fast"
    now[0] = 61
    assert flood.wait("2001:db8::1") == 0 and len(flood._counts) == 1


def test_behind_a_proxy_the_header_it_sets_is_counted(mill, monkeypatch, settings):
    settings.ADDRESS_HEADER = "HTTP_X_REAL_IP"
    monkeypatch.setattr(web, "flood", Flood(1, 600, 300))
    form = word(Client().get(address(mill)).content.decode())
    got = [
        Client(HTTP_X_REAL_IP=line).post(address(mill), {"form": form, "text": TEXT}).status_code
        for line in ("198.51.100.1", "198.51.100.2", "198.51.100.1")
    ]
    assert got == [200, 200, 429]


def test_every_night_the_numbers_of_the_days_before_are_written_down(mill):
    send(mill)
    send(mill)
    take_in(task=mill.task, registrar=mill.world.person("member"), **mill.as_("team_leader"))
    send(mill)
    assert jobs.tally(mill.at) == 0
    night = mill.at + timedelta(days=1)
    assert [jobs.tally(night), jobs.tally(night)] == [1, 0]
    event = Event.objects.get(kind="onsite.told_tallied")
    assert event.data["count"] == 3 and event.data["day"] == mill.day.isoformat()
    assert Complaint.objects.count() == 2
