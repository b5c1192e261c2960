"""A look-back under way: samples drawn, some looked at, one of them put right on paper only and opened again."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.onsite.reads.team import team_members
from bihuan.areas.outcome.actions.draw_samples import draw_samples
from bihuan.areas.outcome.actions.look_at_sample import look_at_sample
from bihuan.areas.outcome.models import LookAgain, Sample
from bihuan.kernel.moment import CHINA, local_day

from .texts import SEEN

#: drawn so many days ago; on which day each of the first is looked at
_DRAWN, _LOOKED = 5, (4, 4, 3, 2)
#: the same draw on every first start
_SEED = "jinling-lookback"


def look_again(world: Any, task: Task, earlier: Task) -> LookAgain:
    """The last of those looked at is the one on paper only; the rest wait for the team."""
    group, today = world.things["org"], local_day(world.at)
    task = Task.objects.select_related("round__rule_pack", "org", "given__team").get(pk=task.pk)

    def hands(person: Any, ago: int) -> dict[str, Any]:
        day = today - timedelta(days=ago)
        actor = group.actor(person)
        at = datetime.combine(day, time(15, 10), CHINA)
        return {"standing": standing_of(task, actor, day), "by": actor, "at": at}

    office = hands(group.person("高文静"), _DRAWN)
    made = draw_samples(task=task, earlier=earlier, seed=_SEED, **office)
    members = [one.person for one in team_members(task)][1:]
    rows = Sample.objects.filter(look=made).select_related("look__task__round", "problem").order_by("order")
    shown = list(rows[: len(_LOOKED)])
    for n, row in enumerate(shown):
        fake = row is shown[-1]
        text, verdict = (SEEN[-1], "fake") if fake else (SEEN[n % (len(SEEN) - 1)], "genuine")
        look_at_sample(sample=row, verdict=verdict, text=text, **hands(members[n % len(members)], _LOOKED[n]))
    return made
