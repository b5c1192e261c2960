"""Plays a scene: its steps in order, spread over the days from finding to the last one."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.org.models import Person

from .acts import Acts
from .cases import Case, Caster
from .categories import BY_NAME, KINDS
from .hours import at_hour
from .lives import Life
from .scenes import Scene

_KIND = {kind.source: kind for kind in KINDS}
_LONGER = 15


class Stage:
    def __init__(self, group: Group, caster: Caster) -> None:
        self.group, self.caster = group, caster

    def begin(self, scene: Scene, number: int) -> Life:
        random, steps = Random(f"scene:{number}"), scene.chain.split()
        moments = self._moments(scene, len(steps), random)
        case = self._case(scene, moments[0], random)
        acts = Acts(self.group, case, with_exif=number % 3 == 0)
        for step, moment in zip(steps, moments, strict=True):
            t = yield moment
            self._take(step, acts, scene, t)

    def _moments(self, scene: Scene, count: int, random: Random) -> list[datetime]:
        """From the day of finding to the last step; nothing lies after now, however early the day is."""
        end = self._last(scene)
        start = at_hour(local_day(self.group.at) - timedelta(days=scene.found), random)
        start = min(start, end - timedelta(minutes=25 * count))
        moments = [start]
        for n in range(1, count - 1):
            wanted = at_hour(local_day(start + (end - start) * n / (count - 1)), random)
            moments.append(max(wanted, moments[-1] + timedelta(minutes=9)))
        latest = [end - timedelta(minutes=10 * (count - 1 - n)) for n in range(count)]
        moments = [min(pair) for pair in zip(moments, latest, strict=False)]
        return [*moments, end][:count] if count > 1 else [end]

    def _last(self, scene: Scene) -> datetime:
        ago, clock = scene.last
        hour, minute = map(int, clock.split(":"))
        end = datetime.combine(local_day(self.group.at) - timedelta(days=ago), time(hour, minute), CHINA)
        while end > self.group.at:
            end -= timedelta(days=1)
        return end

    def _case(self, scene: Scene, found: datetime, random: Random) -> Case:
        line = (scene.statement, scene.equipment, scene.fix, scene.standard)
        case = self.caster.fill(random, found, _KIND[scene.source], BY_NAME[scene.category], scene.top, line)
        case.place, case.grade, case.timing = scene.place, scene.grade, scene.timing
        case.plan = "plan" in scene.chain or (scene.chain.endswith("accept") and scene.due > 10)
        case.unit = self.group.units[scene.unit or scene.top]
        if scene.timing != "long_term":
            asked = _LONGER if "granted" in scene.chain else 0
            case.due_on = local_day(self.group.at) + timedelta(days=scene.due - asked)
        if scene.office:
            case.office = self.group.units[scene.office]
            case.approver, case.closer, case.looker = self.caster.officers(random, scene.office)
        self._people(scene, case)
        if scene.secret:
            case.details["secrecy"] = "restricted"
        return case

    def _people(self, scene: Scene, case: Case) -> None:
        """Named people take their part; whoever stood there takes another, so that no two parts meet in one."""
        for part in ("lead", "liaison", "finder"):
            if name := getattr(scene, part):
                setattr(case, part, self.group.person(name))
        for part, other in (("approver", "closer"), ("closer", "approver")):
            name = getattr(scene, part)
            if name and getattr(case, other).name == name:
                setattr(case, other, getattr(case, part))
            if name:
                setattr(case, part, self.group.person(name))
        if case.looker.pk in (case.approver.pk, case.closer.pk):
            case.looker = self._third(case)

    def _third(self, case: Case) -> Person:
        taken = (case.approver.pk, case.closer.pk)
        return next(p for p in self.group.staff.of(case.office.code, "officer") if p.pk not in taken)

    def _take(self, step: str, acts: Acts, scene: Scene, t: datetime) -> None:
        simple = {
            "raise": acts.raise_it, "assign": acts.assign, "accept": acts.accept, "plan": acts.propose,
            "back": acts.send_plan_back, "approve": acts.approve, "proof": acts.report, "submit": acts.submit,
            "reject": acts.reject, "close": acts.close, "fix": acts.fix, "remind": acts.remind,
            "guarantee": acts.guarantee, "evaluate": acts.evaluate, "ask_void": acts.ask_void,
        }  # fmt: skip
        if step in simple:
            simple[step](t)
        elif step == "report":
            acts.report(t, 50)
        elif step == "stop":
            acts.guarantee(t, stops=True)
        elif step == "longer":
            acts.ask_longer(t, _LONGER)
        elif step == "granted":
            acts.answer_longer(t, True)
        elif step == "other":
            acts.ask_other(t, self.group.units[scene.to])
        elif step == "relapse":
            acts.look_back(t, False)
        else:
            raise ValueError(f"no step {step}")
