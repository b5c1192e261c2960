"""The words of one paragraph: insertions kept, deletions dropped, field codes skipped, text boxes set aside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from .numbering import w
from .package import W
from .styles import Styles, is_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SIGNS = {
    "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t",
}  # fmt: skip
_TICKS = {
    "F0FC": "√",
    "F0FE": "☑",
    "F052": "☑",
    "F0FB": "×",
    "F06C": "●",
    "F06E": "■",
    "F0A3": "□",
    "F0A8": "□",
}
"""Wingdings signs people put into forms; others are ornaments."""
_ASIDE = frozenset(
    w(name)
    for name in (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "rPr",
        "pPr",
        "sdtPr",
        "rubyPr",
        "rt",
        "delInstrText",
    )
)
_COUNTED = {
    w("footnoteReference"): "footnotes",
    w("endnoteReference"): "footnotes",
    w("ins"): "inserted",
    w("moveTo"): "inserted",
    w("del"): "deleted",
    w("moveFrom"): "deleted",
    w("altChunk"): "chunks",
}
_PICTURES = frozenset(("blip", "imagedata", "chart", "relIds"))


@dataclass
class Inline:
    """Reads runs. `fields` is the stack of open fields, kept over paragraphs because a field may span several:
    True while its code stands there, False once its result does.
    """

    styles: Styles
    fields: list[bool] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def read(self, element: etree._Element) -> tuple[str, list[etree._Element]]:
        """(words of a paragraph, contents of its text boxes)."""
        words: list[str] = []
        boxes: list[etree._Element] = []
        self._walk(element, words, boxes)
        return "".join(words), boxes

    def _walk(self, element: etree._Element, words: list[str], boxes: list[etree._Element]) -> None:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            if tag in _COUNTED:
                self._count(child, _COUNTED[tag])
            if tag in _ASIDE:
                continue
            if tag == w("txbxContent"):
                boxes.append(child)
            elif tag == w("r") and self._is_hidden(child):
                self.counts["hidden"] += 1
            elif tag == _MC + "AlternateContent":
                self._walk(_chosen(child), words, boxes)
            elif not self._leaf(child, words):
                self._walk(child, words, boxes)

    def _leaf(self, element: etree._Element, words: list[str]) -> bool:
        """Words and signs; False for what has further parts inside."""
        tag, name = element.tag, etree.QName(element).localname
        if tag == w("t") or tag == _MATH:
            if not any(self.fields):
                words.append(element.text or "")
        elif tag == w("fldChar"):
            self._field(str(element.get(w("fldCharType"), "")))
        elif tag == w("sym"):
            words.append(_TICKS.get(str(element.get(w("char"), "")).upper(), ""))
        elif tag.startswith(f"{{{W}}}") and name in _SIGNS:
            words.append(_SIGNS[name])
        else:
            if name in _PICTURES:
                self.counts["pictures"] += 1
            return False
        return True

    def _count(self, element: etree._Element, what: str) -> None:
        """A tracked change counts when it holds something a reader would see."""
        if what in ("inserted", "deleted"):
            said = element.iter(w("t"), w("delText"))
            if not any((text.text or "").strip() for text in said):
                return
        self.counts[what] += 1

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _is_hidden(self, run: etree._Element) -> bool:
        """Text that is set hidden is on nobody's paper."""
        props = run.find(w("rPr"))
        own = is_on(props, "vanish")
        if own is None and props is not None and (style := props.find(w("rStyle"))) is not None:
            own = self.styles.hidden(str(style.get(w("val"), "")))
        return bool(own) and any((t.text or "").strip() for t in run.iter(w("t")))


def _chosen(alternate: etree._Element) -> etree._Element:
    """One of the two ways a newer drawing is stored: both hold the same words, so only one may be read."""
    choice, fallback = alternate.find(_MC + "Choice"), alternate.find(_MC + "Fallback")
    if choice is None:
        return fallback if fallback is not None else alternate.makeelement("none", {}, None)
    if fallback is not None and not _holds_words(choice) and _holds_words(fallback):
        return fallback
    return choice


def _holds_words(element: etree._Element) -> bool:
    return any((t.text or "").strip() for t in element.iter(w("t")))
