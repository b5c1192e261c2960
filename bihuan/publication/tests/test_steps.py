"""From the draft to the end of the term: what each step does, what it refuses, what the database holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.publication import states
from bihuan.publication.actions.approve import approve
from bihuan.publication.actions.check import check
from bihuan.publication.actions.expire import expire
from bihuan.publication.actions.publish import publish
from bihuan.publication.actions.redraft import redraft
from bihuan.publication.actions.review import review
from bihuan.publication.actions.send_back import send_back
from bihuan.publication.actions.submit import submit
from bihuan.publication.actions.take_down import take_down
from bihuan.publication.models import Publication
from bihuan.publication.policies import exempts, shows, verdict
from bihuan.publication.reads import publications_of
from bihuan.record.models import Event
from bihuan.registry import shelf
from bihuan.registry.contract import Offer
from bihuan.registry.lines import Exempt

from .story import INSIDE, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world) -> Story:
    return Story(world)


def test_the_full_chain_ends_on_the_board(story):
    made = story.submitted(Story.full)
    said = {"publication": made, "at": story.at}
    assert made.state == states.HEAD
    check(by=story.head, **said)
    review(by=story.office, **said)
    approve(by=story.lead, **said)
    assert (made.checked_by_id, made.reviewed_by_id, made.approved_by_id) == (
        story.head.person_id, story.office.person_id, story.lead.person_id,
    )  # fmt: skip
    publish(by=story.writer, **said)
    assert (made.from_day, made.to_day) == (story.day, story.day + timedelta(days=14))
    kinds = list(Event.objects.filter(stream=made.stream).order_by("seq").values_list("kind", flat=True))
    steps = ("drafted", "submitted", "checked", "reviewed", "approved", "published")
    assert kinds == [f"publication.{step}" for step in steps]
    assert INSIDE not in str(list(Event.objects.filter(stream=made.stream).values()))


@pytest.mark.parametrize("chain", states.CHAINS)
def test_every_chain_passes_its_looks_and_no_other(chain):
    state, passed = states.after(states.DRAFT, chain), []
    while state != states.APPROVED:
        passed.append({waits: letter for letter, waits in states.LOOKS}[state])
        state = states.after(state, chain)
    assert "".join(passed) == chain


@pytest.mark.parametrize(
    ("given", "reason", "field"),
    [
        ({"title": " "}, "要有标题", "title"),
        ({"text_inside": "\n "}, "内部公开要有正文", "text_inside"),
        ({"contact": ""}, "意见反映渠道", "contact"),
        ({"term_days": 3}, "不能少于 15 天", "term_days"),
    ],
)
def test_a_draft_that_lacks_something_is_refused_at_its_field(story, given, reason, field):
    with pytest.raises(Refused, match=reason) as refused:
        story.draft(**given)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("word", "reason"),
    [("outsider", "没有给热轧厂"), ("worker_a", "没有给热轧厂"), ("system_admin", "没有给热轧厂")],
)
def test_who_has_no_part_drafts_nothing(story, word, reason):
    with pytest.raises(Refused, match=reason):
        story.draft(by=story.world.actor(word))


@pytest.mark.parametrize(
    ("step", "word", "reason"),
    [
        (check, "liaison", "由本单位负责人核"),
        (check, "outsider", "由本单位负责人核"),
        (review, "unit_head", "已被他人处理"),
        (approve, "leader", "已被他人处理"),
        (publish, "liaison", "已被他人处理"),
        (redraft, "liaison", "已被他人处理"),
    ],
)
def test_a_look_is_taken_by_whom_it_belongs_to_and_in_its_turn(story, step, word, reason):
    made = story.submitted(Story.full)
    more = {"title": "x", "contact": "x", "term_days": 20, "text_inside": "x", "text_outside": "x"}
    with pytest.raises(Refused, match=reason):
        step(publication=made, by=story.world.actor(word), at=story.at, **(more if step is redraft else {}))
    assert Publication.objects.get().state == states.HEAD


def test_who_wrote_it_does_not_look_and_nobody_looks_twice(story):
    grant_role(
        role="unit_head", unit=story.world.unit("hot_mill"), person=story.world.person("inspection_officer"),
        from_day=SINCE, by=story.world.actor("security_admin"), at=story.at,
    )  # fmt: skip
    both = story.world.actor("inspection_officer")
    own = story.draft(by=story.head)
    submit(publication=own, by=story.head, at=story.at)
    with pytest.raises(Refused, match="是你起草的"):
        check(publication=own, by=story.head, at=story.at)
    twice = story.submitted(Story.full)
    check(publication=twice, by=both, at=story.at)
    with pytest.raises(Refused, match="前一关是你看的"):
        review(publication=twice, by=both, at=story.at)
    for values in ({"checked_by": own.made_by}, {"reviewed_by_id": twice.checked_by_id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.filter(pk=(own if "checked_by" in values else twice).pk).update(**values)


def test_the_database_lets_nothing_out_unseen(story):
    made = story.draft()
    for state in (states.APPROVED, states.PUBLISHED):
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.filter(pk=made.pk).update(
                state=state, published_at=story.at, from_day=story.day, to_day=story.day
            )


def test_a_look_that_nobody_could_take_is_said_beforehand(story):
    made = story.draft(by=story.office, unit="group")
    with pytest.raises(Refused, match="“单位负责人核”这一关没有人能看"):
        submit(publication=made, by=story.office, at=story.at)


def test_what_comes_back_is_looked_at_anew(story):
    made = story.submitted(Story.full)
    check(publication=made, by=story.head, at=story.at)
    with pytest.raises(Refused, match="退回要写意见"):
        send_back(publication=made, why=" ", by=story.office, at=story.at)
    send_back(publication=made, why="第二段写具体", by=story.office, at=story.at)
    assert (made.state, made.checked_at, made.why_returned) == (states.DRAFT, None, "第二段写具体")
    redraft(
        publication=made, title="改过", contact="6120", term_days=20, text_inside="具体", text_outside="具体",
        by=story.writer, at=story.at,
    )  # fmt: skip
    submit(publication=made, by=story.writer, at=story.at)
    assert (made.state, made.returned_at, made.term_days) == (states.HEAD, None, 20)


def test_it_comes_down_when_its_term_ends_and_only_once(story):
    made = story.public()
    last = story.at + timedelta(days=14)
    assert expire(at=last) == 0
    assert Publication.objects.showing(last.date()).count() == 1
    after = last + timedelta(days=1)
    assert not Publication.objects.showing(after.date()).exists(), "not even before the tick ran"
    assert (expire(at=after), expire(at=after)) == (1, 0)
    assert Publication.objects.get().state == states.EXPIRED
    assert Event.objects.filter(kind="publication.expired", stream=made.stream).count() == 1


def test_taking_down_needs_a_reason_and_a_right(story):
    made = story.public()
    for by, why, reason in (
        (story.head, "", "撤下要写原因"),
        (story.writer, "数字错了", "由单位负责人或公开办公室撤下"),
    ):
        with pytest.raises(Refused, match=reason):
            take_down(publication=made, why=why, by=by, at=story.at)
    take_down(publication=made, why="数字错了", by=story.head, at=story.at)
    assert not Publication.objects.showing(story.day).exists()
    with pytest.raises(Stale):
        take_down(publication=made, why="又一次", by=story.head, at=story.at)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("2 号高炉渗漏一事正在核实", "２号高炉渗漏", True),
        ("二号高炉正常", "2 号高炉渗漏", False),
        ("经查，张某 在采购中收受供应商 礼金一事，另行处理", "张某在采购中，收受供应商礼金一事正在核实，不公开", True),
        ("采购管理进一步规范", "张某在采购中，收受供应商礼金一事正在核实，不公开", False),
        ("任何话", " ", False),
    ],
)  # fmt: skip
def test_a_piece_of_what_is_exempt_is_found(text, words, found):
    assert shows(text, words) is found


@pytest.fixture
def room(monkeypatch):
    """A higher room that says what of its own must not appear."""
    kept: list[Exempt] = []
    room = Offer(code="above", title="上层", exempts=lambda origin: kept if origin.endswith(":7") else [])
    found = (*shelf.offers(), room)
    monkeypatch.setattr(exempts.shelf, "offers", lambda: found)
    return kept


def test_what_must_not_appear_stops_it_twice(story, room):
    made = story.draft(Story.full, origin="above.report:7")
    room.append(Exempt("第 3 条", "本季度查出隐患 18 项"))
    with pytest.raises(Refused, match="内部公开的正文里有不公开的内容：第 3 条"):
        submit(publication=made, by=story.writer, at=story.at)
    room.clear()
    submit(publication=made, by=story.writer, at=story.at)
    for action, by in ((check, story.head), (review, story.office), (approve, story.lead)):
        action(publication=made, by=by, at=story.at)
    room.append(Exempt("第 4 条", "隐患治理按计划进行，欢迎监督"))
    with pytest.raises(Refused, match="社会公开的正文里有不公开的内容：第 4 条"):
        publish(publication=made, by=story.writer, at=story.at)
    room.clear()
    publish(publication=made, by=story.writer, at=story.at)
    assert publications_of("above.report:7", story.head, story.day) == [made]
    assert publications_of("", story.head, story.day) == []


def test_a_room_that_cannot_be_asked_lets_nothing_through(story):
    made = story.draft(origin="gone.report:7")
    with pytest.raises(Refused, match="问不到哪些内容不公开"):
        submit(publication=made, by=story.writer, at=story.at)
    with pytest.raises(ValueError, match="no origin"):
        story.draft(origin="free words")


def test_what_is_not_public_is_for_those_with_a_part(story):
    draft, public = story.draft(), story.public()
    seen = {
        word: {one.pk for one in Publication.objects.visible_to(story.world.actor(word), story.day)}
        for word in ("liaison", "unit_head", "inspection_officer", "leader", "worker_a", "outsider")
    }
    assert seen["worker_a"] == seen["outsider"] == {public.pk}
    assert all(seen[word] == {draft.pk, public.pk} for word in list(seen)[:4])


def test_the_table_of_steps_is_the_one_the_verdicts_read(story):
    """Every step from every state it does not start from is hidden, whoever asks."""
    made = story.draft()
    for state, _ in states.STATES:
        made.state = state
        for step in states.PUBLICATION.steps[1:]:
            may = verdict(step.name, made, story.office)
            assert may.hidden or state in step.sources, (state, step.name)
