"""What is said about a notice: every paragraph with what it was taken for, the totals, and sentences for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bihuan.areas.ledgers.reading.draft import Row

from . import plain
from .blocks import TABLE, Paper, Par, Table
from .facts import Facts
from .judge import Judged
from .rows import Draft
from .tables import ListTable
from .totals import Claim
from .tree import Node, Tree

MOST_LINES, MOST_WORDS = 3000, 1200
"""What the page of one notice shows: more than any notice has."""
_SAID = (plain.DEMAND, plain.PRAISE, "about", plain.NOTE, plain.TEXT, plain.VAGUE, "evidence", plain.TOLD)


@dataclass
class Report:
    paper: Paper
    tree: Tree
    judged: Judged
    facts: Facts
    claims: list[Claim]
    lists: dict[int, ListTable]
    owners: dict[int, Node]
    drafts: list[Draft]
    again: list[Draft]

    def places(self) -> list[str]:
        return list(dict.fromkeys(par.place for par in self.paper.pars()))

    def listed_numbers(self) -> frozenset[int]:
        """Numbers of problems in tables."""
        mine = (draft.said.get("seq_no", "") for draft in self.drafts if draft.sheet.startswith(TABLE))
        return frozenset(int(number) for number in mine if number.isdecimal() and len(number) < 5)

    def lines(self, rows: list[Row]) -> list[dict[str, Any]]:
        """Every paragraph in order: {no, piece, place, text, kind, label, reason, row}. `row` counts rows from 1;
        `listed` marks rows of a table, which cannot be turned into something else.
        """
        kinds = self._kinds()
        order = {(draft.sheet, draft.no): at for at, draft in enumerate(self.drafts, 1)}
        folded = {id(n.par): item for item in self.judged.items for n in item.folded}
        after = {id(par): item for item in self.judged.items for par in item.more}
        listed = self._listed()
        lines: list[dict[str, Any]] = []
        for par in self._pieces():
            item = folded.get(id(par)) or after.get(id(par))
            kind, at = kinds.get(id(par), ""), 0
            if id(par) in listed:
                if (line := listed[id(par)]) is not None:
                    lines.append(line)
                continue
            if item is not None:
                kind, at = plain.MORE, order.get((item.par.sheet, item.par.no), 0)
            elif not kind and (par.sheet, par.no) in order:
                kind, at = "problem", order[(par.sheet, par.no)]
            lines.append(self._line(par, kind or plain.TEXT, par.shown, at))
        return lines[:MOST_LINES]

    def _kinds(self) -> dict[int, str]:
        kinds = {id(aside.par): aside.kind for aside in self.judged.asides}
        kinds |= {id(draft): "double" for draft in self.again}
        return kinds

    def _pieces(self) -> Iterator[Par]:
        """Paragraphs as they were cut, in reading order; what was not cut or not read stays as it stands."""
        seen: dict[int, list[Par]] = defaultdict(list)
        nodes = [node.par for node in self.tree.nodes() if node.par is not None]
        others = [aside.par for aside in self.judged.asides]
        more = [par for item in self.judged.items for par in (item.par, *item.more)]
        for par in [*nodes, *others, *more]:
            if all(par is not known for known in seen[par.no]):
                seen[par.no].append(par)
        for par in self.paper.pars():
            yield from sorted(seen.get(par.no, [par]), key=lambda p: p.piece)

    def _listed(self) -> dict[int, dict[str, Any] | None]:
        """Lines of tables: one per row, at the place of its first paragraph; the other cells have none."""
        found: dict[int, dict[str, Any] | None] = {}
        order = {(draft.sheet, draft.no): at for at, draft in enumerate(self.drafts, 1)}
        again = {(draft.sheet, draft.no) for draft in self.again}
        for table in self._tables():
            for cells in table.rows:
                pars = [par for cell in cells for par in cell.pars()]
                if not pars:
                    continue
                text = "　".join(cell.text.replace("\n", " ") for cell in cells if cell.pars())
                at = next((order[key] for par in pars if (key := (table.name, par.no)) in order), 0)
                kind = (
                    "problem"
                    if at
                    else "double"
                    if (table.name, pars[0].no) in again
                    else self._of_table(table)
                )
                if kind == plain.HEADING and any(
                    line and line["row"] and line["place"] == table.name for line in found.values()
                ):
                    kind = plain.NOTE
                for par in pars:
                    found[id(par)] = None
                found[id(pars[0])] = {**self._line(pars[0], kind, text, at), "listed": True}
        return found

    def _of_table(self, table: Table) -> str:
        return plain.HEADING if id(table) in self.lists else "evidence"

    def _tables(self) -> list[Table]:
        return [table for node in (self.tree.root, *self.tree.nodes()) for table in node.tables]

    @staticmethod
    def _line(par: Par, kind: str, text: str, at: int) -> dict[str, Any]:
        return {
            "no": par.no, "piece": par.piece, "place": par.place, "text": text[:MOST_WORDS], "kind": kind,
            "label": plain.LABELS.get(kind, ""), "reason": "" if at else plain.REASONS.get(kind, ""), "row": at,
        }  # fmt: skip

    def notes(self) -> list[str]:
        """Which paragraphs were left out and why, the day deadlines count from, what the notice asks of all."""
        said: list[str] = []
        if self.facts.day:
            day = self.facts.day
            said.append(f"期限从 {day.year}年{day.month}月{day.day}日 算起：{self.facts.day_why}")
        if self.facts.period[0]:
            words, no = self.facts.period
            said.append(f"发现日期取第 {no} 段写的检查时间“{words}”的第一天")
        if self.facts.due[0]:
            said.append(f"没有写期限的，取第 {self.facts.due[1]} 段统一要求的“{self.facts.due[0]}”")
        by_kind: dict[str, list[Par]] = defaultdict(list)
        for aside in self.judged.asides:
            by_kind[aside.kind].append(aside.par)
        for kind in _SAID:
            if pars := sorted(by_kind.get(kind, []), key=lambda p: p.no):
                numbers = "、".join(dict.fromkeys(str(par.no) for par in pars[:12])) + (
                    "等" if len(pars) > 12 else ""
                )
                said.append(
                    f"第 {numbers} 段没有当作问题（{plain.LABELS[kind]}）：{plain.REASONS[kind]}；如“{pars[0].shown.strip()[:30]}”"
                )
        said += [
            f"{table.name}没有当作问题：{plain.REASONS['evidence']}"
            for table in self._tables()
            if id(table) not in self.lists
        ]
        said += [f"{draft.sheet}第 {draft.no} 段和前面是同一个问题，只读一次" for draft in self.again]
        return said

    def nothing(self) -> str:
        """The sentence for a document without problems: what stands there instead."""
        counts: dict[str, int] = defaultdict(int)
        for aside in self.judged.asides:
            counts[plain.LABELS.get(aside.kind, plain.LABELS[plain.TEXT])] += 1
        if not self.paper.pars():
            images = f"，只有 {self.paper.images} 张图片（像是扫描件）" if self.paper.images else ""
            return f"文档里没有文字{images}，没有读到问题；请传能选中文字的 .docx。"
        tables = sum(1 for _ in self._tables())
        instead = "、".join(f"{label} {count} 段" for label, count in counts.items())
        if tables:
            instead = "、".join(part for part in (instead, f"不是问题清单的表 {tables} 个") if part)
        return f"没有读到编号的问题，读到的是：{instead or f'{len(self.paper.pars())} 段文字'}；确认传的是通报、反馈一类的文件，问题前面要有编号（一、1.（1）①）或列成表。"

    def as_json(self, rows: list[Row]) -> dict[str, Any]:
        return {
            "title": self.facts.title,
            "facts": self.facts.as_json(),
            "totals": [claim.as_json() for claim in self.claims],
            "paragraphs": self.lines(rows),
        }
