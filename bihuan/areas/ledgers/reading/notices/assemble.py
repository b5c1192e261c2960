"""Items of the text and rows of its tables → drafts, each with what the headings and the notice say for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bihuan.kernel.text import fold, half_width, similarity

from . import plain
from .blocks import Par, Table
from .deadlines import due_in
from .facts import Facts
from .headings import kind_of, said_by
from .judge import Item, Judged
from .pieces import Pieces, take_apart
from .rows import EVIDENCE, HEADING, NUMBER, ORIGINAL, Draft
from .table_grid import as_words
from .tables import ListTable, TableRow
from .tree import Node, Tree
from .words import class_of_heading, unit_of_heading

_ALREADY = re.compile(
    r"第\s*(\d{1,3})\s*[条项个](?:问题|隐患)?[^，。；\d]{0,6}?((?:已|当场|现场)[^，。；]{0,10}(?:整改|完成|处理|销号|恢复)[^，。；]{0,6})"
)
_FRONT = re.compile(
    r"(?P<n>[\u4e00-\u9fff]{1,7}?(?:厂|公司|车间|作业区|作业部|煤矿|铁矿))(?=[\u4e00-\u9fff\d#“（(])"
)
_NO_FRONT = re.compile(
    r".*[进出全该本各我在到对未无不与和由]厂|.{0,2}分厂|各.*|有关.*|部分.*|外委.*|.*[未无不在对].*"
)
_BY_NUMBER = re.compile(r"第\s*(\d{1,3}(?:\s*[、,和\-~至到]\s*第?\d{1,3})*)\s*[项条个](?:问题|隐患)?")
_ALIKE = 0.5
"""From here on a row of a table and a numbered paragraph say the same."""


@dataclass
class Assembler:
    tree: Tree
    facts: Facts
    kinds: frozenset[str]
    units: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        named = [unit_of_heading(node.text) for node in self.tree.nodes()]
        names = [name for joined in named for name in joined.split("、") if name]
        self.units = frozenset([*names, *self.facts.to])

    def of_item(self, item: Item) -> Draft:
        draft = Draft(item.par.sheet, item.par.no, item.par.piece, doubt=item.why)
        pieces = take_apart(item.text, self.kinds, self.units)
        statement = [pieces.statement]
        self._take(draft, pieces)
        for node in item.folded:
            inner = take_apart(node.text, self.kinds, self.units)
            statement.append(f"{node.head.label if node.head else ''}{inner.statement}")
            self._take(draft, inner)
        for par in item.more:
            self._continue(draft, par, statement)
        draft.said["statement"] = "\n".join(part for part in statement if part.strip()) or item.text
        if item.label:
            counted = item.node.head is not None and item.node.head.look == "问题1"
            label = half_width(item.label).strip("、.,:()[]【】 ") or item.label
            draft.put("seq_no", str(item.node.head.number) if counted and item.node.head else label)
        if pieces.several:
            many = f"一个编号下写了 {pieces.several} 件事，按一条读，要分开就在导入后分别登记"
            draft.remarks.append(("statement", pieces.statement[:60], many))
        for table in item.tables:
            draft.kept[EVIDENCE] = as_words(table)
        whole = "\n".join(
            [item.par.shown, *(n.par.shown for n in item.folded if n.par), *(p.shown for p in item.more)]
        )
        if whole.strip() != draft.said["statement"]:
            draft.kept[ORIGINAL] = whole.strip()
        self._from_above(
            draft,
            list(([item.node] if item.par is not item.node.par else []) + list(item.node.above())),
        )
        return draft

    @staticmethod
    def _take(draft: Draft, pieces: Pieces) -> None:
        for code, words in pieces.said.items():
            draft.put(code, words, pieces.assumed.get(code, ""))

    def _continue(self, draft: Draft, par: Par, statement: list[str]) -> None:
        """An unnumbered paragraph below a problem: its fields, and what is left of its words."""
        code, _ = plain.label_in(par.text)
        pieces = take_apart(par.text, self.kinds, frozenset())
        self._take(draft, pieces)
        if code and code in pieces.said:
            return
        statement.append(pieces.statement)
        draft.remarks.append(("statement", f"第 {par.no} 段", f"第 {par.no} 段没有编号，接在这一条后面"))

    def of_row(self, row: TableRow, table: ListTable, name: str, owner: Node) -> Draft:
        draft = Draft(f"{name}（之 {row.piece}）" if row.piece > 1 else name, row.no, row.piece)
        for code, (words, why) in row.said.items():
            draft.put(code, words.rstrip("；;，,、 ") if code == "statement" else words, why)
        draft.kept.update(row.kept)
        words = draft.said.get("statement", "")
        inner = take_apart(words, self.kinds, self.units)
        if inner.statement.strip() and inner.said:
            draft.said["statement"] = inner.statement
            self._take(draft, inner)
            if inner.statement.strip("。 ") != words.strip("。 "):
                draft.kept[ORIGINAL] = words
        if row.piece:
            draft.remarks.append(("statement", words[:60], "一格里写了几条，按编号分开，其余各列各条相同"))
        if row.section:
            if unit := unit_of_heading(
                re.sub(r"^[（(]?[一二三四五六七八九十]+[)）]?[、.．]?", "", row.section)
            ):
                draft.put("unit", unit)
            else:
                draft.put(
                    "category",
                    class_of_heading(
                        re.sub(r"^[（(]?[一二三四五六七八九十]+[)）]?[、.．]?", "", row.section)
                    ),
                )
        for code, text in table.context.items():
            draft.put(code, text)
        if table.assumed_header:
            draft.remarks.append(("statement", "", "表格没有表头，按内容认的列，请核对"))
        self._from_above(draft, [node for node in (owner, *owner.above()) if node.par is not None])
        return draft

    def _from_above(self, draft: Draft, chain: list[Node]) -> None:
        """The nearest heading wins; what the whole notice says comes last."""
        own = draft.said.get("unit", "")
        for node in chain:
            for code, (words, why) in said_by(node).items():
                if code == "unit" and own and not draft.parent_unit:
                    draft.parent_unit = words
                draft.put(code, words, why)
            code, name = kind_of(node)
            if code and len(name) <= 24:
                draft.put(code, name)
        draft.headings = tuple(node.par.no for node in chain if node.par)
        if chain:
            titles = [node.par.shown.strip().rstrip("：:")[:60] for node in reversed(chain) if node.par]
            draft.kept[HEADING] = " / ".join(titles)
        self._from_notice(draft)

    def _from_notice(self, draft: Draft) -> None:
        facts = self.facts
        for code in (
            "unit",
            "found_at",
            "found_by",
            "found_unit",
            "place",
            "project",
            "leader",
            "supervise_unit",
            "person",
        ):
            draft.put(code, facts.said.get(code, ("", 0))[0])
        if "unit" not in draft.said and len(facts.to) == 1:
            draft.put("unit", facts.to[0], f"没有写责任单位，取主送单位“{facts.to[0]}”")
        checked, at = facts.checked
        if checked and "unit" not in draft.said:
            draft.put("unit", checked, f"没有写责任单位，取第 {at} 段写的被检查单位“{checked}”")
        if "unit" not in draft.said and (front := front_unit(draft.said.get("statement", ""))):
            draft.put("unit", front, f"没有写责任单位，取句首的“{front}”")
            draft.front = front
        if "unit" not in draft.said and (front := front_unit(draft.said.get("place", "") + "内")):
            draft.put("unit", front, f"没有写责任单位，取地点里的“{front}”")
            draft.front = front
        words, no = facts.due
        if words and "timing" not in draft.said:
            draft.put("due", words, f"这一条没有写期限，取第 {no} 段统一要求的“{words}”")
        draft.put("source_name", facts.title[:100])
        if facts.number:
            draft.kept[NUMBER] = facts.number


def due_by_number(drafts: list[Draft], judged: Judged) -> None:
    """`第1、2项于11月10日前整改完毕` sets the deadline of numbers 1 and 2, where each is the number of one problem."""
    for aside in judged.asides:
        for match in _BY_NUMBER.finditer(half_width(aside.par.text)):
            rest = re.split(r"[；;。]", aside.par.text[match.end() :])[0]
            due = next((words for part in re.split(r"[，,]", rest) if (words := due_in(part))), "")
            for number in _numbers_in(match.group(1)) if due else ():
                mine = [d for d in drafts if d.said.get("seq_no") == str(number)]
                if len(mine) == 1 and ("due" not in mine[0].said or "due" in mine[0].assumed):
                    mine[0].said["due"] = due
                    mine[0].assumed["due"] = f"第 {aside.par.no} 段写着“{aside.par.text[:30]}”"


def _numbers_in(words: str) -> list[int]:
    found: list[int] = []
    for first, last in re.findall(r"(\d{1,3})(?:\s*[-~至到]\s*第?(\d{1,3}))?", words):
        found.extend(range(int(first), min(int(last or first), int(first) + 200) + 1))
    return found


def front_unit(statement: str) -> str:
    """`烧结厂皮带廊积灰严重` → 烧结厂: only names that cannot be anything else."""
    match = _FRONT.match(statement)
    return match.group("n") if match and not _NO_FRONT.match(match.group("n")) else ""


def already_done(drafts: list[Draft], judged: Judged) -> None:
    """`第3条已当场整改` in a closing note belongs to number 3; only where there is one such number."""
    for aside in judged.asides:
        for match in _ALREADY.finditer(aside.par.text):
            mine = [d for d in drafts if d.said.get("seq_no") == match.group(1)]
            if len(mine) == 1:
                mine[0].put("progress_text", match.group(2), f"第 {aside.par.no} 段写着“{match.group()}”")


def without_doubles(drafts: list[Draft], stated: list[int]) -> tuple[list[Draft], list[Draft]]:
    """(problems, repetitions): a table at the end often lists the numbered problems once more."""
    first: dict[str, Draft] = {}
    kept: list[Draft] = []
    again: list[Draft] = []
    text = [d for d in drafts if not d.sheet.startswith("表")]
    listed = [d for d in drafts if d.sheet.startswith("表")]
    same_lists = bool(text) and len(text) == len(listed) and len(text) in stated
    for draft in drafts:
        key = re.sub(r"\W", "", fold(draft.said.get("statement", "")))
        other = first.get(key) if len(key) >= 6 else None
        if other is None and same_lists and draft in listed:
            other = _like(draft, text)
        if other is None or other.sheet == draft.sheet or _differ(other, draft):
            first.setdefault(key, draft)
            kept.append(draft)
            continue
        for code, words in draft.said.items():
            other.put(code, words, f"取{draft.sheet}里同一个问题写的“{words[:20]}”")
            if code in other.assumed and code not in draft.assumed and other.said.get(code) != words:
                other.said[code] = words
                other.assumed[code] = f"取{draft.sheet}里同一个问题写的“{words[:20]}”"
        again.append(draft)
    return kept, again


def _differ(one: Draft, other: Draft) -> bool:
    a, b = one.said.get("unit", ""), other.said.get("unit", "")
    return bool(a and b and fold(a) != fold(b))


def _like(draft: Draft, text: list[Draft]) -> Draft | None:
    words = draft.said.get("statement", "")
    mine = [d for d in text if d.said.get("seq_no") == draft.said.get("seq_no")] or text
    best = max(mine, key=lambda d: similarity(words, d.said.get("statement", "")))
    return best if similarity(words, best.said.get("statement", "")) >= _ALIKE else None


def evidence_of(node: Node, tables: dict[int, ListTable]) -> list[Table]:
    return [table for table in node.tables if id(table) not in tables]
