"""回头看抽查: drawn by lot that anybody can repeat, given to somebody without a part, tied to what was found."""

from __future__ import annotations

from datetime import date, timedelta
from subprocess import run

import pytest

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Invalid, Refused
from bihuan.kernel.rules import Pack
from bihuan.notify.models import Line
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.revoke_grant import revoke_grant
from bihuan.org.models import Grant
from bihuan.org.reads import open_work
from bihuan.problems.actions.assign_lookback import assign_lookback
from bihuan.problems.actions.draw_lookback import draw_lookback
from bihuan.problems.actions.hand_over import hand_over
from bihuan.problems.actions.recheck import recheck
from bihuan.problems.facts import lookback as lookback_fact
from bihuan.problems.facts import paper_only
from bihuan.problems.models import Lookback, LookbackDraw, Part
from bihuan.problems.policies.lookback import DrawRule, draw, fingerprint
from bihuan.record.models import Event
from bihuan.registry.contract import Period, Scope

from .story import problem_in


@pytest.fixture
def closed(world):
    return [problem_in(world, "closed") for _ in range(6)]


def one_more_looker(world):
    """Somebody else who may look back anywhere and had no part in anything."""
    keeper = world.person("rules_keeper")
    grant_role(
        role="inspection_office",
        unit=world.unit("group"),
        person=keeper,
        from_day=world.day,
        by=SYSTEM,
        at=world.at,
    )
    return keeper


def later(world, days: int = 90):
    return world.at + timedelta(days=days)


def test_a_draw_takes_the_share_and_says_how(world, closed):
    made = draw_lookback(by=SYSTEM, at=later(world), seed="kai-feng")
    assert (made.pool_size, made.drawn_size, made.share) == (6, 2, 20)
    drawn = list(made.lookbacks.order_by("order").values_list("problem__number", flat=True))
    assert drawn == draw([p.number for p in closed], "kai-feng", 2)
    said = Event.objects.of(made.stream).get()
    assert (said.kind, said.data["seed"], said.data["drawn"]) == ("lookback.drawn", "kai-feng", drawn)
    assert said.data["pool"] == sorted(p.number for p in closed)
    assert said.data["pool_sha256"] == fingerprint(said.data["pool"]) == made.pool_sha256


def test_anybody_can_draw_again_with_sha256sum(world, closed, tmp_path):
    made = draw_lookback(by=SYSTEM, at=later(world))
    pool = tmp_path / "pool.txt"
    pool.write_text(made.pool + "\n")
    script = (
        f"""while read n; do printf '%s:%s' {made.seed} "$n" | sha256sum | cut -c1-64 | sed "s/$/ $n/"; """
        f"""done < {pool} | sort | head -{made.drawn_size} | cut -d' ' -f2"""
    )
    again = run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert again == list(made.lookbacks.order_by("order").values_list("problem__number", flat=True))


def test_too_fresh_and_looked_at_stay_out(world, closed):
    assert draw_lookback(by=SYSTEM, at=later(world, 30)).pool_size == 0
    recheck(
        problem=closed[0],
        passed=True,
        text="保持住了",
        by=world.actor("inspection_officer"),
        at=later(world, 40),
    )
    made = draw_lookback(by=SYSTEM, at=later(world, 90))
    assert made.pool_size == 5
    drawn = set(made.lookbacks.values_list("problem_id", flat=True))
    following = draw_lookback(by=SYSTEM, at=later(world, 120))
    assert following.pool_size == 5 - len(drawn)
    assert not drawn & set(following.lookbacks.values_list("problem_id", flat=True))


def test_it_goes_to_somebody_without_a_part(world, closed):
    """Officer one approved, officer two verified; the inspection officer and officer one are left."""
    made = draw_lookback(by=SYSTEM, at=later(world), seed="a")
    for one in made.lookbacks.all():
        sides = set(Part.objects.filter(problem=one.problem).values_list("person_id", flat=True))
        assert one.assignee_id not in sides | {one.problem.closed_by_id, one.problem.lead_id}
        assert one.due_on > date(2025, 12, 14)
    told = Line.objects.filter(key__startswith="lookback:")
    assert set(told.values_list("person_id", flat=True)) == set(
        made.lookbacks.values_list("assignee_id", flat=True)
    )


