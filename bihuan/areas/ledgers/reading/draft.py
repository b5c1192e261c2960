"""One row while it is being read, and what is handed on of it."""

from __future__ import annotations

from dataclasses import dataclass, field


def cell_key(index: int, header: str) -> str:
    """Sheets of one file may have different tables: a column is its place and its header."""
    return f"{index} {header}"


OK, GUESSED, FIX, SKIP = "ok", "guessed", "fix", "skip"
VERDICT_LABELS = {OK: "可导入", GUESSED: "有推断", FIX: "要处理", SKIP: "不导入"}


@dataclass(frozen=True)
class Guess:
    """`taken` is what was recorded, empty if nothing was; `why` a Chinese sentence."""

    field: str
    raw: str
    taken: str
    why: str

    def as_json(self) -> dict[str, str]:
        return {"field": self.field, "raw": self.raw, "taken": self.taken, "why": self.why}


@dataclass(frozen=True)
class Problem:
    """What a person should look at. `todo` is the one suggested fix, `value` what it would put in.

    `blocking`: the row cannot be taken until it is mended or skipped. `code` is stable data for programs:
    no_statement, bad_date, unknown_unit, several_units, unknown_person, several_people, order, uncached, duplicate.
    """

    code: str
    field: str
    message: str
    todo: str
    blocking: bool
    value: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "field": self.field,
            "message": self.message,
            "todo": self.todo,
            "blocking": self.blocking,
            "value": self.value,
        }


@dataclass
class Row:
    """`source_row` counts from 1 as the sheet shows it. `values` holds text, ISO dates, lists of text and, under
    `kept`, the cells of columns that are no field.
    """

    sheet: str
    source_row: int
    values: dict[str, object] = field(default_factory=dict)
    guessed: list[Guess] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: str = ""
    #: the cells as they stand in the file, by `cell_key`; every column of the row's own table is there
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        if self.skipped:
            return SKIP
        if any(problem.blocking for problem in self.problems):
            return FIX
        return GUESSED if self.guessed or self.problems else OK

    def guess(self, code: str, raw: str, taken: str, why: str) -> None:
        self.guessed.append(Guess(code, raw, taken, why))

    def problem(
        self, code: str, about: str, message: str, todo: str, *, blocking: bool = False, value: str = ""
    ) -> None:
        self.problems.append(Problem(code, about, message, todo, blocking, value))

    def text(self, code: str) -> str:
        value = self.values.get(code)
        return value if isinstance(value, str) else ""

    def add(self, code: str, names: list[str]) -> None:
        """Add to a field that is a list, each name once."""
        held = self.values.setdefault(code, [])
        assert isinstance(held, list)
        held.extend(name for name in names if name not in held)

    def as_json(self) -> dict[str, object]:
        return {
            "source_row": self.source_row,
            "sheet": self.sheet,
            "verdict": self.verdict,
            "values": self.values,
            "guessed": [guess.as_json() for guess in self.guessed],
            "problems": [problem.as_json() for problem in self.problems]
            + (
                [
                    {
                        "code": "skipped",
                        "field": "",
                        "message": self.skipped,
                        "todo": "",
                        "blocking": False,
                        "value": "",
                    }
                ]
                if self.skipped
                else []
            ),
        }
