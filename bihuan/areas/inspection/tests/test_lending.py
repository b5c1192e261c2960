"""借调和鉴定: ordered, returned, appraised, and who reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.inspection.actions.keep_talent import keep_talent
from bihuan.areas.inspection.actions.lend_members import lend_members
from bihuan.areas.inspection.actions.open_appraisal import open_appraisal
from bihuan.areas.inspection.actions.return_member import return_member
from bihuan.areas.inspection.actions.send_appraisal import send_appraisal
from bihuan.areas.inspection.actions.write_appraisal import write_appraisal
from bihuan.areas.inspection.models import Appraisal, Secondment, Task
from bihuan.areas.inspection.reads.before import lent_by
from bihuan.areas.inspection.reads.desk import desk_lines, desk_rows
from bihuan.areas.inspection.reads.desk_plan import plan_lines
from bihuan.kernel.refused import Missing, Refused, Stale
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.open_post import open_post
from bihuan.org.models import Person, PostHolding
from bihuan.record.models import Event

from .before import decided, speaks
from .story import Story

pytestmark = pytest.mark.django_db
WORDS = "谈话细致，底稿质量好"


@pytest.fixture
def story(world) -> Story:
    """The team of two of the safety department; the duty officer heads the department."""
    made = Story(world)
    by = world.actor("system_admin")
    post = open_post(
        code="AQ-HEAD", title="部长", unit=world.unit("safety_dept"), leads=True, by=by, at=made.at
    )
    hold_post(person=world.person("duty_officer"), post=post, on=made.day, by=by, at=made.at)
    PostHolding.objects.update(confirmed_at=made.at, confirmed_by=world.person("security_admin"))
    return made


@pytest.fixture
def task(story) -> Task:
    made = decided(story)
    story.ready(made)
    return made


def lent(story: Story, task: Task, *words: str, **more) -> list[Secondment]:
    people = Person.objects.select_related("unit").filter(
        pk__in=[story.world.person(word).pk for word in words or ("second_officer",)]
    )
    said = {
        "number": "晋岭巡借〔2025〕1 号", "from_day": story.day, "to_day": story.day + timedelta(days=60),
        "notified_on": story.day, "by": story.office, "at": story.at, **more,
    }  # fmt: skip
    return lend_members(round=task.round, people=people, **said)


def back(story: Story, task: Task) -> Secondment:
    (one,) = lent(story, task)
    return return_member(secondment=one, on=story.day, by=story.office, at=story.at)


def written(story: Story, one: Secondment, word: str = "safety_officer", **more) -> Appraisal:
    said = {"grade": "称职", "text": WORDS, **more}
    return write_appraisal(
        secondment=Secondment.objects.select_related("round", "person").get(pk=one.pk),
        by=story.world.actor(word), at=story.at, **said,
    )  # fmt: skip


def sent(story: Story, one: Secondment, by=None) -> Appraisal:
    row = Secondment.objects.select_related("round", "appraisal__secondment__round", "home").get(pk=one.pk)
    return send_appraisal(secondment=row, by=by or story.office, at=story.at)


def lines(story: Story, word: str) -> list[str]:
    actor = story.world.actor(word)
    found = [line.label for line in desk_lines(actor, story.at)]
    assert len(found) == sum(rows.count() for rows in desk_rows(actor))
    for line in plan_lines(actor):
        found.remove(line.label)  # it has a test of its own
    return found


def test_lent_returned_appraised_sent_and_received(story, task):
    one = back(story, task)
    assert one.home == story.world.unit("safety_dept") and lines(story, "safety_officer") == ["写鉴定"]
    made = written(story, one)
    assert lines(story, "safety_officer") == [] == lines(story, "duty_officer")
    made = sent(story, one)
    assert lines(story, "duty_officer") == ["看借调鉴定"]
    assert open_appraisal(appraisal=made, by=story.world.actor("duty_officer"), at=story.at) == WORDS
    assert Appraisal.objects.get().received_by == story.world.person("duty_officer")
    assert lines(story, "duty_officer") == []
    kinds = [event.kind for event in Event.objects.filter(stream=one.stream).order_by("seq")]
    assert kinds == [f"inspection.{kind}" for kind in
                     ("lent", "lent_back", "appraised", "appraisal_sent", "appraisal_opened")]  # fmt: skip
    with connection.cursor() as cursor:
        for table in ("inspection_appraisal", "record_event"):
            cursor.execute(f"SELECT * FROM {table}")
            assert WORDS not in str(cursor.fetchall())


def test_who_reads_an_appraisal_before_and_after_it_is_sent(story, task):
    one = back(story, task)
    written(story, one)

    def readers() -> set[str]:
        words = ("inspection_officer", "safety_officer", "second_officer", "duty_officer", "unit_head",
                 "outsider", "leader", "rules_keeper")  # fmt: skip
        return {word for word in words if Appraisal.objects.visible_to(story.world.actor(word)).exists()}

    assert readers() == {"inspection_officer", "safety_officer"}, "the office and the leader of the team"
    made = sent(story, one)
    assert readers() == {"inspection_officer", "safety_officer", "second_officer", "duty_officer"}
    with pytest.raises(Missing):
        open_appraisal(appraisal=made, by=story.world.actor("unit_head"), at=story.at)
    PostHolding.objects.update(to_day=story.day)
    assert "duty_officer" not in readers(), "who heads it no longer"


def test_who_writes(story, task):
    one = back(story, task)
    for word, reason in (
        ("second_officer", "给自己"),
        ("duty_officer", "组长或巡察办"),
        ("leader", "组长或巡察办"),
    ):
        with pytest.raises(Refused, match=reason):
            written(story, one, word)
    speaks(story, "second_officer", "group", "personnel_officer")
    with pytest.raises(Refused, match="给自己"):
        written(story, one, "second_officer")
    written(story, one)
    with pytest.raises(Refused, match="不能送自己的"):
        sent(story, one, story.world.actor("second_officer"))
    written(story, one, "inspection_officer", grade="优秀", text="改写")
    made = sent(story, one)
    assert (made.grade, open_appraisal(appraisal=made, by=story.office, at=story.at)) == ("优秀", "改写")
    with pytest.raises(Refused, match="不能再改"):
        written(story, one)
    with pytest.raises(Refused, match="已经送"):
        sent(story, one)


@pytest.mark.parametrize(
    ("how", "reason"), [({"grade": "甲等"}, "没有这个等次"), ({"text": " "}, "要写鉴定意见")]
)
def test_an_appraisal_that_cannot_be(story, task, how, reason):
    one = back(story, task)
    with pytest.raises(Refused, match=reason):
        written(story, one, **how)


def test_not_while_they_are_away(story, task):
    (one,) = lent(story, task)
    with pytest.raises(Refused, match="还在借调"):
        written(story, one)
    with pytest.raises(Refused, match="还没有写"):
        sent(story, one)


@pytest.mark.parametrize(
    ("how", "words", "reason"),
    [
        ({"number": " "}, (), "文号"),
        ({"to_day": -1}, (), "结束早于开始"),
        ({"notified_on": 1}, (), "通知日期在今天以后"),
        ({}, ("outsider",), "不是本轮组员"),
        ({"by": "unit_head"}, (), "巡察办或组织部门"),
    ],
)
def test_an_order_that_cannot_be(story, task, how, words, reason):
    days = {name: story.day + timedelta(days=how[name]) for name in ("to_day", "notified_on") if name in how}
    by = {"by": story.world.actor(how["by"])} if "by" in how else {}
    with pytest.raises(Refused, match=reason):
        lent(story, task, *words, **{**how, **days, **by})
    assert not Secondment.objects.exists()


def test_lent_once_at_a_time_and_returned_once(story, task):
    (one,) = lent(story, task)
    with pytest.raises(Refused, match="已经借调"):
        lent(story, task)
    with pytest.raises(Refused, match="返回日期不对"):
        return_member(secondment=one, on=story.day - timedelta(days=1), by=story.office, at=story.at)
    stale = Secondment.objects.select_related("round").get(pk=one.pk)
    return_member(secondment=one, on=story.day, by=story.office, at=story.at)
    with pytest.raises(Stale):
        return_member(secondment=stale, on=story.day, by=story.office, at=story.at)
    lent(story, task)
    assert lent_by(story.world.unit("safety_dept")).count() == 2
    assert lent_by(story.world.unit("hot_mill")).count() == 0


def test_by_the_forms_and_in_the_pool(story, task, signed_in):
    office, leader, head = (
        signed_in("inspection_officer"),
        signed_in("safety_officer"),
        signed_in("duty_officer"),
    )
    second = story.world.person("second_officer")
    keep_talent(person=second, skills="谈话", by=story.office, at=story.at)
    order = {
        "people": [second.pk], "number": "1 号", "from_day": "2025-09-15", "to_day": "2025-10-15",
        "notified_on": "2025-09-15",
    }  # fmt: skip
    office.post("/inspection/rounds/R1/secondments/new/", order)
    one = Secondment.objects.get()
    page = f"/inspection/secondments/{one.pk}/"
    assert leader.get(f"{page}appraisal/").status_code == 403
    office.post(f"{page}return/", {"on": "2025-09-15"})
    assert page in leader.get("/inspection/mine/").content.decode()
    leader.post(f"{page}appraisal/", {"grade": "优秀", "text": WORDS})
    own = signed_in("second_officer")
    for client in (head, own):
        before = client.get(page).content.decode()
        assert WORDS not in before and "还没有送来" in before and "写了，没有送" not in before
        assert "优秀" not in client.get("/inspection/secondments/").content.decode()
    assert "优秀" not in office.get("/inspection/talents/").content.decode()
    assert "送原单位" in office.get(page).content.decode()
    office.post(f"{page}sending/")
    for client in (head, own):
        assert WORDS in client.get(page).content.decode()
        assert "优秀" in client.get("/inspection/secondments/").content.decode()
    listed = office.get("/inspection/talents/").content.decode()
    assert "1 次" in listed and "优秀" in listed
    assert signed_in("outsider").get(page).status_code == 404
    assert "没有借调的人" in signed_in("outsider").get("/inspection/secondments/").content.decode()


def test_the_pages_ask_the_same_for_more_people(story, task, signed_in):
    office = signed_in("inspection_officer")
    lent(story, task)
    urls = ("/inspection/secondments/", "/inspection/rounds/R1/preparation/")
    counts = []
    for _ in range(2):
        for url in urls:
            office.get(url)
            with CaptureQueriesContext(connection) as asked:
                assert office.get(url).status_code == 200
            counts.append(len(asked))
        if len(counts) == 2:
            lent(story, task, "safety_officer")
    assert counts[:2] == counts[2:] and max(counts) <= 30
