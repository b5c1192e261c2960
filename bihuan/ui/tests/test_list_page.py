"""A list page over a real table: the table of groups, and that of sign-in attempts for an empty column."""

from datetime import UTC, datetime

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import QueryDict
from django.test import RequestFactory

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.ui.lists import BulkAct, Column, Export, Filter, Highlight, ListPage, Order, View
from bihuan.ui.lists.paging import COUNT_CAP, Cursor, capped_count, count_words, window

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
READER = Actor(kind="person", person_id=1, account_id=1, name="高文静", unit_name="巡察办")


class Groups(QuerySet):
    def named(self, text):
        return self.filter(name__contains=text)


class GroupList(ListPage):
    model = Group
    title = "小组"
    noun = "个"
    page_size = 5
    filters = (Filter("named", "名称", kind="text", phrase="名称有“{}”"),)
    columns = (
        Column("name", "名称", link=True, phone="title", order="name"),
        Column("id", "编号", width=80, align="num", shown=False),
    )
    orders = (Order("name", "按名称", "name"), Order("new", "新的在前", "-id"))
    views = (View("all", "全部"), View("iron", "炼铁", "named=炼铁"))
    exports = (Export("page", "按本页的列和次序", "/exports/"),)

    def queryset(self):
        return Groups(Group)

    def row_url(self, row):
        return f"/groups/{row.pk}/"

    def highlights(self):
        return [Highlight("其中炼铁", 2, self.address.with_(named="炼铁").url, "late")]

    def bulk(self):
        return [BulkAct("催办", "/urge/"), BulkAct("销号", "", verdict=Verdict.no("须逐件看佐证"))]


def page(query="", cls=GroupList):
    return cls(actor=READER, at=AT, params=QueryDict(query), path="/groups/")


@pytest.fixture
def groups(db):
    return [Group.objects.create(name=f"{'炼铁' if i < 2 else '焦化'}{i:02}") for i in range(12)]


def walk(cls, query=""):
    """All pages from the first to the last, then back again: (forward, backward) lists of keys."""
    forward, backward = [], []
    one = page(query, cls)
    while True:
        forward.append([row.pk for row in one.rows])
        if not one.next_url:
            break
        one = page(one.next_url.partition("?")[2], cls)
    while True:
        backward.append([row.pk for row in one.rows])
        if not one.previous_url:
            break
        one = page(one.previous_url.partition("?")[2], cls)
    return forward, backward[::-1]


@pytest.mark.parametrize("order", ["name", "new"])
def test_pages_forward_and_back_show_every_row_once(groups, order):
    forward, backward = walk(GroupList, f"sort={order}")
    keys = [group.pk for group in sorted(groups, key=lambda g: g.name)]
    expected = keys if order == "name" else sorted(keys, reverse=True)
    assert [key for part in forward for key in part] == expected
    assert [key for part in backward for key in part] == expected
    assert [len(part) for part in forward] == [5, 5, 2]


@pytest.mark.parametrize("field", ["username", "-username"])
def test_rows_without_a_value_come_last_in_both_directions(db, field):
    names = ["b", None, "a", "b", None, "c", None]
    made = [
        AccessAttempt.objects.create(username=name, user_agent=str(i), failures_since_start=1)
        for i, name in enumerate(names)
    ]
    order = Order("who", "按账号", field, nullable=True)
    down = field.startswith("-")
    valued = sorted((a for a in made if a.username), key=lambda a: (a.username, a.pk), reverse=down)
    empty = sorted((a for a in made if not a.username), key=lambda a: a.pk, reverse=down)
    expected = [a.pk for a in valued + empty]

    found, cursor = [], None
    while True:
        part = window(AccessAttempt.objects.all(), order, cursor=cursor, back=False, size=2)
        found += part.rows
        if not part.more_after:
            break
        cursor = Cursor.of(part.rows[-1], order)
    assert [row.pk for row in found] == expected

    before = window(AccessAttempt.objects.all(), order, cursor=Cursor.of(found[-1], order), back=True, size=3)
    assert [row.pk for row in before.rows] == expected[-4:-1]
    assert before.more_before


def test_an_unreadable_place_begins_at_the_beginning(groups):
    for query in ("after=x", "after=a~b", "sort=new&after=zz~3", "after=~"):
        assert len(page(query).rows) == 5


def test_says_what_is_listed(groups):
    assert page().sentence.text == "现在列出全部 12 个，按名称；其中炼铁 2 个。"
    assert (
        page("named=炼铁&sort=new").sentence.text == "现在列出 2 个：名称有“炼铁”，新的在前；其中炼铁 2 个。"
    )


def test_the_address_keeps_what_is_chosen_and_forgets_the_place(groups):
    shown = page("sort=new&named=炼铁&cols=id&after=3~3&n=6&unknown=1")
    assert QueryDict(shown.address.query).dict() == {"named": "炼铁", "sort": "new", "cols": "id"}
    assert [column.key for column in shown.shown_columns] == ["id"]


def test_views_are_tabs_with_counts(groups):
    tabs = page("view=iron&named=炼铁").tabs
    assert [(tab.label, tab.count, tab.current) for tab in tabs] == [
        ("全部", "12", False),
        ("炼铁", "2", True),
    ]
    assert page("view=iron&named=焦化").tabs[1].changed
    assert page().tabs[0].current


def test_counts_are_capped():
    assert count_words(COUNT_CAP) == "1,000 多" and count_words(1000) == "1,000"


def test_counting_reads_no_more_than_the_cap(groups, django_assert_num_queries):
    with django_assert_num_queries(1) as seen:
        assert capped_count(Group.objects.all()) == 12
    assert f"LIMIT {COUNT_CAP}" in seen.captured_queries[0]["sql"]


def test_a_page_costs_two_queries_and_one_per_counted_view(groups, django_assert_num_queries):
    shown = page()
    with django_assert_num_queries(2):
        assert shown.rows and shown.count
    with django_assert_num_queries(2):
        assert len(shown.tabs) == 2


def test_exports_all_rows_in_order(groups):
    shown = page("sort=new")
    columns = shown.export_columns(["name", "id"])
    rows = list(shown.export_rows(columns, chunk=5))
    assert [row[1] for row in rows] == [group.pk for group in reversed(groups)]
    assert rows[-1][0] == "炼铁00"


def answer(query="", **headers):
    request = RequestFactory().get("/groups/", QueryDict(query), headers=headers)
    request.actor, request.at = READER, AT
    return GroupList.of(request).response(request).content.decode()


def test_the_page_shows_table_chips_menus_and_bar(groups):
    html = answer("named=焦化")
    for piece in (
        "小组",
        "名称有“焦化”",
        "/groups/",
        "去掉条件 名称",
        "按本页的列和次序",
        "须逐件看佐证",
        "后一页",
    ):
        assert piece in html
    assert "style=" not in html and "<script>" not in html


def test_htmx_gets_only_the_list(groups):
    html = answer(**{"HX-Request": "true", "HX-Target": "list"})
    assert html.startswith('<div class="b-list"') and "<html" not in html


def test_the_form_of_one_filter_works_as_a_page_and_as_a_part(groups):
    assert "<html" in answer("pick=named") and 'name="named"' in answer("pick=named")
    assert "<html" not in answer("pick=*", **{"HX-Request": "true"})


def test_what_people_write_is_escaped(db):
    Group.objects.create(name="<img src=x onerror=alert(1)>")
    html = answer()
    assert "<img src=x" not in html and "&lt;img" in html


def test_nothing_found_says_so_and_offers_to_clear(groups):
    html = answer("named=没有的")
    assert "没有符合条件的" in html and "清除条件" in html
