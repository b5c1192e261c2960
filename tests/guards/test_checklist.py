"""The security checklists name tests that exist, and leave no requirement without an answer."""

from __future__ import annotations

import pytest

from . import checklist, source
from .checklist import Row, fault_of, numbers_in, rows

#: the requirements of levels one and two of OWASP ASVS 5.0, by section: what is left out would be a silent gap
ASVS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 11, "6.3": 3, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 3, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
#: of GB/T 22239-2019, third level: the secure computing environment and the management centre
CLASSIFIED = {f"8.1.4.{clause}" for clause in range(1, 12)} | {f"8.1.5.{clause}" for clause in range(1, 5)}


def listed(name: str) -> list[Row]:
    return list(rows((checklist.FOLDER / name).read_text("utf-8"), name))


@pytest.mark.parametrize(("name", "least"), [("mlps-3.md", 40), ("asvs-2.md", 120)])
def test_every_row_is_proved_or_says_why_not(name, least):
    found = listed(name)
    assert len(found) >= least, "the table was not understood"
    faults = [f"{row.place} {row.number}: {fault}" for row in found if (fault := fault_of(row))]
    assert not faults, "\n".join(faults)
    twice = {row.number for row in found if sum(other.number == row.number for other in found) > 1}
    assert not twice


def test_no_requirement_is_passed_over():
    answered = {number for row in listed("asvs-2.md") for number in numbers_in(row.number)}
    wanted = {f"{section}.{one}" for section, last in ASVS.items() for one in range(1, last + 1)}
    assert sorted(wanted - answered) == []
    clauses = {number for row in listed("mlps-3.md") for number in numbers_in(row.number)}
    assert sorted(CLASSIFIED - clauses) == []


def test_the_summary_counts_what_is_there():
    """docs/security.md says how many rows there are and how many gaps: figures that nobody has to believe."""
    said = (source.HOME / "docs" / "security.md").read_text("utf-8")
    for name in ("mlps-3.md", "asvs-2.md"):
        found = listed(name)
        gaps = sum("没有做：" in row.proof for row in found)
        duties = sum("由部署保证：" in row.proof for row in found)
        assert f"security/{name})：{len(found)} 条，没有做的 {gaps} 条，要部署保证的 {duties} 条" in said, (
            f"{name}: {len(found)} rows, {gaps} gaps, {duties} duties"
        )


HERE = "`tests/guards/test_checklist.py::test_a_broken_row_is_found`"


@pytest.mark.parametrize(
    ("proof", "certainty", "fault"),
    [
        (HERE, "M", ""),
        ("`bihuan/org/tests/test_ldap.py::test_a_password_never_travels_in_the_clear`", "H", ""),
        ("没有做：要另买一台设备", "memory", ""),
        (f"{HERE}；由部署保证：前面放 HTTPS 代理", "M", ""),
        ("", "M", "neither a test"),
        ("都测过了", "M", "neither a test"),
        ("没有做：", "M", "without words"),
        (f"{HERE}；由部署保证：", "M", "without words"),
        ("`tests/guards/test_checklist.py::test_that_never_was`", "M", "no such test"),
        ("`tests/guards/test_nowhere.py::test_x`", "M", "no such file"),
        ("`tests/guards/checklist.py::test_x`", "M", "no such file"),
        ("`tests/guards/test_checklist.py`", "M", "no such file"),
        (f"{HERE}、`tests/guards/test_nowhere.py::test_x`", "M", "no such file"),
        ("`bihuan/org/tests/test_ldap.py::Wrong::test_nobody_else_comes_in`", "M", "no such test"),
        (HERE, "sure", "unknown certainty"),
    ],
)
def test_a_broken_row_is_found(proof, certainty, fault):
    found = fault_of(Row("x:1", "8.1.4.1 a", "要求", "做法", proof, certainty))
    assert found == "" if not fault else fault in found


def test_a_table_is_read():
    head = "| 编号 | 要求 | 做法 | 证明 | 把握 |\n|---|---|---|---|---|\n"
    text = f"| 别的 | 表 |\n|---|---|\n| 1 | 2 |\n\n{head}| 1.1.1 | 甲 | 乙 | 丙 | M |\n"
    assert [row.number for row in rows(text)] == ["1.1.1"]
    with pytest.raises(ValueError, match="4 cells"):
        list(rows(f"{head}| 1.1.1 | 甲 | 乙 | 丙 |\n"))


def test_numbers_are_spelled_out():
    assert numbers_in("1.2.6–1.2.8") == {"1.2.6", "1.2.7", "1.2.8"}
    assert numbers_in("8.1.4.1 a") == {"8.1.4.1"}
    assert numbers_in("密码应用") == set()
    assert numbers_in("3.4.1、3.4.3") == {"3.4.1", "3.4.3"}
