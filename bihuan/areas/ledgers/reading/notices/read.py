"""A Word notice from bytes to rows with verdicts: the one entrance of this folder.

Bytes → parts → paragraphs and tables → a tree by the numbers → which leaves are problems → drafts → rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bihuan.areas.ledgers.reading.draft import Row
from bihuan.areas.ledgers.reading.match import Directory
from bihuan.areas.ledgers.reading.result import Reading, SheetReading
from bihuan.kernel.refused import Invalid

from . import plain
from .assemble import Assembler, already_done, due_by_number, without_doubles
from .blocks import Block, Par, Table
from .facts import Facts, gather
from .forms import is_form, open_form
from .judge import Judged, fold_to, judge, kind_above
from .marks import BULLET
from .package import open_package
from .report import Report
from .resolve import NoticeMatcher
from .rows import Draft, build, columns_of
from .split import split
from .tables import ListTable, list_of
from .totals import Claim, Counted, claims_in, compare, count_of_heading, gaps, kinds_of, sentences
from .tree import Node, Tree, grow
from .walk import walk
from .words import ABOUT, DEMAND, PRAISE, bare, section_of


@dataclass
class Asked:
    """What a person corrected: `paragraphs` (address → problem | not | more), cells and rows left out."""

    paragraphs: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, int, int], str] = field(default_factory=dict)
    skip: frozenset[tuple[str, int]] = frozenset()


@dataclass
class _Flat:
    """The document in one row, tables sorted out: lists stay, forms are opened, figures stay as they are."""

    blocks: list[Block] = field(default_factory=list)
    lists: dict[int, ListTable] = field(default_factory=dict)
    facts: dict[str, tuple[str, int]] = field(default_factory=dict)


def read_notice(
    data: bytes, filename: str, *, base: date, directory: Directory | None, asked: Asked | None = None
) -> Reading:
    """`base` is today: years left out are understood from the notice's own day, and from it where it has none."""
    asked = asked or Asked()
    try:
        paper = walk(open_package(data))
    except (Invalid, RecursionError) as error:
        why = (
            error
            if isinstance(error, Invalid)
            else Invalid("文档一层套一层，太深了，读不出来", "把正文复制到一个新建的文档里再传")
        )
        return Reading(filename=filename, kind="docx", refused=f"{why.reason}；{why.todo}。")
    flat = _flatten(paper.blocks, _Flat())
    tree = grow(flat.blocks, asked.paragraphs)
    judged = judge(tree, asked.paragraphs)
    own = {id(aside.par) for aside in tree.asides}
    demands = [a.par for a in judged.asides if a.kind == plain.DEMAND and id(a.par) not in own]
    facts = gather(tree, flat.facts, base, demands)
    claims = _claims(tree, judged)
    owners = _owners(tree, flat)
    drafts, again = _drafts(tree, facts, claims, judged, flat, owners)
    compare(claims, [_counted(draft, tree) for draft in drafts])
    day = facts.day or base
    rows = [build(draft, asked.cells, day) for draft in drafts]
    _match(rows, directory, asked)
    report = Report(paper, tree, judged, facts, claims, flat.lists, owners, drafts, again)
    return _reading(filename, rows, report)


def _flatten(blocks: list[Block], flat: _Flat) -> _Flat:
    last: ListTable | None = None
    for block in blocks:
        if isinstance(block, Par):
            flat.blocks.extend(split(block))
            continue
        found = list_of(block, last)
        if found is not None:
            flat.lists[id(block)] = last = found
            if day := found.context.get("found_at", ""):
                flat.facts.setdefault("found_at", (day, block.no))
            flat.blocks.append(block)
        elif is_form(block) or _holds_one_cell(block):
            form = open_form(block)
            for code, said in form.facts.items():
                flat.facts.setdefault(code, said)
            _flatten(form.blocks, flat)
        else:
            flat.blocks.append(block)
    return flat


def _holds_one_cell(table: Table) -> bool:
    """A frame drawn as a table of one column: its cells are text."""
    return all(sum(1 for cell in row if cell.pars()) <= 1 for row in table.rows)


def _owners(tree: Tree, flat: _Flat) -> dict[int, Node]:
    """Which paragraph each table stands below."""
    return {id(table): node for node in (tree.root, *tree.nodes()) for table in node.tables}


def _claims(tree: Tree, judged: Judged) -> list[Claim]:
    """Totals in what is no problem; those below a heading that is not the only one hold for its section."""
    claims: list[Claim] = []
    sections = {id(par): node for node in tree.nodes() for par in (*node.more, *node.facts)}
    tops = [node for node in tree.root.children if kind_of_section(node) not in (DEMAND, PRAISE, ABOUT)]
    for aside in judged.asides:
        if aside.kind in (plain.TITLE, plain.NUMBER, plain.TO, plain.COPY, plain.CONTENTS):
            continue
        for claim in claims_in(aside.par.text, aside.par.no):
            node = sections.get(id(aside.par))
            if node is not None and node.par is not None and len(tops) > 1 and not section_of(node.text):
                claim.section, claim.scope = node.par.no, bare(node.text)
            claims.append(claim)
    headings = [node for node in tree.nodes() if node.par is not None and node.children]
    claims += [c for node in headings if node.par and (c := count_of_heading(node.text, node.par.no))]
    known: set[tuple[int, int]] = set()
    return [c for c in claims if (key := (c.section, c.stated)) not in known and not known.add(key)]  # type: ignore[func-returns-value]


