"""Which organisation in which round of the term, and which team in a round: solved, not guessed.

Two models for CP-SAT, without a database: `lay_out` puts organisations into the rounds that are left of a term; `deal`
gives those of one round to its teams. Rules are switched and weighted by whoever asks; a rule that must hold is one the
solver can name when nothing is feasible.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from ortools.sat.python import cp_model

#: a proposal is for a person to edit: good enough soon is better than best later
SECONDS = 8.0
TOP = 10
COVER, LOAD, TIES = "cover", "load", "ties"


@dataclass(frozen=True, slots=True)
class Org:
    """`years` since the last inspection (TOP where there was none), `problems` found in a year, `industry` as the unit
    has it. `fixed` is the place of the slot it must stay in, moved there by hand."""

    pk: int
    years: float
    problems: int
    industry: str = ""
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """0 switches a wish off, 10 is the most. `cover` is a rule: everybody within the slots that are left."""

    cover: bool = True
    long: int = 6
    problems: int = 4
    industry: int = 2
    balance: int = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """`place[org pk]` is the number of its slot; `clash` names the rules that cannot hold together, where nothing is
    feasible; `proved` says that nothing better exists."""

    place: dict[int, int]
    clash: tuple[str, ...] = ()
    proved: bool = False
    seconds: float = 0.0


def urgency(orgs: Sequence[Org], weights: Weights) -> dict[int, int]:
    """How much each wants to be early: years since the last time, and its rank by problems, each up to TOP."""
    most = max((org.problems for org in orgs), default=0) or 1
    return {
        org.pk: round(weights.long * min(TOP, org.years) + weights.problems * TOP * org.problems / most)
        for org in orgs
    }


def lay_out(orgs: Sequence[Org], slots: int, most: Sequence[int], weights: Weights) -> Layout:
    """`most[slot]` is how many organisations that round can take."""
    began = time.monotonic()
    model = cp_model.CpModel()
    cover, load = model.new_bool_var(COVER), model.new_bool_var(LOAD)
    put = {(org.pk, slot): model.new_bool_var("") for org in orgs for slot in range(slots)}
    for org in orgs:
        own = [put[org.pk, slot] for slot in range(slots)]
        model.add_at_most_one(own)
        if weights.cover:
            model.add(sum(own) == 1).only_enforce_if(cover)
        if org.fixed is not None and org.fixed < slots:
            model.add(put[org.pk, org.fixed] == 1)
    for slot in range(slots):
        model.add(sum(put[org.pk, slot] for org in orgs) <= most[slot]).only_enforce_if(load)
    model.add_assumptions([cover, load])
    wanted = urgency(orgs, weights)
    # one that is left out costs more than the last place: without full coverage as many as fit are still taken
    cost = [
        put[org.pk, slot] * ((wanted[org.pk] + 1) * slot - (wanted[org.pk] + 1) * (slots + 1))
        for org in orgs
        for slot in range(slots)
    ]
    cost += _spread(model, orgs, slots, put, weights.industry)
    cost += _balance(model, orgs, slots, most, put, weights.balance)
    model.minimize(sum(cost))
    solver, status = _solve(model)
    spent = time.monotonic() - began
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Layout({}, _named(model, solver, {COVER: cover, LOAD: load}), seconds=spent)
    place = {org.pk: slot for org in orgs for slot in range(slots) if solver.boolean_value(put[org.pk, slot])}
    # the solver calls the best it has "optimal" within its gap: nothing better exists only where both figures meet
    proved = solver.objective_value == solver.best_objective_bound
    return Layout(place, proved=proved, seconds=spent)


def _spread(model, orgs: Sequence[Org], slots: int, put: dict, weight: int) -> list:
    """One industry is not crowded into one round: what is above an even share costs."""
    groups: dict[str, list[Org]] = defaultdict(list)
    for org in orgs:
        groups[org.industry].append(org)
    cost = []
    for name, group in groups.items():
        share = ceil(len(group) / max(1, slots))
        if not weight or not name or len(group) <= share:
            continue
        for slot in range(slots):
            over = model.new_int_var(0, len(group), "")
            model.add(over >= sum(put[org.pk, slot] for org in group) - share)
            cost.append(over * weight * TOP)
    return cost


def _balance(model, orgs: Sequence[Org], slots: int, most: Sequence[int], put: dict, weight: int) -> list:
    """Rounds are filled alike, as far as each can take: what the fullest has above the emptiest costs."""
    if not weight or slots < 2:
        return []
    top, bottom = model.new_int_var(0, len(orgs), ""), model.new_int_var(0, len(orgs), "")
    for slot in range(slots):
        count = sum(put[org.pk, slot] for org in orgs)
        model.add(top >= count)
        if most[slot] > 0:
            model.add(bottom <= count)
    return [(top - bottom) * weight * TOP * 2]


def _solve(model) -> tuple[cp_model.CpSolver, int]:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS
    solver.parameters.num_workers = 1  # the same question gets the same answer
    solver.parameters.random_seed = 1
    solver.parameters.relative_gap_limit = 0.01
    return solver, solver.solve(model)


def _named(model, solver, rules: dict[str, cp_model.IntVar]) -> tuple[str, ...]:
    core = set(solver.sufficient_assumptions_for_infeasibility())
    return tuple(name for name, rule in rules.items() if rule.index in core)


@dataclass(frozen=True, slots=True)
class Dealt:
    """`team[org pk]` is the place of its team, `order[org pk]` its turn within the team, from 0."""

    team: dict[int, int]
    order: dict[int, int]
    clash: tuple[str, ...] = ()
    #: organisations for which every team has somebody who must stay away
    stuck: tuple[int, ...] = ()
    seconds: float = 0.0


def deal(
    orgs: Sequence[Org], teams: int, tied: set[tuple[int, int]], most: int, weights: Weights, before: dict[int, int],
) -> Dealt:  # fmt: skip
    """`tied` are (org pk, team) that must not meet; `before[org pk]` the team that was there last, which is not sent
    again where it can be helped (not fixed: leader, target, pairing); `most` is what one team can take."""
    began = time.monotonic()
    model = cp_model.CpModel()
    cover, load, ties = (model.new_bool_var(name) for name in (COVER, LOAD, TIES))
    give = {(org.pk, team): model.new_bool_var("") for org in orgs for team in range(teams)}
    for org in orgs:
        model.add(sum(give[org.pk, team] for team in range(teams)) == 1).only_enforce_if(cover)
        for team in range(teams):
            if (org.pk, team) in tied:
                model.add(give[org.pk, team] == 0).only_enforce_if(ties)
    top, bottom = model.new_int_var(0, len(orgs), ""), model.new_int_var(0, len(orgs), "")
    for team in range(teams):
        count = sum(give[org.pk, team] for org in orgs)
        model.add(count <= most).only_enforce_if(load)
        model.add(top >= count)
        model.add(bottom <= count)
    model.add_assumptions([cover, load, ties])
    again = [give[pk, team] * TOP for pk, team in before.items() if (pk, team) in give]
    same = _same_trade(model, orgs, teams, give, weights.industry)
    model.minimize((top - bottom) * max(1, weights.balance) * TOP + sum(again) + sum(same))
    solver, status = _solve(model)
    spent = time.monotonic() - began
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        stuck = tuple(org.pk for org in orgs if all((org.pk, team) in tied for team in range(teams)))
        return Dealt({}, {}, _named(model, solver, {COVER: cover, LOAD: load, TIES: ties}), stuck, spent)
    team_of = {
        org.pk: team for org in orgs for team in range(teams) if solver.boolean_value(give[org.pk, team])
    }
    return Dealt(team_of, _turns(orgs, team_of, weights), seconds=spent)


def _same_trade(model, orgs: Sequence[Org], teams: int, give: dict, weight: int) -> list:
    """A team that knows a trade keeps to it: each industry costs once for every team that meets it."""
    cost = []
    for industry in sorted({org.industry for org in orgs if org.industry}) if weight else ():
        for team in range(teams):
            meets = model.new_bool_var("")
            for org in orgs:
                if org.industry == industry:
                    model.add_implication(give[org.pk, team], meets)
            cost.append(meets * weight)
    return cost


def _turns(orgs: Sequence[Org], team_of: dict[int, int], weights: Weights) -> dict[int, int]:
    """Within a team the most urgent goes first; equal ones by id."""
    wanted, turns, counted = urgency(orgs, weights), {}, defaultdict(int)
    for org in sorted(orgs, key=lambda one: (-wanted[one.pk], one.pk)):
        turns[org.pk] = counted[team_of[org.pk]]
        counted[team_of[org.pk]] += 1
    return turns
