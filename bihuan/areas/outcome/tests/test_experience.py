"""整改经验: suggested or marked, decided, offered to who has the same kind of problem, used, taken down."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.outcome.actions.ask_exemption import ask_exemption
from bihuan.areas.outcome.actions.decide_experience import decide_experience
from bihuan.areas.outcome.actions.note_experience_use import note_experience_use
from bihuan.areas.outcome.actions.suggest_experience import suggest_experience
from bihuan.areas.outcome.actions.take_down_experience import take_down_experience
from bihuan.areas.outcome.models import Experience, ExperienceUse, FeedbackItem
from bihuan.areas.outcome.reads.desk import desk_lines
from bihuan.areas.outcome.reads.experience import offered_to
from bihuan.kernel.refused import Invalid, Refused
from bihuan.problems.models import Problem

from .closing_story import LIAISON, Closing
from .story import OFFICE

SAID = {
    "title": "安全费用按凭证逐笔复核",
    "trouble": "安全费用列支没有人复核，出现挪用",
    "done": "清退款项，建立费用台账，财务和安全两个科室逐笔会签",
    "good": "三个月没有再出现挪用，清退 12 万元",
    "fits": "有安全费用的各厂矿",
}


@pytest.fixture
def checking(world) -> Closing:
    made = Closing(world)
    made.measured()
    made.closed(made.problems[0])
    return made


def _item(closing: Closing, place: int = 0) -> FeedbackItem:
    row = closing.given.items.filter(kind="problem").order_by("order")[place]
    row.feedback = closing.given
    return row


def _suggested(closing: Closing, word: str = LIAISON, **more) -> Experience:
    made = suggest_experience(item=_item(closing), **{**SAID, **more}, **closing.as_(word))
    return Experience.objects.select_related("item__feedback__task", "item__problem", "unit").get(pk=made.pk)


def _by(closing: Closing, word: str) -> dict:
    return {"by": closing.actor(word), "at": closing.at}


def test_the_unit_suggests_the_office_decides_others_see_it(checking):
    made = _suggested(checking)
    assert not Experience.objects.visible_to(checking.actor("outsider")).exists()
    assert Experience.objects.visible_to(checking.actor("unit_head")).exists()
    assert any("推荐了一条整改经验" in line.text for line in desk_lines(checking.actor(OFFICE), checking.at))
    for word in ("unit_head", "leading", "outsider"):
        with pytest.raises(Refused, match="由巡察办定"):
            decide_experience(experience=made, shared=True, why="", **_by(checking, word))
    with pytest.raises(Invalid, match="没有写原因"):
        decide_experience(experience=made, shared=False, why="", **_by(checking, OFFICE))
    decide_experience(experience=made, shared=True, why="", **_by(checking, OFFICE))
    with pytest.raises(Refused, match="已经定了"):
        decide_experience(experience=made, shared=False, why="再想想", **_by(checking, OFFICE))
    assert Experience.objects.visible_to(checking.actor("outsider")).get() == made
    assert not Experience.objects.visible_to(checking.actor("worker_a")).exists()


def test_the_office_marks_one_at_once_and_takes_it_down_with_a_reason(checking):
    made = _suggested(checking, OFFICE)
    assert made.shared_at == checking.at
    with pytest.raises(Refused, match="推荐过"):
        _suggested(checking)
    with pytest.raises(Invalid, match="没有写原因"):
        take_down_experience(experience=made, why=" ", **_by(checking, OFFICE))
    take_down_experience(experience=made, why="回头看发现反弹", **_by(checking, OFFICE))
    assert not Experience.objects.visible_to(checking.actor("outsider")).exists()
    with pytest.raises(Refused, match="没有在交流"):
        take_down_experience(experience=made, why="再撤", **_by(checking, OFFICE))
    assert _suggested(checking).pk != made.pk, "another may be suggested of the same problem"


def test_what_must_not_stand_in_it(checking):
    with pytest.raises(Refused, match="还没有核验销号"):
        suggest_experience(item=_item(checking, 1), **SAID, **checking.as_(LIAISON))
    with pytest.raises(Refused, match="写到了人名“段志远”"):
        _suggested(checking, done="段志远带队逐笔会签")
    for name in SAID:
        with pytest.raises(Invalid, match="没有写"):
            _suggested(checking, **{name: " "})
    for word in ("discipline", "outsider", "member"):
        with pytest.raises(Refused, match="由巡察办或被巡察党组织推荐"):
            _suggested(checking, word)
    other = _item(checking, 1)
    Problem.objects.filter(pk=other.problem_id).update(statement="废钢验收环节内外勾结掺杂掺假的具体情节")
    ask_exemption(item=other, ground="case", reason="正在立案", **checking.as_(LIAISON))
    with pytest.raises(Refused, match="不公开的问题"):
        _suggested(checking, trouble="废钢验收环节内外勾结掺杂掺假的具体情节")
    made = _suggested(checking)
    ask_exemption(item=_item(checking), ground="case", reason="正在立案", **checking.as_(LIAISON))
    with pytest.raises(Refused, match="不能公开"):
        decide_experience(experience=made, shared=True, why="", **_by(checking, OFFICE))


def test_a_unit_says_once_that_it_can_use_it_or_has(checking):
    made = _suggested(checking, OFFICE)
    said = {"experience": made, "line": "用在检修费用", **_by(checking, "outsider")}
    with pytest.raises(Refused, match="本单位的经验"):
        note_experience_use(**{**said, **_by(checking, "unit_head")}, use="can")
    with pytest.raises(Invalid, match="没有写用在哪里"):
        note_experience_use(**{**said, "line": " "}, use="can")
    note_experience_use(**said, use="can")
    with pytest.raises(Refused, match="已经记过"):
        note_experience_use(**said, use="can")
    note_experience_use(**said, use="used")
    assert ExperienceUse.objects.count() == 2
    take_down_experience(experience=made, why="反弹", **_by(checking, OFFICE))
    made.refresh_from_db()
    with pytest.raises(Refused, match="没有在交流"):
        note_experience_use(**said, use="can")


def test_offered_where_the_same_kind_of_problem_is_planned(checking):
    made = _suggested(checking, OFFICE)
    assert not offered_to(checking.given).exists(), "not to the organisation it comes from"
    task = checking.task_of_another()
    other = checking.given
    other.pk, other.task = -1, task
    assert not offered_to(other).exists(), "not where that kind does not occur"
    Experience.objects.filter(pk=made.pk).update(category=_item_category(checking))
    real = type(other).objects.get(task=checking.task)
    real.task = task
    assert list(offered_to(real)) == [made]


def _item_category(checking: Closing) -> str:
    return FeedbackItem.objects.filter(kind="problem").order_by("order").first().category


def test_on_its_pages(checking, signed_as_check):
    liaison, office, outsider = (signed_as_check(word) for word in (LIAISON, OFFICE, "outsider"))
    page = liaison.get(f"/outcome/feedbacks/{checking.given.pk}/rectification/").content.decode()
    new = f"/outcome/feedbacks/{checking.given.pk}/experience/new/"
    assert new in page and "同类问题的整改经验" in page
    wrong = liaison.post(new, {**SAID, "item": _item(checking).pk, "good": "段志远抓得紧"})
    assert "写到了人名" in wrong.content.decode()
    assert liaison.post(new, {**SAID, "item": _item(checking).pk}).status_code == 302
    url = f"/outcome/experience/{Experience.objects.get().pk}/"
    assert outsider.get(url).status_code == 404 and outsider.get(f"{url}decision/").status_code == 404
    assert "待巡察办审" in office.get(url).content.decode()
    assert office.post(f"{url}decision/", {"shared": "yes"}).status_code == 302
    assert SAID["title"] in outsider.get("/outcome/experience/?containing=会签").content.decode()
    assert SAID["title"] not in outsider.get("/outcome/experience/?containing=高炉").content.decode()
    assert outsider.post(f"{url}use/", {"use": "used", "line": "用在高炉检修费"}).status_code == 302
    assert "用在高炉检修费" in liaison.get(url).content.decode()
    assert office.post(f"{url}removal/", {"why": "反弹"}).status_code == 302
    assert outsider.get(url).status_code == 404
    for client, most in ((office, 25), (liaison, 25)):
        client.get("/outcome/experience/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/outcome/experience/")
        assert len(asked) <= most, len(asked)
