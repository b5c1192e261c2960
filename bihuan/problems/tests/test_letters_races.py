"""Letters under two hands at once: one wins, no number is lost, none is given twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.problems.actions.close import close
from bihuan.problems.actions.draw_lookback import draw_lookback
from bihuan.problems.actions.end_letters import end_stale_letters
from bihuan.problems.actions.give_letters import give_letters
from bihuan.problems.actions.release_letter import release_letter
from bihuan.problems.actions.reown import reown
from bihuan.problems.actions.sign_letter import sign_letter
from bihuan.problems.actions.take_over import OldRow, take_over
from bihuan.problems.actions.withdraw_letter import withdraw_letter
from bihuan.problems.models import Letter, Lookback, LookbackDraw, Problem
from bihuan.record.models import Event

from .story import problem_in
from .test_letters import FIFTEENTH, FIRST, climb, late_problem, morning


@pytest.fixture
def world(transactional_db):
    return build(accounts=False)


def _backlog(world, count: int) -> None:
    rows = [
        OldRow(
            origin_key=f"k{n}", unit=world.unit("furnace"), statement=f"遗留问题 {n}", due_on=date(2025, 9, 30),
            found_on=date(2025, 1, 5), details={"lead": world.person("worker_a"), "progress": "in_progress"},
        )
        for n in range(count)
    ]  # fmt: skip
    take_over(source="ledger", rows=rows, by=SYSTEM, at=world.at)


def _numbers() -> list[int]:
    given = Letter.objects.exclude(number=None).values_list("number", flat=True)
    return sorted(int(number.split("〕")[1][:-1]) for number in given)


def test_two_rounds_at_once_make_each_letter_once(world, race):
    _backlog(world, 25)
    outcomes = race([lambda: give_letters(at=morning(FIRST))] * 3)
    assert sorted(o.value for o in outcomes) == [0, 0, 25]
    assert _numbers() == list(range(1, 26))
    assert Event.objects.filter(kind="letter.issued").count() == 25


def test_a_step_beside_the_round_leaves_no_letter_alive(world, race):
    _backlog(world, 12)
    problem = Problem.objects.order_by("id").first()
    heir, head = world.person("worker_b"), world.actor("unit_head")
    outcomes = race(
        [
            lambda: give_letters(at=morning(FIRST)),
            lambda: reown(
                problem=Problem.objects.select_related("unit").get(pk=problem.pk), lead=heir, reason="调岗",
                by=head, at=morning(FIRST),
            ),
        ]
    )  # fmt: skip
    assert all(o.error is None or isinstance(o.error, Refused) for o in outcomes), [o.error for o in outcomes]
    assert outcomes[0].value == 12
    letter = Letter.objects.get(problem=problem)
    to = set(letter.addressees.filter(kind="to").values_list("person_id", flat=True))
    moved = Problem.objects.get(pk=problem.pk).lead_id == heir.pk
    assert not moved or letter.state == "cancelled" or to == {heir.pk}, "no live letter names the old owner"
    assert _numbers() == list(range(1, 13))


@pytest.mark.parametrize("other", ["release", "withdraw"])
def test_release_happens_once(world, race, other):
    problem = late_problem(world)
    warning = climb(problem, FIFTEENTH)[-1]
    first, second = world.actor("safety_officer"), world.actor("second_officer")
    at = morning(FIFTEENTH) + timedelta(hours=1)
    rival = {
        "release": lambda: release_letter(letter=warning, by=second, at=at),
        "withdraw": lambda: withdraw_letter(letter=warning, reason="不发", by=second, at=at),
    }[other]
    outcomes = race([lambda: release_letter(letter=warning, by=first, at=at), rival])
    won = [o for o in outcomes if o.error is None]
    assert won, [o.error for o in outcomes]
    assert all(isinstance(o.error, Refused) for o in outcomes if o.error)
    warning.refresh_from_db()
    issued = Event.objects.of(warning.stream).filter(kind="letter.issued").count()
    if other == "release":
        assert (len(won), issued, warning.number) == (1, 1, "预警〔2025〕1号")
    else:
        assert issued == (1 if warning.number else 0)
        assert warning.state in ("cancelled", "issued")


def test_signing_and_closing_at_once(world, race):
    """The owner signs while the verifier closes: signed or cancelled, never both."""
    problem = problem_in(world, "verifying")
    letter = Letter.objects.create(
        problem=problem, round=problem.round, due_on=problem.due_on, unit=problem.unit, step="reminder", rank=1,
        label="提醒", title="整改提醒函", word="提醒", addressed="owner", days=1, day_type="working_days",
        number="提醒〔2025〕1号", state="issued", made_on=world.at, issued_at=world.at,
    )  # fmt: skip
    at = morning(FIRST)
    outcomes = race(
        [
            lambda: sign_letter(letter=letter, by=world.actor("liaison"), at=at),
            lambda: close(problem=problem, by=world.actor("second_officer"), at=at),
        ]
    )
    assert outcomes[1].error is None
    assert outcomes[0].error is None or isinstance(outcomes[0].error, Refused)
    letter.refresh_from_db()
    assert letter.state == ("received" if outcomes[0].error is None else "cancelled")
    kinds = [e.kind for e in Event.objects.of(letter.stream)]
    assert kinds == (["letter.received"] if outcomes[0].error is None else ["letter.cancelled"])


def test_two_sweeps_end_a_letter_once(world, race):
    problem = late_problem(world)
    letter = climb(problem, FIRST)[0]
    Problem.objects.filter(pk=problem.pk).update(due_on=date(2025, 12, 31))
    outcomes = race([lambda: end_stale_letters(at=morning(FIRST))] * 3)
    assert sorted(o.value for o in outcomes) == [0, 0, 1]
    assert Event.objects.of(letter.stream).filter(kind="letter.cancelled").count() == 1


def test_nobody_is_drawn_twice(world, race):
    problems = [problem_in(world, "closed") for _ in range(3)]
    at = world.at + timedelta(days=90)
    outcomes = race([lambda: draw_lookback(by=SYSTEM, at=at)] * 3)
    won = [o for o in outcomes if o.error is None]
    assert len(won) == 1
    assert all(isinstance(o.error, Refused) for o in outcomes if o.error)
    assert LookbackDraw.objects.count() == 1
    assert Lookback.objects.count() == won[0].value.drawn_size == 1
    assert {problem.pk for problem in problems} >= set(Lookback.objects.values_list("problem_id", flat=True))
    extra = race([lambda: draw_lookback(by=SYSTEM, at=at, extra=True, reason="再抽", seed="same")] * 2)
    assert sum(o.error is None for o in extra) >= 1
    assert Lookback.objects.count() == Lookback.objects.values("problem").distinct().count()
