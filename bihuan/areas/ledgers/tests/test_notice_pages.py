"""A notice in Word on its way through the pages: the document with its problems, corrections, loading, the report."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.problems.models import Problem

from .notice_files import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world, signed_in):
    return signed_in("safety_officer")


def bulletin(world) -> bytes:
    notice = Notice()
    mill = world.unit("hot_mill").name
    notice.p("安全检查情况通报", style="Title")
    notice.many(
        "各单位：",
        "2025年9月1日至3日，安全管理部组织检查，共发现问题3项。请于9月30日前完成整改。",
        f"一、{mill}",
        "1.加热炉区域煤气报警器超过检定周期，9月10日前整改，扣2分。",
        "2.精整区护栏缺失。",
        "二、工作要求",
        "1.各单位要举一反三。",
        "2025年9月5日",
    )
    return notice.data()


def upload(client, world, data: bytes, name: str = "通报.docx"):
    given = {
        "file": SimpleUploadedFile(name, data),
        "source": "special_check",
        "home": world.unit("hot_mill").pk,
    }
    return client.post("/ledgers/new/", given)


def page(client, ledger) -> str:
    return client.get(f"/ledgers/{ledger.pk}/").content.decode()


@pytest.fixture
def ledger(client, world):
    assert upload(client, world, bulletin(world)).status_code == 302
    return LedgerImport.objects.get()


def test_the_dry_run_shows_the_document_and_the_total_that_differs(client, ledger):
    shown = page(client, ledger)
    assert "1.加热炉区域煤气报警器超过检定周期，9月10日前整改，扣2分。" in shown
    assert "要求：提的是要求，不是问题" in shown
    assert "第 3 段“共发现问题3项”" in shown and "有不符" in shown
    assert "这一条没有写期限，取第 3 段统一要求的" in shown
    assert "列对应字段" not in shown
    assert ledger.counts["all"] == 2 and ledger.state == "draft"


def test_a_paragraph_becomes_a_problem_and_goes_back(client, ledger):
    def decide(address: str, kind: str):
        return client.post(f"/ledgers/{ledger.pk}/paragraphs/", {"address": address, "kind": kind})

    assert decide("8", "problem")["Location"].endswith("#p8")
    ledger.refresh_from_db()
    assert ledger.counts["all"] == 3 and "按人工决定算作问题" in page(client, ledger)
    assert "没有不符" in page(client, ledger)
    decide("8", "")
    decide("5", "not")
    ledger.refresh_from_db()
    assert [row.values["statement"] for row in ledger.rows.all()] == ["精整区护栏缺失。"]
    assert decide("x", "problem").status_code == 400 and decide("8", "else").status_code == 400


def test_an_unnumbered_paragraph_joins_the_problem_above(client, world):
    notice = Notice().many("检查通报", "一、存在问题", "1.护栏缺失。", "请各单位注意现场还有一处未处理。")
    upload(client, world, notice.data())
    ledger = LedgerImport.objects.get()
    client.post(f"/ledgers/{ledger.pk}/paragraphs/", {"address": "4", "kind": "more"})
    assert "一处未处理" in ledger.rows.get().values["statement"]


def test_a_row_is_corrected_field_by_field(client, ledger):
    form = client.get(f"/ledgers/{ledger.pk}/rows/2/").content.decode()
    assert "读到的各项" in form and "2.精整区护栏缺失。" in form
    due = next(column["index"] for column in ledger.columns if column["field"] == "due")
    client.post(f"/ledgers/{ledger.pk}/rows/2/", {f"cell-{due}": "2025年9月20日"})
    row = ledger.rows.get(order=2)
    assert row.values["due"] == "2025-09-20" and not [g for g in row.guessed if g["field"] == "due"]


def test_loading_keeps_the_words_the_paragraph_and_the_deduction(client, ledger, world):
    client.post(f"/ledgers/{ledger.pk}/loading/")
    first = Problem.objects.get(statement="加热炉区域煤气报警器超过检定周期")
    assert first.unit == world.unit("hot_mill") and str(first.due_on) == "2025-09-10"
    assert first.extras["扣分考核"] == "扣2分"
    assert first.extras["原文"] == "1.加热炉区域煤气报警器超过检定周期，9月10日前整改，扣2分。"
    assert first.extras["检查名称（来源）"] == "安全检查情况通报"
    assert "扣2分" in client.get(f"/problems/{first.number}/").content.decode()
    done = page(client, ledger)
    assert "导入了 2 件" in done and "导出问题清单" in done
    assert client.get(f"/ledgers/{ledger.pk}/report.xlsx").status_code == 200
    assert client.get(f"/ledgers/{ledger.pk}/own-layout.xlsx").status_code == 200


def test_the_same_notice_twice_is_there_already(client, ledger, world):
    client.post(f"/ledgers/{ledger.pk}/loading/")
    upload(client, world, bulletin(world))
    again = LedgerImport.objects.order_by("-pk").first()
    assert again.counts["present"] == 2


def test_a_document_without_problems_says_what_it_holds(client, world):
    upload(client, world, Notice().many("会议通知", "各单位：", "定于9月8日召开例会。").data())
    ledger = LedgerImport.objects.get()
    assert ledger.state == "unreadable"
    shown = page(client, ledger)
    assert "没有读到编号的问题" in shown and "主送 1 段" in shown and "段里没有读到问题" in shown


def test_paragraphs_come_in_pages(client, world):
    notice = Notice().many("检查通报", "一、存在问题")
    for number in range(1, 301):
        notice.p(f"{number}.第{number}号平台护栏缺失。")
    upload(client, world, notice.data())
    ledger = LedgerImport.objects.get()
    assert ledger.counts["all"] == 300 and "后面的段落" in page(client, ledger)
    second = client.get(f"/ledgers/{ledger.pk}/?from=240").content.decode()
    assert "300.第300号平台护栏缺失。" in second and "前面的段落" in second
