"""Two files of one ledger: the key is found, every line finds its problem or is listed, in whatever order they come."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.areas.ledgers.actions.add_annex import add_annex
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.reading.joining import join, key_share
from bihuan.areas.ledgers.reading.read import read_ledger
from bihuan.kernel.refused import Refused
from bihuan.problems.models import Measure, Problem

from .editions import loaded, read
from .files import Page, as_csv

BASE = date(2025, 9, 15)
LEDGER = [
    ["隐患编号", "发现日期", "问题描述", "责任单位", "责任人", "状态"],
    *(
        [f"YH{n:03d}", f"2025.8.{n}", f"{n} 号皮带机头轮护罩松动，可触及转动部位", "加热炉车间", "牛晓东", "整改中"]
        for n in range(1, 9)
    ),
]  # fmt: skip
ANNEX = [
    ["五定编号", "隐患编号", "整改措施", "整改责任人", "整改时间", "督办人"],
    ["1", "YH003", "重新固定护罩", "任秀英", "2025.9.20", "孟凡伟"],
    ["2", "YH001", "更换护罩", "牛晓东", "2025.9.18", "孟凡伟"],
    ["3", "YH003", "加装连锁开关", "卫建平", "2025.9.25", "孟凡伟"],
    ["4", "YH999", "没有这件", "卫建平", "2025.9.25", "孟凡伟"],
    ["5", "YH005", "停机检查", "任秀英", "2025.9.22", "孟凡伟"],
]


def both(ledger=None, annex=None):
    one = read_ledger(as_csv(Page("", ledger or LEDGER)), "隐患.csv", base=BASE)
    other = read_ledger(as_csv(Page("", annex or ANNEX)), "五定.csv", base=BASE)
    return one, other


def test_the_key_is_found_and_lines_become_measures():
    ledger, annex = both()
    joint = join(ledger, annex)
    assert joint is not None and joint.ledger_key == joint.annex_key == ("隐患编号",)
    assert (joint.lines, joint.met, joint.one, joint.several) == (5, 4, 2, 1) and joint.share == 0.8
    assert joint.loose == (5,) and joint.loose_cells[0]["整改措施"] == "没有这件" and len(joint.alone) == 5
    third = next(row for row in ledger.rows if row.values["origin_no"] == "YH003")
    assert [one["measure"] for one in third.values["measures"]] == ["重新固定护罩", "加装连锁开关"]
    assert third.values["person"] == "牛晓东" and third.values["due"] == "2025-09-25"
    assert third.values["kept"]["五定编号"] == "1；3"
    assert {"附表/整改措施", "附表/整改时间"} <= {column.header for column in ledger.columns}


def test_a_key_of_another_name_and_other_order_of_columns():
    annex = [[row[2], row[0], row[3], row[4], row[5], row[1]] for row in ANNEX[:4] + ANNEX[5:]]
    annex[0][5] = "对应编号"
    ledger, second = both(annex=annex)
    joint = join(ledger, second)
    assert joint is not None and (joint.ledger_key, joint.annex_key) == (("隐患编号",), ("对应编号",))
    assert joint.share == 1.0


def test_two_columns_together_are_a_key():
    heads = [["日期", "地点", "问题描述"], ["日期", "地点", "整改措施"]]
    places = [(f"2025.8.{d}", place) for d in (1, 2, 3) for place in ("一跨", "二跨", "三跨")]
    ledger = [heads[0], *([day, place, f"{place}{day}护栏松动，人员可坠落"] for day, place in places)]
    annex = [heads[1], *([day, place, "焊牢"] for day, place in places[:6])]
    one, other = both(ledger, annex)
    joint = join(one, other)
    assert joint is not None and joint.ledger_key == ("日期", "地点") and joint.met == 6


def test_files_that_do_not_meet_are_left_alone():
    annex = [["编号", "措施"], ["A1", "换"], ["A2", "修"], ["A3", "焊"]]
    one, other = both(annex=annex)
    before = [dict(row.values) for row in one.rows]
    assert join(one, other) is None and [row.values for row in one.rows] == before
    assert key_share([row.cells for row in one.rows], [row.cells for row in other.rows]) == 0.0


@pytest.mark.django_db
def test_both_at_once(world):
    by = world.actor("safety_officer")
    ledger = start_import(
        data=as_csv(Page("", LEDGER)), filename="隐患.csv", home=world.unit("hot_mill"), by=by, at=world.at,
        annex=(as_csv(Page("", ANNEX)), "五定.csv"),
    )  # fmt: skip
    assert ledger.joined["met"] == 4 and ledger.joined["without_problem_count"] == 1
    assert "附表《五定.csv》按“隐患编号”对上 4/5 行" in ledger.notes[0]
    loaded(world, ledger)
    assert Problem.objects.count() == 8 and Measure.objects.count() == 4
    third = Problem.objects.get(statement__startswith="3 号")
    assert [one.owner_text for one in third.measures.order_by("order")] == ["任秀英", "卫建平"]
    assert third.due_on == date(2025, 9, 25) and "附表" in third.guessed["due"]


@pytest.mark.django_db
def test_the_annex_of_a_ledger_that_is_in_already_adds_only_itself(world):
    by = world.actor("safety_officer")
    first = loaded(world, read(world, as_csv(Page("", LEDGER)), "隐患.csv"))
    ledger = add_annex(ledger=first, data=as_csv(Page("", ANNEX)), filename="五定.csv", by=by, at=world.at)
    assert ledger.pk != first.pk and ledger.previous == first
    assert (ledger.counts["changed"], ledger.counts["present"], ledger.counts["gone"]) == (3, 5, 0)
    loaded(world, ledger)
    assert Problem.objects.count() == 8 and Measure.objects.count() == 4
    assert Problem.objects.exclude(due_on=None).count() == 3
    with pytest.raises(Refused):
        add_annex(ledger=first, data=b"", filename="空.csv", by=by, at=world.at)


@pytest.mark.django_db
def test_the_pages_find_the_ledger_an_annex_belongs_to(world, signed_in):
    client = signed_in("safety_officer")
    first = read(world, as_csv(Page("", LEDGER)), "隐患.csv")
    lonely = read(world, as_csv(Page("", ANNEX)), "五定.csv")
    page = client.get(f"/ledgers/{lonely.pk}/").content.decode()
    assert "像是另一本台账的附表" in page and "80% 的行对得上" in page
    assert client.post(f"/ledgers/{lonely.pk}/belonging/", {"to": first.pk}).status_code == 302
    lonely.refresh_from_db()
    first.refresh_from_db()
    assert lonely.state == "dropped" and first.joined["met"] == 4
    page = client.get(f"/ledgers/{first.pk}/").content.decode()
    assert "4/5 行对上" in page and "没有这件" in page
    assert client.get(f"/ledgers/{first.pk}/rows/1/").status_code == 200
    assert client.post(f"/ledgers/{lonely.pk}/belonging/", {"to": "999"}).status_code == 404
    assert client.get(f"/ledgers/{first.pk}/annex/").status_code == 200
    assert client.post(f"/ledgers/{first.pk}/annex/").status_code == 400
    file = SimpleUploadedFile("五定.csv", as_csv(Page("", ANNEX)))
    assert client.post(f"/ledgers/{first.pk}/annex/", {"annex": file}).status_code == 302
    given = {
        "file": SimpleUploadedFile("隐患.csv", as_csv(Page("", LEDGER))), "source": "ledger",
        "annex": SimpleUploadedFile("五定.csv", as_csv(Page("", ANNEX))), "home": world.unit("hot_mill").pk,
    }  # fmt: skip
    assert client.post("/ledgers/new/", given).status_code == 302
    assert LedgerImport.objects.order_by("-pk")[0].joined["met"] == 4
