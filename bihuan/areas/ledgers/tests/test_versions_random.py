"""Re-importing an edited copy changes exactly what was edited, in whatever layout the copy comes."""

from __future__ import annotations

import pytest

from bihuan.problems.models import Problem
from bihuan.record.models import Event

from . import editions

pytestmark = pytest.mark.django_db
#: a deadline is moved by who decides on it only; what is a change in words may stand under another label
SHOWN = {
    "found_at": "发现日期", "statement": "问题表述", "place": "地点", "measure": "整改措施", "due": "整改期限",
    "progress": "整改进度", "remark": "备注", "grade": "等级",
}  # fmt: skip


def state_of(problem: Problem) -> dict:
    measures = tuple(problem.measures.order_by("order").values_list("text", "due_on", "owner_text"))
    skipped = ("id", "version", "changed_at", "guessed", "first_due_on", "due_note", "stated_closed_on")
    values = {field.attname: getattr(problem, field.attname) for field in problem._meta.fields}
    return {name: value for name, value in values.items() if name not in skipped} | {"measures": measures}


@pytest.mark.parametrize("seed", range(14))
def test_an_edited_copy_changes_what_was_edited_and_nothing_else(world, seed):
    old = editions.first(seed, 16 + seed)
    name, data = editions.as_file(old, seed)
    first = editions.loaded(world, editions.read(world, data, name))
    assert Problem.objects.count() == len(old.rows), first.refused
    by_words = {row["statement"]: row["id"] for row in old.rows}
    before = {
        by_words[problem.statement]: (problem.pk, state_of(problem)) for problem in Problem.objects.all()
    }

    new = editions.edited(old, seed + 100)
    name, data = editions.as_file(new, seed, layout=seed % 3)
    ledger = editions.read(world, data, f"新{name}")
    assert ledger.previous_id == first.pk, ledger.counts
    numbers = {pk: number for number, (pk, _) in before.items()}
    said = {
        numbers[one.problem_id]: {c["label"] for c in one.changes}
        for one in ledger.matches.exclude(kind="gone")
    }
    expected = {number: {SHOWN[code] for code in codes} for number, codes in new.changed.items()}
    assert {number: labels for number, labels in said.items() if labels} == expected
    assert {numbers[one.problem_id] for one in ledger.matches.filter(kind="gone")} == new.gone
    assert ledger.counts.get("ok", 0) + ledger.counts.get("guessed", 0) == len(new.added)

    editions.loaded(world, ledger)
    assert Problem.objects.count() == len(old.rows) + len(new.added)
    for number, (pk, was) in before.items():
        now = state_of(Problem.objects.get(pk=pk))
        touched = {name for name in was if was[name] != now[name]}
        assert touched == set() or number in new.changed, (touched, number)
        if number in new.changed:
            assert touched, new.changed[number]
            assert Event.objects.of(f"problem:{pk}").count() > 1

    name, data = editions.as_file(new, seed, layout=(seed + 1) % 3)
    again = editions.read(world, data, name)
    assert not again.matches.exclude(changes=[]).exists() and not again.matches.filter(kind="gone").exists()
    assert again.counts["present"] == again.counts["all"] == len(new.rows)