def test_the_load_is_shared_out(world, closed):
    one_more_looker(world)
    made = draw_lookback(by=SYSTEM, at=later(world), seed="a")
    others = draw_lookback(by=world.actor("safety_officer"), at=later(world), extra=True, reason="领导交办")
    rows = Lookback.objects.filter(draw__in=[made, others]).values_list("assignee_id", flat=True)
    counts = sorted(list(rows).count(person) for person in set(rows))
    assert (len(counts), sum(counts)) == (2, 3)
    assert counts[-1] - counts[0] <= 1


def test_when_everybody_had_a_part_it_says_so(world, closed):
    revoke_grant(grant=Grant.objects.get(person=world.person("inspection_officer")), by=SYSTEM, at=world.at)
    made = draw_lookback(by=SYSTEM, at=later(world))
    assert made.unassigned == made.drawn_size > 0
    told = Line.objects.get(person=world.person("second_officer"), key=f"lookback:{made.pk}:nobody")
    assert "没有找到" in told.text


def test_once_a_month_and_once_more_with_a_reason(world, closed):
    officer = world.actor("safety_officer")
    draw_lookback(by=SYSTEM, at=later(world))
    with pytest.raises(Refused, match="本月已经抽过"):
        draw_lookback(by=officer, at=later(world))
    with pytest.raises(Invalid):
        draw_lookback(by=officer, at=later(world), extra=True, reason=" ")
    with pytest.raises(Refused):
        draw_lookback(by=world.actor("liaison"), at=later(world), extra=True, reason="想抽")
    assert draw_lookback(by=officer, at=later(world), extra=True, reason="事故后加查").pool_size == 4
    assert LookbackDraw.objects.count() == 2


@pytest.mark.parametrize(("passed", "found"), [(True, ""), (False, "paper_only"), (False, "incomplete")])
def test_what_was_found_is_tied_to_the_draw_and_counts(world, closed, passed, found):
    made = draw_lookback(by=SYSTEM, at=later(world), seed="a")
    one = made.lookbacks.order_by("order").first()
    looker = world.actor("inspection_officer")
    row = recheck(
        problem=one.problem, passed=passed, found=found, text="到现场看了", by=looker, at=later(world, 95)
    )
    one.refresh_from_db()
    assert (one.is_open, one.recheck_id) == (False, row.pk)
    assert one.problem.closure == ("confirmed" if passed else "rectifying")
    scope, whole = Scope(actor=world.actor("leader")), Period(None, None)
    done = list(lookback_fact(scope, whole, later(world, 96)))
    assert (sum(r.numerator for r in done), sum(r.denominator for r in done)) == (1, 2)
    bad = list(paper_only(scope, whole, later(world, 96)))
    assert sum(r.numerator for r in bad) == (found == "paper_only")
    assert [key for r in bad for key in r.all_keys] == [one.problem.number]
    before = Period(date(2025, 1, 1), date(2025, 6, 30))
    assert list(lookback_fact(scope, before, later(world, 96))) == []


def test_it_is_handed_on_only_to_somebody_without_a_part(world, closed):
    keeper = one_more_looker(world)
    made = draw_lookback(by=SYSTEM, at=later(world), seed="a")
    one = Lookback.objects.select_related("problem__unit", "draw").filter(draw=made).first()
    officer = world.actor("safety_officer")
    for word, why in (("second_officer", "参加过"), ("liaison", "没有回头看的权限")):
        with pytest.raises(Invalid, match=why):
            assign_lookback(lookback=one, person=world.person(word), by=officer, at=later(world))
    old = one.assignee_id
    lines = [work.line for work in open_work(old, later(world)) if work.line.key == f"k{one.pk}"]
    assert len(lines) == 1
    heir = keeper if old != keeper.pk else world.person("inspection_officer")
    hand_over(keys=[f"k{one.pk}"], from_id=old, to_id=heir.pk, by=officer, at=later(world))
    one.refresh_from_db()
    assert one.assignee_id == heir.pk


def test_an_older_pack_draws_by_the_shipped_numbers():
    rule = DrawRule.of(Pack())
    assert (rule.after_days, rule.share, rule.size(10), rule.size(10_000)) == (60, 20, 2, 50)
