"""The ledger: who sees what, filters, search, saved views, bulk, and a number of queries that stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.take_over import OldRow, Stated, take_over
from bihuan.problems.models import Problem, SavedView

from . import story

LIST = "/problems/"


def numbers(client, **query) -> list[str]:
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return [row.url.rstrip("/").rsplit("/", 1)[-1] for row in answer.context["page"].rows]


@pytest.fixture
def several(world):
    """Five problems of the furnace workshop and one of the iron mill, found on different days."""
    return {
        "crane": story.raised(world, statement="3 号天车吊钩闭锁装置变形", place="轧机跨"),
        "lamp": story.raised(world, statement="操作台照明灯罩缺 1 个", unit=world.unit("finishing")),
        "iron": story.raised(world, statement="渣沟盖板缺 1 块", unit=world.unit("iron_mill")),
        "work": story.problem_in(world, "rectifying", statement="煤气报警器超期", grade="serious"),
        "asked": story.problem_in(world, "verifying", statement="安全教育档案不全"),
        "closed": story.problem_in(world, "closed", statement="消防通道被占"),
    }


def test_everybody_sees_their_own(world, signed_in, several):
    assert len(numbers(signed_in("leader"))) == 6
    assert several["iron"].number not in numbers(signed_in("liaison"))
    assert numbers(signed_in("outsider")) == [several["iron"].number]
    assert numbers(signed_in("system_admin")) == []


@pytest.mark.parametrize("word", ["天车", "天車", "吊钩 轧机", "加热炉车间"])
def test_two_characters_find(world, signed_in, several, word):
    found = numbers(signed_in("leader"), q=word)
    assert several["crane"].number in found
    assert several["lamp"].number not in found


def test_a_search_hit_of_another_unit_is_no_hit(world, signed_in, several):
    assert numbers(signed_in("outsider"), q="天车") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"stage": "open"}, {"crane", "lamp", "iron", "work", "asked"}),
        ({"stage": "done"}, {"closed"}),
        ({"stage": ["verifying", "rectifying"]}, {"work", "asked"}),
        ({"grade": "serious"}, {"work"}),
        ({"lead": "牛晓东"}, {"work", "asked", "closed"}),
        ({"progress": "done"}, {"asked", "closed"}),
        ({"history": "taken"}, set()),
        ({"mine": "verify"}, {"asked"}),
        ({"clock": "none"}, {"crane", "lamp", "iron"}),
        ({"source": "special_check"}, set()),
        ({"found": "2025-09-15..2025-09-15"}, {"crane", "lamp", "iron", "work", "asked", "closed"}),
        ({"found": "2025-09-16.."}, set()),
    ],
)
def test_a_filter_narrows(world, signed_in, several, query, expected):
    found = set(numbers(signed_in("second_officer"), **query))
    assert found == {several[word].number for word in expected}


def test_a_unit_stands_for_those_below_it(world, signed_in, several):
    found = numbers(signed_in("leader"), unit=world.unit("hot_mill").pk)
    assert len(found) == 5
    assert several["iron"].number not in found


def test_the_clock_counts_from_today(world, signed_in, several):
    officer = world.actor("safety_officer")
    client = signed_in("safety_officer")
    today = client.get(LIST).context["page"].today
    for word, days in (("crane", 0), ("lamp", 3), ("iron", 6)):
        assign(problem=several[word], lead=None, due_on=today + timedelta(days=days), by=officer, at=world.at)
    late = {several["work"].number, several["asked"].number}
    assert set(numbers(client, clock="late")) == late
    assert set(numbers(client, clock="today")) == {several["crane"].number}
    assert set(numbers(client, clock="three")) == {several["crane"].number, several["lamp"].number}
    assert numbers(client, stage="open", sort="due")[:2] == [
        p.number for p in sorted((several["work"], several["asked"]), key=lambda p: (p.due_on, p.pk))
    ]
    answer = client.get(LIST, {"stage": "open"})
    told = [(h.words, h.count) for h in answer.context["page"].sentence.highlights]
    assert told == [("逾期", 2), ("三天内到期", 2)]


def test_the_sentence_says_what_is_listed(world, signed_in, several):
    page = signed_in("leader").get(LIST, {"stage": "open", "q": "天车"}).context["page"]
    assert page.sentence.text == "现在列出 1 件：含“天车”，尚未销号，新登记的在前。"


def test_the_queries_do_not_grow_with_the_rows(world, signed_in):
    client = signed_in("safety_officer")
    story.raised(world)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST, {"stage": "open"})
    for n in range(30):
        story.raised(world, statement=f"第 {n} 处护栏松动")
    with CaptureQueriesContext(connection) as many:
        answer = client.get(LIST, {"stage": "open"})
    assert len(many) == len(few), "\n".join(q["sql"][:150] for q in many)
    # 12 for the list itself; the rest is who reads it, the frame around it, and the session.
    assert len(many) <= 24
    assert len(answer.context["page"].rows) == 31


def test_fifty_rows_stay_light(world, signed_in):
    for n in range(55):
        story.raised(world, statement=f"第 {n} 处：" + "护栏立柱根部锈蚀松动，" * 8)
    answer = signed_in("safety_officer").get(LIST)
    assert len(answer.context["page"].rows) == 50
    assert len(answer.content) <= 80 * 1024, f"{len(answer.content)} bytes"


def test_paging_by_key_meets_every_row_once(world, signed_in):
    for n in range(55):
        story.raised(world, statement=f"第 {n} 处护栏松动")
    client = signed_in("safety_officer")
    seen, url = [], LIST
    while url:
        page = client.get(url).context["page"]
        seen += [row.pk for row in page.rows]
        url = page.next_url
    assert len(seen) == len(set(seen)) == 55


def test_own_views_are_kept_renamed_and_dropped(world, signed_in, several):
    client = signed_in("safety_officer")
    kept = client.post(
        "/problems/views/", {"name": "我的较大", "query": "grade=serious&after=x~1"}, follow=True
    )
    mine = SavedView.objects.get()
    assert (mine.name, mine.query, mine.person) == (
        "我的较大",
        "grade=serious",
        world.person("safety_officer"),
    )
    assert "我的较大" in kept.content.decode()
    assert [row.pk for row in kept.context["page"].rows] == [several["work"].pk]
    assert "我的较大" not in signed_in("second_officer").get(LIST).content.decode()
    assert signed_in("second_officer").post(f"/problems/views/{mine.pk}/drop/").status_code == 404
    client.post(f"/problems/views/{mine.pk}/name/", {"name": "较大问题"})
    assert SavedView.objects.get().name == "较大问题"
    client.post(f"/problems/views/{mine.pk}/drop/")
    assert not SavedView.objects.exists()


def test_closing_in_bulk_is_refused_with_its_reason(world, signed_in, several):
    text = signed_in("safety_officer").get(LIST).content.decode()
    assert "批量销号" in text
    assert "销号须逐件看佐证，不能批量" in text
    assert "批量销号" not in signed_in("worker_a").get(LIST).content.decode()


def test_urging_many_is_all_or_nothing(world, signed_in, several):
    client = signed_in("safety_officer")
    picked = [several["work"].pk, several["crane"].pk]
    refused = client.post("/problems/bulk/reminder/", {"picked": picked})
    assert refused.status_code == 403
    assert "有 1 件不能催办，一件也没有办" in refused.content.decode()
    assert "还没有责任人" in refused.content.decode()
    done = client.post(
        "/problems/bulk/reminder/", {"picked": picked, "only_able": "1", "next": LIST}, follow=True
    )
    assert "已催办 1 件" in done.content.decode()
    assert signed_in("outsider").post("/problems/bulk/reminder/", {"picked": picked}).status_code == 404


def test_many_change_their_owner(world, signed_in, several):
    client = signed_in("unit_head")
    picked = [several["work"].pk, several["asked"].pk]
    asked = client.post("/problems/bulk/owner/", {"picked": picked})
    assert asked.status_code == 200
    wrong = client.post(
        "/problems/bulk/owner/", {"picked": picked, "lead": "贾海峰", "reason": "调动", "only_able": "1"}
    )
    assert wrong.status_code == 422
    assert Problem.objects.get(pk=picked[0]).lead == world.person("worker_a")


def test_taken_over_history_has_its_view(world, signed_in, several):
    row = OldRow("a:1", world.unit("furnace"), "旧台账一行", Stated(closed=True, words="已整改"))
    (taken,) = take_over(source="ledger", rows=[row], by=world.actor("safety_officer"), at=world.at)
    client = signed_in("leader")
    assert numbers(client, history="taken") == [taken.number]
    assert "台账载明" in client.get(LIST, {"history": "taken"}).content.decode()
