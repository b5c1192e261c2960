"""An office loads the ledger it has, as it is: understood, decided, mended, taken once; what is no ledger is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO
from time import monotonic

import pytest
from django.conf import settings
from openpyxl import Workbook
from playwright.sync_api import expect

from bihuan.org.models import Person, Unit
from bihuan.org.tests.world import PASSWORD
from bihuan.problems.models import Problem

from .thirty_rows import CLOSED, WRONG_DATE, thirty_rows

NAME = "2026年秋季安全大检查问题台账.xlsx"


def as_file(content: bytes, name: str = NAME) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def upload(person, file) -> None:
    person.go("/ledgers/")
    person.page.locator("input[type=file][name=file]").set_input_files(file)
    person.press("上传并识别")


def test_from_the_file_to_the_ledger(world, people, work, camera):
    officer = people()
    officer.go("/signin/")
    camera.look(officer.page, "signin")
    officer.fill(username="safety_officer", password=PASSWORD)
    officer.press("登录")
    officer.sees("侯振华")
    officer.press("导入台账")
    officer.sees("上传并识别")

    upload(officer, as_file(thirty_rows()))
    work()
    officer.page.reload()
    # understood without help: title, two header rows, thirty rows, the note at the foot
    officer.sees("30 行", "试运行", "列对应字段", "标题", "表头", "机修外委队", "卫建平", "2026年9月31日")
    rows = officer.page.locator("select[name^=field-]")
    chosen = rows.evaluate_all("all => all.map((e) => e.selectedOptions[0].innerText.trim())")
    assert len(chosen) == 10 and len(set(chosen)) == 10
    camera.look(officer.page, "import-dry-run")
    assert "is-refused" in officer.button("导入").get_attribute("class")

    # what the organisation does not know: a new contractor, a name kept as it stands
    decide(officer, "units", "新建为外委单位")
    decide(officer, "people", "只留姓名原文")
    officer.sees("还有 1 行要处理")

    # one row to mend
    officer.page.locator("#rows a.b-btn--row[aria-label^='第 25 行']").click()
    wrong = officer.page.locator("dialog .is-wrong")
    expect(wrong).to_contain_text("没有这一天")
    camera.look(officer.page, "import-row", whole=False)
    wrong.locator("input").fill("2026年9月30日")
    officer.press("改好，重读")
    officer.sees("没有要处理的行了")

    officer.press("导入")
    work()
    officer.page.reload()
    officer.sees("导入了 30 件", f"其中 {CLOSED} 件台账载明已销号", "没有落下的", "不编造核验人")
    camera.look(officer.page, "import-report")
    assert Problem.objects.count() == 30
    assert Problem.objects.filter(taken_over=True, is_open=False, closed_by=None).count() == CLOSED
    assert (
        Unit.objects.filter(name="机修外委队").exists() and not Person.objects.filter(name="卫建平").exists()
    )

    officer.press("看台账")
    officer.sees("天车吊钩防脱钩装置失灵")
    camera.look(officer.page, "ledger-after-import")
    closed = Problem.objects.filter(taken_over=True, is_open=False).first()
    officer.go(f"/problems/{closed.number}/")
    officer.sees("原台账载明", "未在本系统核验", "接管")

    # the same file again, under another name: nothing twice
    upload(officer, as_file(thirty_rows(), "秋检台账（最新）.xlsx"))
    work()
    officer.page.reload()
    officer.sees("已有")
    assert Problem.objects.count() == 30
    searching_finds_two_characters(officer)


def decide(person, kind: str, how: str) -> None:
    """One name the organisation does not know, settled for all its rows."""
    panel = person.page.locator(f"#names-{kind}")
    panel.locator("select").select_option(label=how)
    panel.get_by_role("button", name="定下").click()
    person.sees("已定 1 个名称")


def searching_finds_two_characters(officer) -> None:
    """From the search field on top of every page."""
    officer.go("/")
    officer.page.keyboard.press("/")
    officer.page.keyboard.insert_text("天车")
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url("**/problems/**")
    officer.sees("天车吊钩防脱钩装置失灵")
    numbers = officer.page.locator(".b-table tbody tr")
    assert 0 < numbers.count() < 10
    officer.does_not_see("氧气瓶与乙炔瓶")


def docx() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def encrypted() -> bytes:
    """A compound file with the streams of a workbook behind a password, as Excel writes them."""
    names = b"".join(
        name.encode("utf-16-le").ljust(128, b"\0") for name in ("EncryptionInfo", "EncryptedPackage")
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + names + bytes(2048)


def no_problems() -> bytes:
    book, out = Workbook(), BytesIO()
    book.active.append(["序号", "姓名", "电话"])
    book.save(out)
    return out.getvalue()


REFUSED = {
    "broken": (lambda: thirty_rows()[:3000], "台账.xlsx", ("不完整", "已损坏")),
    "password": (encrypted, "加密.xlsx", ("密码", "取消")),
    "word": (docx, "整改报告.xlsx", ("Word 文档", "扩展名")),
    "empty": (lambda: b"", "空.xlsx", ("文件是空的",)),
    "blank": (no_problems, "通讯录.xlsx", ("没有",)),
}


def test_what_is_no_ledger_is_refused_with_a_sentence(world, people, work, camera, tmp_path):
    officer = people("safety_officer")
    for what, (make, name, words) in REFUSED.items():
        upload(officer, as_file(make(), name))
        work()
        if "/ledgers/new/" not in officer.page.url:
            officer.page.reload()
        said = officer.page.locator("#main").inner_text()
        assert [word for word in words if word not in said] == [], f"{what}: {said[:400]}"
        assert Problem.objects.count() == 0
        if what == "broken":
            camera.look(officer.page, "import-refused")

    big = tmp_path / "全年照片台账.xlsx"
    with big.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    began = monotonic()
    officer.go("/ledgers/")
    officer.page.locator("input[type=file][name=file]").set_input_files(big)
    officer.button("上传并识别").click()
    officer.page.wait_for_load_state()
    officer.sees("200 MB", f"超过 {settings.FILE_LIMIT_MB} MB")
    assert monotonic() - began < 30, "the limit must be said before the file was read"
    assert Problem.objects.count() == 0


@pytest.mark.parametrize("count", [30])
def test_the_invented_ledger_is_what_the_journey_says(count):
    from datetime import date

    from bihuan.areas.ledgers.reading.read import read_ledger

    seen = read_ledger(thirty_rows(), NAME, base=date(2026, 11, 20))
    assert len(seen.rows) == count
    assert any(WRONG_DATE in str(row.values) or WRONG_DATE in str(row.problems) for row in seen.rows)
