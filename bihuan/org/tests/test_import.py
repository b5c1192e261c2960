"""Units, people and roles from Excel: each row gets a verdict first; then all or nothing."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.actions.import_people import import_people
from bihuan.org.actions.import_roles import import_roles
from bihuan.org.actions.import_units import import_units
from bihuan.org.exports import template
from bihuan.org.models import Grant, Membership, Person, Unit
from bihuan.org.policies import judge_people, judge_roles, judge_units
from bihuan.org.reading.sheets import PEOPLE_COLUMNS, UNIT_COLUMNS, read_sheet
from bihuan.paper.handed_in import MOST_UNPACKED


def _book(lines):
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return kept.getvalue()


UNITS = [
    ["晋岭钢铁集团单位表"],
    ["单位编码", "单位名称", "上级单位", "简称", "类别"],
    ["LT-GL", "炼铁厂高炉车间", "炼铁厂", "高炉车间", "车间（作业区）"],
    ["LT-GL-1", "甲班", "高炉车间", "", "班组"],
    ["RZ", "热轧厂", "JT", "", "厂矿"],
]


def _units(lines):
    return read_sheet(_book(lines), "单位.xlsx", UNIT_COLUMNS, ("单位编码", "单位名称", "上级"))


def test_units_come_in_with_superiors_by_any_name(world):
    rows = _units(UNITS)
    verdicts, _ = judge_units(rows)
    assert [(v.number, v.what) for v in verdicts] == [(3, "new"), (4, "new"), (5, "same")]
    assert import_units(rows=rows, on=world.day, by=world.actor("system_admin"), at=world.at) == 2
    team = Unit.objects.get(code="LT-GL-1")
    assert team.parent.short_name == "高炉车间" and team.kind == "team"
    assert import_units(rows=rows, on=world.day, by=world.actor("system_admin"), at=world.at) == 0, (
        "again: no twins"
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["", "无编码", "JT", "", ""], "编码和名称都要填"),
        (["A", "无此上级", "不存在厂", "", ""], "在表里和系统里都没有"),
        (["A", "自己", "A", "", ""], "上级写成了自己"),
        (["A", "类别不对", "JT", "", "城堡"], "没有类别“城堡”"),
        (["A", "没有上级", "", "", ""], "集团已经有了"),
        (["LT-GL", "编码重复", "JT", "", ""], "出现了两次"),
    ],
)
def test_a_wrong_row_holds_all_back(world, line, words):
    rows = _units([*UNITS, line])
    verdict = judge_units(rows)[0][-1]
    assert verdict.what == "wrong" and words in verdict.words
    before = Unit.objects.count()
    with pytest.raises(Refused, match="还有 1 行不对，一行也没有写入"):
        import_units(rows=rows, on=world.day, by=world.actor("system_admin"), at=world.at)
    assert Unit.objects.count() == before


PEOPLE = (
    "工号,姓名,单位,职务,手机,党组织,党内职务,角色\n"
    "5001,白霜,热轧厂,技术员,13900000001,热轧厂第一联合党支部,组织委员,整改联络员、职工\n"
    "3101,牛晓东,加热炉车间,,,,,\n"
)


def _people(text, encoding="gb18030"):
    return read_sheet(text.encode(encoding), "人员.csv", PEOPLE_COLUMNS, ("工号", "姓名", "单位"))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_people_come_in_from_csv_and_roles_from_the_other_office(world, encoding):
    rows, admin, guard = _people(PEOPLE, encoding), world.actor("system_admin"), world.actor("security_admin")
    assert [v.what for v in judge_people(rows)[0]] == ["new", "same"]
    assert judge_roles(rows)[0][0].words == "系统里没有这个工号，先导入人员"
    assert import_people(rows=rows, on=world.day, by=admin, at=world.at) == 1
    person = Person.objects.get(staff_no="5001")
    assert person.phone == "13900000001" and Membership.objects.get(person=person).duty == "组织委员"
    assert not Grant.objects.filter(person=person).exists(), "who imports people grants nothing"
    with pytest.raises(Refused, match="安全管理员"):
        import_roles(rows=rows, on=world.day, by=admin, at=world.at)
    assert import_roles(rows=rows, on=world.day, by=guard, at=world.at) == 2
    assert import_roles(rows=rows, on=world.day, by=guard, at=world.at) == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("5002,,热轧厂,,,,,", "工号和姓名都要填"),
        ("5002,白霜,没有的厂,,,,,", "没有单位“没有的厂”"),
        ("5002,白霜,热轧厂,,,没有的支部,,", "没有党组织"),
        ("5002,白霜,热轧厂,,,,,皇帝", "没有角色“皇帝”"),
        ("3101,同号,热轧厂,,,,,", "出现了两次"),
    ],
)
def test_a_wrong_person_is_named_with_the_reason(world, line, words):
    assert words in judge_people(_people(PEOPLE + line + "\n"))[0][-1].words


def test_numbers_of_excel_lose_their_decimals(world):
    rows = read_sheet(
        _book([["工号", "姓名", "所在单位"], [5003, "白霜", "热轧厂"]]), "a.xlsx", PEOPLE_COLUMNS, ("工号",)
    )
    assert rows == [(2, {"工号": "5003", "姓名": "白霜", "单位": "热轧厂"})]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.xlsx", "文件是空的"),
        (b"not a sheet", "a.xlsx", "文件坏了"),
        (b"PK\x03\x04" + b"x" * 400, "a.xlsx", "文件坏了"),
        (_book([["甲", "乙"], [1, 2]]), "a.xlsx", "没有找到列：工号"),
        (_book([["工号", "姓名", "单位"]]), "a.xlsx", "一行也没有"),
        (b"\xff\xfe\x00\x81\x00\xff", "a.csv", "文字编码认不出来|没有找到列"),
    ],
)
def test_a_file_that_is_none_gets_a_clear_sentence(content, name, reason):
    with pytest.raises(Invalid, match=reason):
        read_sheet(content, name, PEOPLE_COLUMNS, ("工号", "姓名"))


def _packed(more):
    content = io.BytesIO()
    with ZipFile(io.BytesIO(_book([["单位编码", "单位名称", "上级"], ["X", "新厂", "JT"]]))) as old:
        with ZipFile(content, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, more.get(name, old.read(name)))
            for name in set(more) - set(old.namelist()):
                new.writestr(name, more[name])
    return content.getvalue()


def test_a_workbook_made_to_fill_the_memory_is_not_read():
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far += b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(Invalid, match="范围过大"):
        _read(_packed({"xl/worksheets/sheet1.xml": far + b"</sheetData></worksheet>"}))
    with pytest.raises(Invalid, match="展开后有"):
        _read(_packed({"xl/media/bomb.bin": bytes(MOST_UNPACKED + 1)}))


def test_lines_may_end_as_on_an_old_mac():
    rows = read_sheet("单位编码,单位名称\rX,新厂\r".encode(), "x.csv", UNIT_COLUMNS, ("单位编码",))
    assert rows == [(2, {"单位编码": "X", "单位名称": "新厂"})]


def _read(content):
    return read_sheet(content, "x.xlsx", UNIT_COLUMNS, ("单位编码",))


@pytest.mark.parametrize("what", ["units", "people"])
def test_the_empty_sheet_is_what_the_import_reads(world, signed_in, what):
    columns, needed = (UNIT_COLUMNS, ("单位编码",)) if what == "units" else (PEOPLE_COLUMNS, ("工号",))
    rows = read_sheet(template(what), f"{what}.xlsx", columns, needed)
    assert rows and set(rows[0][1]) == set(columns)
    assert signed_in("system_admin").get(f"/org/import/{what}.xlsx").status_code == 200


def test_the_pages_upload_check_and_take(world, signed_in):
    admin = signed_in("system_admin")
    good = SimpleUploadedFile("单位.xlsx", _book(UNITS))
    assert (
        admin.post("/org/import/", {"what": "units", "file": good}).headers["Location"]
        == "/org/import/check/"
    )
    page = admin.get("/org/import/check/").content.decode()
    assert "新增 2 + 不动 1 + 不对 0 = 3 行" in page and "还没有写入" in page
    assert not Unit.objects.filter(code="LT-GL").exists()
    admin.post("/org/import/take/")
    assert Unit.objects.filter(code="LT-GL").exists()
    assert admin.post("/org/import/take/").status_code == 404, "taken once"
    bad = SimpleUploadedFile("改名.xlsx", b"PK\x03\x04nonsense")
    assert "文件坏了" in admin.post("/org/import/", {"what": "units", "file": bad}).content.decode()
    assert admin.post("/org/import/", {"what": "roles", "file": good}).status_code == 400, (
        "not this administrator's"
    )
