"""What was done well in the first round, told to others: one suggested and shared, one the office marked, one that waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.outcome.actions.decide_experience import decide_experience
from bihuan.areas.outcome.actions.note_experience_use import note_experience_use
from bihuan.areas.outcome.actions.suggest_experience import suggest_experience
from bihuan.areas.outcome.models import Experience, Feedback, FeedbackItem
from bihuan.areas.outcome.reads.experience import candidates
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.org.demo.group import Group

from .texts import EXPERIENCE_USES, EXPERIENCES

#: days ago
_SUGGESTED, _SHARED, _USED, _LATELY = 40, 36, 20, 3


class Sharing:
    """`feedbacks` are those whose rectification is over; each of the texts finds a problem it fits."""

    def __init__(self, group: Group, now: datetime, feedbacks: Sequence[Feedback]) -> None:
        self.group, self.now, self.feedbacks = group, now, feedbacks
        self.office = group.actor(group.person("高文静"))

    def live(self) -> None:
        found = list(self._fitting())
        for n, (item, said) in enumerate(found):
            unit = n != 1
            by = self._liaison(item) if unit else self.office
            ago = _LATELY if n == 2 else _SUGGESTED
            made = self._suggest(item, said, by, ago)
            if n == 0:
                decide_experience(experience=made, shared=True, why="", by=self.office, at=self._ago(_SHARED))
        shared = Experience.objects.shared().select_related("unit", "item__problem").order_by("pk")
        for made, (use, line) in zip(shared, EXPERIENCE_USES, strict=False):
            other = next(one for one in ("LZ", "RZ") if self.group.units[one].pk != made.unit_id)
            by = self.group.actor(self.group.staff.of(other, "liaison")[0])
            note_experience_use(experience=made, use=use, line=line, by=by, at=self._ago(_USED))

    def _fitting(self) -> Iterator[tuple[FeedbackItem, dict[str, str]]]:
        """A problem for each text, of another organisation each time."""
        left = list(self.feedbacks)
        for word, said in EXPERIENCES.items():
            for feedback in left:
                item = next((one for one in candidates(feedback) if word in one.problem.statement), None)
                if item is not None:
                    item.feedback = feedback
                    left.remove(feedback)
                    yield item, said
                    break

    def _suggest(self, item: FeedbackItem, said: dict[str, str], by: Actor, ago: int) -> Experience:
        at = self._ago(ago)
        standing = standing_of(item.feedback.task, by, local_day(at))
        return suggest_experience(item=item, standing=standing, by=by, at=at, **said)

    def _liaison(self, item: FeedbackItem) -> Actor:
        code = item.feedback.task.org.code.removeprefix("DW-")
        return self.group.actor(self.group.staff.of(code, "liaison")[0])

    def _ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)
