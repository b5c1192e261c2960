"""Stated totals against what was read: in all, by kind, by section, and gaps in the numbers themselves."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bihuan.kernel.text import fold, half_width

from .numerals import value_of

_N = r"(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,5})"
_OF = "[个项条处起件](?!单位|部门|厂|车间|班组|专业|方面|类|月|工作日|小时)"
_BAD = "(?:问题|隐患|不符合|缺陷|不足|违章)"
_TOTAL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:共|合计|总计|累计|一共|发现|查出|排查出?|检查出|查找出?|反馈|通报|指出|梳理出?|提出|存在)[^，,。；;:\d]{{0,14}}?{_BAD}[^，,。；;:\d]{{0,6}}?(?:共计|合计|共有|共)?\s*{_N}\s*{_OF}",
        rf"(?:共|合计|总计|累计|一共|发现|查出|排查出?|检查出|查找出?|反馈|通报|指出|梳理出?|提出|存在|以上|上述|下列|以下)[^，,。；;:\d]{{0,10}}?{_N}\s*{_OF}[^，,。；;\d]{{0,10}}?{_BAD}",
        rf"{_BAD}[^，,。；;\d]{{0,6}}?(?:共计?|合计|总计|[(])\s*(?:共|计)?\s*{_N}\s*{_OF}",
        rf"^\s*[(]?(?:以上|上述)[^，,。；;:\d]{{0,4}}?(?:共计?|合计|总计|总共)\s*[:：]?\s*{_N}\s*{_OF}",
    )
)
_BEFORE = re.compile(r"上[次期月轮周年]|去年|往年|前期|历次|以往|上季度|已(?:完成)?整改|整改完成|销号|其中")
_PART = re.compile(rf"(?P<k>[\u4e00-\u9fffA-Za-z“”\"]{{2,16}}?)\s*(?:共|有|为|各|[:：])?\s*{_N}\s*{_OF}")
_TRIM = re.compile(r"^(?:其中|包括|涉及|分别为|分别是|按|属于|属|及|和|、)+|[“”\"]|(?:存在|共|的)+$")
_STATES = re.compile(r"整改|完成|销号|立行|限期|到期|逾期|扣|考核")


@dataclass
class Part:
    """One kind of a split. `read` is None where the rows do not say their kind."""

    kind: str
    stated: int
    read: int | None = None


@dataclass
class Claim:
    """One stated total. `section` is the paragraph of the heading it holds for, `scope` that heading's words."""

    words: str
    no: int
    stated: int
    read: int = 0
    scope: str = ""
    section: int = 0
    parts: list[Part] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it: kinds that only some problems state can only be exceeded."""
        known = sum(part.read or 0 for part in self.parts)
        whole = known >= self.read
        added = not self.parts or sum(part.stated for part in self.parts) == self.stated
        return (
            self.stated == self.read
            and added
            and all(
                p.read is None or p.read == p.stated or (not whole and p.read < p.stated) for p in self.parts
            )
        )

    def as_json(self) -> dict[str, object]:
        return {
            "words": self.words, "paragraph": self.no, "scope": self.scope, "stated": self.stated, "read": self.read,
            "ok": self.holds,
            "parts": [{"kind": p.kind, "stated": p.stated, "read": p.read} for p in self.parts],
        }  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What a problem can be counted by: every word that names its kind, and the headings above it."""

    words: tuple[str, ...]
    headings: tuple[int, ...]


def is_total(text: str) -> bool:
    """`以上共5件。`: a line that counts what stands above it and says nothing else."""
    hit = _TOTAL[-1].match(half_width(text))
    return (
        hit is not None
        and re.fullmatch(rf"\s*{_BAD}?[)。.;；]*\s*", half_width(text)[hit.end() :]) is not None
    )


def claims_in(text: str, no: int) -> list[Claim]:
    """Stated totals of one paragraph with their split; those about earlier checks are left alone."""
    plain = half_width(text)
    found: list[Claim] = []
    for sentence in re.finditer(r"[^。\n]+", plain):
        words = sentence.group()
        hits = [m for rule in _TOTAL if (m := rule.search(words))]
        hit = min(hits, key=lambda m: m.start(), default=None)
        if hit is None or _BEFORE.search(words[: hit.start()][-14:]) or _BEFORE.search(hit.group()):
            continue
        stated = _number(hit.group("n"))
        if stated and not re.match(r"[^，,；;]{0,2}(?:已|均|全部|中的)", words[hit.end() :]):
            parts = _parts(words[hit.end() :])
            found.append(Claim(words[hit.start() : hit.end()].strip(), no, stated, parts=parts))
    return found


def count_of_heading(text: str, no: int) -> Claim | None:
    """`（一）热轧厂（5项）`: the total of one section."""
    match = re.search(
        rf"[(]\s*(?:共|计|合计)?\s*(?:{_BAD})?\s*{_N}\s*{_OF}\s*(?:{_BAD})?\s*[)]", half_width(text)
    )
    if match is None or not (stated := _number(match.group("n"))):
        return None
    scope = re.sub(r"\s+", "", half_width(text)[: match.start()]).rstrip(":：")
    return Claim(match.group().strip("()（） "), no, stated, scope=scope, section=no)


