"""A notice as it was read: every paragraph with what it was taken for, and stated totals beside what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bihuan.areas.ledgers import words
from bihuan.areas.ledgers.models import LedgerImport, LedgerRow

#: how many paragraphs stand on one page
PAGE = 240
PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Chip:
    """One field below a problem. `why` says what was assumed; `css` is its tone."""

    label: str
    text: str
    why: str
    css: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `acts` are (kind, words) a person may decide; `decided` the words of a decision taken."""

    no: int
    address: str
    text: str
    kind: str
    said: str
    number: int
    row: LedgerRow | None
    tone: str
    chips: list[Chip]
    acts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Total:
    where: str
    kind: str
    stated: int
    read: int | None
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """`following` is where the next page begins, 0 at the end; `facts` are (label, words)."""

    lines: list[Line]
    start: int
    following: int
    before: int
    problems: int
    left_out: int
    totals: list[Total]
    differs: bool
    facts: list[tuple[str, str]]


def is_notice(ledger: LedgerImport) -> bool:
    return ledger.layout.get("kind") == "docx"


def paper_of(ledger: LedgerImport, start: int = 0) -> PaperView:
    every = ledger.layout.get("paragraphs", [])
    shown = every[start : start + PAGE]
    wanted = {line["row"] for line in shown if line["row"]}
    rows = {row.order: row for row in ledger.rows.filter(order__in=wanted).select_related("problem")}
    decided = ledger.wishes.get("paragraphs", {})
    totals = _totals(ledger.layout.get("totals", []))
    open_ = ledger.state == LedgerImport.State.DRAFT
    first = min((at for at, line in enumerate(every) if line["kind"] == PROBLEM), default=len(every))
    return PaperView(
        lines=[
            _line(line, rows, decided, open_=open_, below=at > first) for at, line in enumerate(shown, start)
        ],
        start=start,
        following=start + PAGE if len(every) > start + PAGE else 0,
        before=max(start - PAGE, 0) if start else -1,
        problems=ledger.counts.get("all", 0),
        left_out=sum(1 for line in every if line["kind"] in words.MAY_BE_PROBLEM and not line["row"]),
        totals=totals,
        differs=any(total.tone == "late" for total in totals),
        facts=_facts(ledger.layout.get("facts", {})),
    )


def _line(
    line: dict[str, Any], rows: dict[int, LedgerRow], decided: dict[str, str], *, open_: bool, below: bool
) -> Line:
    """`below`: a problem stands above it, so it can go on with one."""
    row = rows.get(line["row"])
    address = f"{line['no']}.{line['piece']}" if line["piece"] > 1 else str(line["no"])
    first = row is not None and line["kind"] == PROBLEM
    tone = words.VERDICTS[row.verdict][1] if first and row is not None else ""
    return Line(
        no=line["no"],
        address=address,
        text=line["text"],
        kind=line["kind"],
        said=_said(line, decided.get(address, "")),
        number=line["row"] if first else 0,
        row=row if first else None,
        tone=tone,
        chips=_chips(row) if first and row is not None else [],
        acts=_acts(line, decided.get(address, ""), below) if open_ and not line.get("listed") else [],
    )


def _said(line: dict[str, Any], decided: str) -> str:
    """Why a paragraph is no problem, or who decided; nothing for title, heading and signature."""
    if decided:
        return words.DECIDED[decided]
    if line["kind"] == "more":
        return words.MORE_OF.format(line["row"]) if line["row"] else ""
    return "" if line["row"] or line["kind"] in words.QUIET else f"{line['label']}：{line['reason']}"


def _acts(line: dict[str, Any], decided: str, below: bool) -> list[tuple[str, str]]:
    if decided:
        return [("", words.AS_READ)]
    if line["kind"] == PROBLEM:
        return [("not", words.IS_NOT)]
    acts = [(PROBLEM, words.IS_PROBLEM)] if line["kind"] in words.MAY_BE_PROBLEM else []
    if line["kind"] == "more":
        acts.append(("not", words.IS_NOT))
    return acts + ([("more", words.GOES_ON)] if below and line["kind"] in words.MAY_GO_ON else [])


def _chips(row: LedgerRow) -> list[Chip]:
    chips = []
    for code, label, under in words.CHIPS:
        text = _text(row, code)
        wrong = next((p for p in row.problems if p["field"] in under), None)
        guess = next((g for g in row.guessed if g["field"] in under), None)
        if text or wrong:
            css = "is-wrong" if wrong and wrong["blocking"] else "is-guess" if guess or wrong else ""
            why = wrong["message"] if wrong else guess["why"] if guess else ""
            chips.append(Chip(label, text or words.NO_UNIT_YET, why, css))
    return chips


def _text(row: LedgerRow, code: str) -> str:
    value = row.values.get(code)
    if code == "due":
        day = str(value or "")
        return (
            day
            or words.TIMINGS.get(str(row.values.get("timing")), "")
            or str(row.values.get("due_text") or "")
        )
    return words.JOINT.join(map(str, value)) if isinstance(value, list) else str(value or "")


def _totals(claims: list[dict[str, Any]]) -> list[Total]:
    found = []
    for claim in claims:
        agrees = claim["stated"] == claim["read"]
        where = claim["scope"] or words.IN_ALL
        found.append(
            Total(
                words.stated_in(claim["paragraph"], claim["words"]), where, claim["stated"], claim["read"],
                words.AGREES if agrees else words.DIFFERS, "good" if agrees else "late",
            )
        )  # fmt: skip
        found += [_part(part, claim) for part in claim["parts"]]
    return found


def _part(part: dict[str, Any], claim: dict[str, Any]) -> Total:
    """A kind that only some problems state can be exceeded, never missed."""
    whole = sum(other["read"] or 0 for other in claim["parts"]) >= claim["read"]
    if part["read"] is None or (not whole and part["read"] < part["stated"]):
        word, tone = words.UNKNOWN, "calm"
    else:
        same = part["read"] == part["stated"]
        word, tone = (words.AGREES, "good") if same else (words.DIFFERS, "late")
    return Total("", part["kind"], part["stated"], part["read"], word, tone)


def _facts(facts: dict[str, Any]) -> list[tuple[str, str]]:
    day = str(facts.get("day", ""))
    said = {
        **facts,
        "to": words.JOINT.join(facts.get("to", [])),
        "day": words.counted_from(day, facts.get("day_why", "")) if day else "",
    }
    pairs = ((label, said.get(code, "")) for code, label in words.FACTS)
    return [(label, str(text)) for label, text in pairs if text]
