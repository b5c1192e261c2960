"""Opinions and objections: taken, kept without a trace of who gave them, answered, decided."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from bihuan.kernel.actor import NOBODY
from bihuan.kernel.refused import Refused
from bihuan.publication import states
from bihuan.publication.actions.answer_opinion import answer_opinion
from bihuan.publication.actions.count_opinions import count_opinions
from bihuan.publication.actions.count_sender import count_sender
from bihuan.publication.actions.expire import expire
from bihuan.publication.actions.give_opinion import receipt_of
from bihuan.publication.models import Opinion, Publication
from bihuan.record.models import Event, WireCommand

from .story import Story

pytestmark = pytest.mark.django_db
access = logging.getLogger("bihuan.access")
WORDS = "北通道照明不足，夜班看不清台阶"


@pytest.fixture
def story(world) -> Story:
    return Story(world)


@pytest.fixture
def today(world) -> Story:
    """For pages: they ask what is public now."""
    return Story(world, timezone.now())


def _answer(story: Story, opinion: Opinion, by=None, **said) -> Opinion:
    found = Opinion.objects.select_related("publication__unit").get(pk=opinion.pk)
    return answer_opinion(opinion=found, by=by or story.head, at=story.at, **{"answer": "已列入", **said})


def test_without_a_name_nothing_of_the_sender_is_kept(today, signed_in, caplog, monkeypatch):
    made = today.public()
    client, before = signed_in("worker_a"), Event.objects.count()
    client.get("/publications/")
    monkeypatch.setattr(access, "level", logging.INFO)
    monkeypatch.setattr(access, "propagate", True)
    with caplog.at_level(logging.INFO, access.name):
        page = client.get(f"/publications/{made.pk}/opinions/new/").content.decode()
        assert 'name="_once"' not in page.split("b-form--one")[1].split("</form>")[0], (
            "the key of a form is kept with the account"
        )
        form = {"kind": "opinion", "text": WORDS, "named": "no"}
        answer = client.post(f"/publications/{made.pk}/opinions/new/", form)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    sent = [record for record in caplog.records if getattr(record, "method", "") == "POST"]
    assert [record.who for record in sent] == [None]
    kept = Opinion.objects.get()
    assert (kept.sender_id, kept.reach, kept.door) == (None, "", "inside")
    names = {field.name for field in Opinion._meta.fields}
    assert not {name for name in names if name.endswith("_at")}, "no time finer than the day"
    assert Event.objects.count() == before and not WireCommand.objects.exists()
    code = answer.context["code"]
    assert code not in str(Opinion.objects.values()) and kept.receipt == receipt_of(code)


def test_the_day_after_says_how_many_came_and_says_it_once(story):
    made = story.public()
    for _ in range(3):
        story.opinion(made)
    story.opinion(made, named=True)
    tomorrow = story.at + timedelta(days=1)
    assert (count_opinions(at=tomorrow), count_opinions(at=tomorrow), count_opinions(at=story.at)) == (
        1,
        0,
        0,
    )
    event = Event.objects.get(kind="publication.opinions_counted")
    assert event.data == {"on_day": story.day.isoformat(), "number_taken": 3} and event.by_id is None


def test_with_a_name_it_is_one_s_own(today, signed_in):
    made = today.public()
    form = {"kind": "opinion", "text": WORDS, "named": "yes"}
    signed_in("worker_a").post(f"/publications/{made.pk}/opinions/new/", form)
    kept = Opinion.objects.get()
    assert kept.sender == today.world.person("worker_a")
    url = f"/publications/{made.pk}/"
    assert WORDS in signed_in("worker_a").get(url).content.decode()
    assert WORDS not in signed_in("worker_b").get(url).content.decode()
    answering = signed_in("unit_head").get(f"/publications/opinions/{kept.pk}/").content.decode()
    assert WORDS in answering and "牛晓东" in answering


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"text": " "}, "还没有写内容"),
        ({"text": "长" * 2001}, "超过 2000 字"),
        ({"kind": "praise"}, "没有这个选项"),
    ],
)
def test_what_is_no_opinion_gets_a_sentence(story, said, reason):
    with pytest.raises(Refused, match=reason):
        story.opinion(story.public(), **said)


def test_opinions_end_with_the_term_and_outside_with_the_scope(story):
    inside = story.public()
    with pytest.raises(Refused, match="不在公开"):
        story.opinion(inside, outside=True, by=NOBODY)
    expire(at=story.at + timedelta(days=15))
    with pytest.raises(Refused, match="不在公开"):
        story.opinion(inside)


def test_an_answer_is_due_by_the_rule_and_given_once(story):
    given = story.opinion(story.public()).opinion
    assert given.due_on > story.day + timedelta(days=15), "fifteen working days"
    _answer(story, given, shown=True, gist="通道照明")
    with pytest.raises(Refused, match="已经答复"):
        _answer(story, given)


@pytest.mark.parametrize(
    ("kind", "word", "said", "reason"),
    [
        ("opinion", "outsider", {}, "由公开的单位或公开办公室答复"),
        ("opinion", "worker_a", {}, "由公开的单位或公开办公室答复"),
        ("opinion", "liaison", {"answer": " "}, "还没有写答复"),
        ("opinion", "liaison", {"shown": True}, "要写摘要"),
        ("opinion", "liaison", {"ruling": "upheld"}, "不用认定"),
        ("objection", "liaison", {"ruling": "upheld"}, "由单位负责人或公开办公室认定"),
        ("objection", "unit_head", {}, "成立还是不成立"),
    ],
)
def test_an_answer_is_refused(story, kind, word, said, reason):
    given = story.opinion(story.public(), kind).opinion
    with pytest.raises(Refused, match=reason):
        _answer(story, given, story.world.actor(word), **said)
    assert Opinion.objects.get().answered_on is None


def test_an_upheld_objection_takes_the_thing_down(story):
    made = story.public()
    rejected, upheld = (story.opinion(made, "objection").opinion for _ in range(2))
    _answer(story, rejected, ruling="rejected", answer="核对过，数字无误")
    assert Publication.objects.get().state == states.PUBLISHED
    _answer(story, upheld, ruling="upheld", answer="漏了一个车间")
    down = Publication.objects.get()
    assert (down.state, down.why_down, down.taken_down_by_id) == (
        states.DOWN, "异议成立：漏了一个车间", story.head.person_id,
    )  # fmt: skip


def test_who_wrote_it_decides_no_objection_to_it(story):
    made = story.draft(by=story.head)
    Publication.objects.filter(pk=made.pk).update(drafted_by=story.world.person("unit_head"))
    public = story.public()
    Publication.objects.filter(pk=public.pk).update(
        checked_by=story.office.person_id, drafted_by=story.head.person_id
    )
    given = story.opinion(public, "objection").opinion
    with pytest.raises(Refused, match="是你起草的"):
        _answer(story, given, ruling="rejected")


def test_the_database_holds_a_whole_answer(story):
    given = story.opinion(story.public(), "objection").opinion
    for values in ({"answered_on": story.day}, {"shown": True, "gist": "x"}, {"ruling": "upheld"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opinion.objects.filter(pk=given.pk).update(**values)


def test_one_place_is_slowed_and_forgotten(story):
    for _ in range(5):
        count_sender(address="10.0.0.9", at=story.at)
    with pytest.raises(Refused, match="一下子太多了"):
        count_sender(address="10.0.0.9", at=story.at)
    count_sender(address="10.0.0.10", at=story.at)
    count_sender(address="10.0.0.9", at=story.at + timedelta(minutes=11))


def test_a_stranger_speaks_and_reads_the_answer_with_the_code(today, client):
    made = today.public(Story.full)
    url = f"/public/{made.pk}/opinions/new/"
    empty = client.post(url, {"kind": "opinion", "text": ""})
    assert empty.status_code == 400 and "请填内容" in empty.content.decode()
    taken = client.post(url, {"kind": "objection", "text": WORDS, "reach": ""})
    code = taken.context["code"]
    assert code in taken.content.decode()
    assert "还没有答复" in client.post("/public/answers/", {"code": code.lower()}).content.decode()
    _answer(today, Opinion.objects.get(), ruling="rejected", answer="核对无误", shown=True, gist="通道照明")
    assert "核对无误" in client.post("/public/answers/", {"code": code}).content.decode()
    assert "没有这个回执码" in client.post("/public/answers/", {"code": "AAAA-AAAA-AAAA"}).content.decode()
    page = client.get(f"/public/{made.pk}/").content.decode()
    assert "通道照明" in page and "核对无误" in page and WORDS not in page


def test_a_flood_from_one_address_is_told_to_wait(today, client):
    made = today.public(Story.full)
    form = {"kind": "opinion", "text": WORDS, "reach": ""}
    answers = [client.post(f"/public/{made.pk}/opinions/new/", form) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [400]
    assert "分钟后再提" in answers[-1].content.decode() and WORDS in answers[-1].content.decode()
    assert Opinion.objects.count() == 5
