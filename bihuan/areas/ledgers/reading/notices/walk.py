"""Package → Paper: every paragraph and table in reading order, numbers resolved, changes accepted."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from .blocks import BODY, BOX, TABLE, Block, Cell, Paper, Par, Table
from .inline import Inline
from .numbering import Lists, Mark, val, w
from .package import Package
from .styles import Styles, is_on, list_in, outline_in

_THROUGH = frozenset(
    w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
)
_DEEPEST = 20
"""Tables within tables: more levels than any form has, few enough for the stack."""


@dataclass
class _Walker:
    styles: Styles
    lists: Lists
    boxed: Lists
    inline: Inline
    count: int = 0
    tables: int = 0
    boxes: int = 0
    open_text: str = ""
    said: list[str] = field(default_factory=list)

    def blocks(self, parent: etree._Element, place: str, depth: int = 0) -> list[Block]:
        found: list[Block] = []
        for child in parent:
            if child.tag == w("p"):
                found.extend(self._paragraph(child, place, depth))
            elif child.tag == w("tbl") and depth < _DEEPEST:
                found.extend(self._table(child, depth))
            elif child.tag in _THROUGH:
                found.extend(self.blocks(child, place, depth))
            elif child.tag == w("altChunk"):
                self.inline.counts["chunks"] += 1
        return found

    def _paragraph(self, element: etree._Element, place: str, depth: int) -> list[Block]:
        props = element.find(w("pPr"))
        words, boxes = self.inline.read(element)
        text, self.open_text = self.open_text + words, ""
        if _mark_is_deleted(props):
            self.open_text = text
            return self._boxes(boxes, depth)
        text = text.strip("\n\r\v \t\u3000\xa0\ufeff\u200b") if text.strip() else ""
        style = val(props, "pStyle") or self.styles.default
        mark = self._mark(props, style, bool(text), place)
        found: list[Block] = []
        if text.strip("\u200b\ufeff \u3000"):
            self.count += 1
            align = val(props, "jc")
            found.append(
                Par(
                    no=self.count,
                    text=text,
                    place=place,
                    mark=mark,
                    style=self.styles.name(style),
                    outline=max(
                        outline_in(props), self.styles.outline(style) if outline_in(props) < 0 else -1
                    ),
                    centered=align == "center" if align else self.styles.centered(style),
                    bold=self._is_bold(element, style),
                )
            )
        return found + self._boxes(boxes, depth)

    def _boxes(self, boxes: list[etree._Element], depth: int) -> list[Block]:
        found: list[Block] = []
        for box in boxes if depth < _DEEPEST else ():
            self.boxes += 1
            found.extend(self.blocks(box, f"{BOX}{self.boxes}", depth + 1))
        return found

    def _mark(self, props: etree._Element | None, style: str, filled: bool, place: str) -> Mark | None:
        """Empty list paragraphs are counted too: Word numbers them."""
        num, depth = list_in(props)
        if not num:
            num, by_style, said_by = self.styles.list_of(style)
            if depth < 0:
                depth = by_style
            if num and depth < 0:
                depth = self.lists.depth_of_style(num, said_by)
        if not num or num == "0":
            return None
        lists = self.boxed if place.startswith(BOX) else self.lists
        return lists.mark(num, max(depth, 0))

    def _is_bold(self, element: etree._Element, style: str) -> bool:
        runs = [run for run in element.iter(w("r")) if any((t.text or "").strip() for t in run.iter(w("t")))]
        own = [is_on(run.find(w("rPr")), "b") for run in runs]
        by_style = self.styles.bold(style)
        return bool(own) and all(by_style if bold is None else bold for bold in own)

    def _table(self, element: etree._Element, depth: int) -> list[Block]:
        self.tables += 1
        table = Table(f"{TABLE}{self.tables}", [], [])
        for row in _children(element, "tr"):
            props = row.find(w("trPr"))
            if props is not None and props.find(w("del")) is not None:
                self.inline.counts["deleted"] += 1
                continue
            if props is not None and props.find(w("ins")) is not None:
                self.inline.counts["inserted"] += 1
            table.rows.append([self._cell(cell, table.name, depth) for cell in _children(row, "tc")])
            before = val(props, "gridBefore")
            table.before.append(int(before) if before.isdigit() else 0)
        return [table] if table.pars() else []

    def _cell(self, element: etree._Element, place: str, depth: int) -> Cell:
        props = element.find(w("tcPr"))
        wide = val(props, "gridSpan")
        merge = props.find(w("vMerge")) if props is not None else None
        kind = "" if merge is None else "start" if merge.get(w("val")) == "restart" else "more"
        removed = props is not None and props.find(w("cellDel")) is not None
        blocks = [] if removed else self.blocks(element, place, depth + 1)
        return Cell(blocks, min(int(wide), 63) if wide.isdigit() and int(wide) else 1, kind)


def _children(parent: etree._Element, name: str) -> list[etree._Element]:
    """Rows and cells, also those wrapped in content controls."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag == w(name):
            found.append(child)
        elif child.tag in _THROUGH:
            found.extend(_children(child, name))
    return found


def _mark_is_deleted(props: etree._Element | None) -> bool:
    """A deleted paragraph mark joins the paragraph with the next."""
    letters = props.find(w("rPr")) if props is not None else None
    return letters is not None and (
        letters.find(w("del")) is not None or letters.find(w("moveFrom")) is not None
    )


def walk(package: Package) -> Paper:
    styles = Styles.of(package.styles)
    lists, boxed = (Lists.of(package.numbering, styles.lists) for _ in range(2))
    walker = _Walker(styles, lists, boxed, Inline(styles))
    body = package.document.find(w("body"))
    blocks = walker.blocks(body, BODY) if body is not None else []
    if walker.open_text.strip():
        walker.count += 1
        blocks.append(Par(walker.count, walker.open_text.strip()))
    images = max(walker.inline.counts["pictures"], 0)
    return Paper(blocks, _said(walker, package), images)


def _said(walker: _Walker, package: Package) -> list[str]:
    """What a reader of the paper would ask about, in sentences."""
    counts, said = walker.inline.counts, []
    if counts["inserted"] or counts["deleted"]:
        parts = [
            f"插入 {counts['inserted']} 处按已接受读入" if counts["inserted"] else "",
            f"删除 {counts['deleted']} 处没有读" if counts["deleted"] else "",
        ]
        said.append(f"文档带着修订：{'，'.join(part for part in parts if part)}；以定稿为准，请核对")
    names = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
    aside = dict.fromkeys(
        word for name, part in package.aside.items() for key, word in names.items()
        if name.startswith(key) and _words_of(part)
    )  # fmt: skip
    if aside:
        said.append(f"{'、'.join(aside)}里的文字没有当作正文读")
    if counts["pictures"]:
        said.append(f"文档里有 {counts['pictures']} 张图片，没有读取，请到问题页补传")
    if counts["hidden"]:
        said.append(f"有 {counts['hidden']} 处文字设成了隐藏，纸面上看不到，没有读")
    if counts["chunks"]:
        said.append("文档里嵌着另一份文件，那一份没有读，请单独上传")
    return said


def _words_of(part: etree._Element) -> str:
    return "".join(t.text or "" for t in part.iter(w("t"))).strip(" -—0123456789第页共/")