def kind_of_section(node: Node) -> str:
    return section_of(node.text) or kind_above(node)


def _drafts(
    tree: Tree, facts: Facts, claims: list[Claim], judged: Judged, flat: _Flat, owners: dict[int, Node]
) -> tuple[list[Draft], list[Draft]]:
    assembler = Assembler(tree, facts, kinds_of(claims))
    listed: list[Draft] = []
    for block in flat.blocks:
        table = flat.lists.get(id(block))
        if isinstance(block, Table) and table is not None:
            owner = _heading_of(owners[id(block)], judged)
            if kind_of_section(owner) in (DEMAND, PRAISE, ABOUT) and owner.par is not None and judged.items:
                del flat.lists[id(block)]
                continue
            listed += [assembler.of_row(row, table, block.name, owner) for row in table.rows]
    stated = [claim.stated for claim in claims if not claim.section]
    for total in stated[:1]:
        if fold_to(judged, total - len(listed)) == 0 and listed:
            fold_to(judged, total)
    for item in judged.items:
        item.tables = [table for table in item.tables if id(table) not in flat.lists]
    drafts = [*(assembler.of_item(item) for item in judged.items), *listed]
    drafts.sort(key=lambda draft: (draft.no, draft.piece))
    drafts, again = without_doubles(drafts, stated)
    already_done(drafts, judged)
    due_by_number(drafts, judged)
    return drafts, again


def _heading_of(owner: Node, judged: Judged) -> Node:
    """A list below a problem is not that problem's: it stands under the same heading."""
    mine = {id(item.node) for item in judged.items}
    return owner.parent if id(owner) in mine and owner.parent is not None else owner


def _counted(draft: Draft, tree: Tree) -> Counted:
    """Every word this problem could be counted under."""
    titles = [node.text for node in tree.nodes() if node.par is not None and node.par.no in draft.headings]
    own = [draft.said.get(code, "") for code in ("category", "unit", "grade", "check_item", "place")]
    return Counted(
        tuple(
            word
            for word in [*own, draft.parent_unit, *titles, *draft.kept.values()][: 6 + len(titles)]
            if word
        ),
        draft.headings,
    )


def _match(rows: list[Row], directory: Directory | None, asked: Asked) -> None:
    matcher = NoticeMatcher(directory) if directory is not None else None
    for row in rows:
        if matcher is not None:
            matcher.match(row)
        for code in ("parent_unit", "front_unit"):
            row.values.pop(code, None)
        if (row.sheet, row.source_row) in asked.skip:
            row.skipped = "按人工决定跳过"


def _numbers(tree: Tree, judged: Judged, elsewhere: frozenset[int]) -> list[str]:
    """Gaps in the numbers, list by list. A list may count on through several headings; with 1 another begins."""
    leaves = {id(item.node) for item in judged.items if item.par is item.node.par}
    lists: dict[str, list[list[tuple[int, int]]]] = {}
    for node in tree.nodes():
        head, par = node.head, node.par
        counts = id(node) in leaves or any(id(below) in leaves for below in node.walk())
        if head is None or par is None or head.look == BULLET or not head.number or not counts:
            continue
        mine = lists.setdefault(head.look, [])
        if not mine or head.number == 1 or head.number < mine[-1][-1][0]:
            mine.append([])
        mine[-1].append((head.number, par.no))
    return [sentence for mine in lists.values() for numbers in mine for sentence in gaps(numbers, elsewhere)]


def _reading(filename: str, rows: list[Row], report: Report) -> Reading:
    reading = Reading(filename=filename, kind="docx", rows=rows, columns=columns_of(rows))
    reading.notes = [
        *sentences(report.claims),
        *_numbers(report.tree, report.judged, report.listed_numbers()),
        *report.notes(),
    ]
    reading.notes.extend(report.paper.said)
    if not rows:
        reading.refused = report.nothing()
        reading.columns = []
    for column in reading.columns:
        texts = [row.cells.get(f"{column.index} {column.header}", "") for row in rows]
        reading.samples[column.index] = list(dict.fromkeys(text for text in texts if text))[:3]
    reading.sheets = [
        SheetReading(
            name=place, used=any(row.sheet == place for row in rows), data_rows=sum(1 for row in rows if row.sheet == place),
            why=f"{sum(1 for row in rows if row.sheet == place)} 条问题", title=report.facts.title,
            first_data_row=min((row.source_row for row in rows if row.sheet == place), default=0),
            last_data_row=max((row.source_row for row in rows if row.sheet == place), default=0),
            images=report.paper.images if at == 0 else 0,
        )
        for at, place in enumerate(dict.fromkeys([*(row.sheet for row in rows), *report.places()]))
    ]  # fmt: skip
    reading.extra = report.as_json(rows)
    return reading