def _number(words: str) -> int:
    return value_of(words.replace("两", "二"))


def _parts(rest: str) -> list[Part]:
    parts: list[Part] = []
    for match in _PART.finditer(re.split(r"[。\n]", rest)[0]):
        kind = _TRIM.sub("", match.group("k")).strip()
        kind = re.sub(r"^(?:其中|包括)", "", kind)
        if len(kind) >= 2 and not _STATES.search(kind) and (number := _number(match.group("n"))):
            parts.append(Part(kind, number))
    return parts if len(parts) > 1 else []


def kinds_of(claims: Iterable[Claim]) -> frozenset[str]:
    return frozenset(part.kind for claim in claims for part in claim.parts)


def short(kind: str) -> str:
    """管理类问题 → 管理: how a kind is compared."""
    return re.sub(r"(?:方面|类|问题|隐患|性|存在|的)+$", "", fold(kind)) or fold(kind)


def compare(claims: Sequence[Claim], counted: Sequence[Counted]) -> None:
    """Fills `read`. A claim of a section counts what stands below that heading."""
    for claim in claims:
        mine = [c for c in counted if not claim.section or claim.section in c.headings]
        claim.read = len(mine)
        names = [short(part.kind) for part in claim.parts]
        for part, name in zip(claim.parts, names, strict=True):
            others = [other for other in names if other != name and name in other]
            part.read = sum(1 for c in mine if _is_of(c, name, others))
        known = sum(part.read or 0 for part in claim.parts)
        if known != len(mine) and known == 0:
            for part in claim.parts:
                part.read = None


def _is_of(counted: Counted, name: str, others: list[str]) -> bool:
    words = [short(word) for word in counted.words]
    return any(name in word and not any(other in word for other in others) for word in words if word)


def sentences(claims: Sequence[Claim]) -> list[str]:
    """In words: what agrees, what does not and by how much, and what cannot be compared."""
    return [sentence for claim in claims for sentence in _said(claim)]


def _said(claim: Claim) -> list[str]:
    where = f"“{claim.scope}”" if claim.scope else "全文"
    said: list[str] = []
    if claim.read == claim.stated:
        said.append(f"总数相符：第 {claim.no} 段写 {claim.stated} 项，{where}读到 {claim.read} 项")
    else:
        gap = claim.read - claim.stated
        how = f"多 {gap} 项" if gap > 0 else f"少 {-gap} 项"
        said.append(
            f"总数不符：第 {claim.no} 段写“{claim.words}”，{where}读到 {claim.read} 项，{how}；对照原文看是哪一条多读、漏读，还是原文数错"
        )
    if not claim.parts:
        return said
    added = sum(part.stated for part in claim.parts)
    sum_words = " + ".join(str(part.stated) for part in claim.parts)
    if added != claim.stated:
        said.append(
            f"分项不符：第 {claim.no} 段的分项 {sum_words} = {added}，和它自己写的总数 {claim.stated} 对不上"
        )
    names = "、".join(part.kind for part in claim.parts)
    known = sum(part.read or 0 for part in claim.parts)
    if all(part.read is None for part in claim.parts):
        said.append(f"分项没法核对：正文没有逐条写明是哪一类（{names}）")
    elif known < claim.read:
        parts = "，".join(f"{p.kind}写 {p.stated} 项、写明的 {p.read} 条" for p in claim.parts)
        said.append(f"分项只能核对一部分：{parts}，另有 {claim.read - known} 条没有写明类别")
        said += [
            f"分项不符：{p.kind}写 {p.stated} 项，读到 {p.read} 项"
            for p in claim.parts
            if (p.read or 0) > p.stated
        ]
    else:
        wrong = [p for p in claim.parts if p.read != p.stated]
        said += [f"分项不符：{p.kind}写 {p.stated} 项，读到 {p.read} 项" for p in wrong]
        if not wrong:
            said.append("分项相符：" + "，".join(f"{p.kind} {p.read} 项" for p in claim.parts))
    return said


def gaps(numbers: Sequence[tuple[int, int]], elsewhere: frozenset[int]) -> list[str]:
    """(number, paragraph) of one list in order: a number left out or used twice is said. `elsewhere` are numbers
    of tables, where a list may go on.
    """
    said: list[str] = []
    for (a, _), (b, no) in itertools.pairwise(numbers):
        if b == a and a:
            said.append(f"编号重复：第 {no} 段又是 {b}，请核对是不是同一条")
        elif b > a + 1 and a and not set(range(a + 1, b)) <= elsewhere:
            missing = f"{a + 1}" if b == a + 2 else f"{a + 1} 到 {b - 1}"
            said.append(f"编号不连：{a} 后面是 {b}（第 {no} 段），中间没有 {missing}，请对照原文")
    return said
