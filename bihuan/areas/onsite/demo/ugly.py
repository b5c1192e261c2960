"""The ugly world's stay: the longest text in every field, one of each ledger, sixty talks still to hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.areas.inspection.models import Focus
from bihuan.areas.onsite.actions.ask_documents import ask_documents
from bihuan.areas.onsite.actions.discuss_draft import discuss_draft
from bihuan.areas.onsite.actions.hand_in_draft import hand_in_draft
from bihuan.areas.onsite.actions.hold_talk import hold_talk
from bihuan.areas.onsite.actions.log_visit import log_visit
from bihuan.areas.onsite.actions.note_clue import note_clue
from bihuan.areas.onsite.actions.register_complaint import register_complaint
from bihuan.areas.onsite.actions.review_draft import review_draft
from bihuan.areas.onsite.actions.sign_draft import sign_draft
from bihuan.areas.onsite.actions.write_draft import write_draft
from bihuan.areas.onsite.reads import standing_of
from bihuan.kernel.moment import local_day

#: a text without a full stop, and one nobody can break
LONG = "经调阅凭证和谈话核实该单位连续三年由同一家承包商施工且验收单均为补签" * 24
UNBROKEN = "A" * 300 + "<script>alert(1)</script>" + "无标点长串" * 40
TALKS, DRAFTS, COMPLAINTS = 12, 14, 14


def build(world: Any) -> None:
    """After `inspection`; the task is left as it stands, on site."""
    _Stay(world).live()


class _Stay:
    def __init__(self, world: Any) -> None:
        self.world, self.task = world, world.things["inspection"]
        self.focus = list(Focus.objects.filter(framework=self.task.framework_id).order_by("order"))

    def _as(self, key: str, ago: int = 3) -> dict[str, Any]:
        at = self.world.at - timedelta(days=ago)
        actor = self.world.actor(key)
        return {"standing": standing_of(self.task, actor, local_day(at)), "by": actor, "at": at}

    def _day(self, ago: int = 3):
        return local_day(self.world.at) - timedelta(days=ago)

    def live(self) -> None:
        lead, second = (self.world.people[key] for key in ("second", "member"))
        for n in range(TALKS):
            said = {"who": UNBROKEN[:40], "post": LONG[:60], "place": LONG[:80], "outline": LONG[:900],
                    "record": f"第 {n + 1} 次：{LONG}"}  # fmt: skip
            hold_talk(
                task=self.task, on=self._day(), said=said, lead=lead, second=second, **self._as("second")
            )
        for n in range(DRAFTS):
            self._draft(n)
        for n in range(COMPLAINTS):
            said = {"summary": LONG if n % 2 else UNBROKEN, "subject": UNBROKEN[:60], "rank": "leaders",
                    "topic": "integrity", "way": LONG[:100], "name": UNBROKEN[:30] if n % 3 else ""}  # fmt: skip
            register_complaint(
                task=self.task, channel=("letter", "phone", "visit")[n % 3], received_on=self._day(), said=said,
                **self._as("member"),
            )  # fmt: skip
        note_clue(
            task=self.task,
            said={"subject": UNBROKEN[:60], "post": LONG[:50], "authority": LONG[:50], "severity": "serious",
                  "summary": LONG},
            **self._as("member"),
        )  # fmt: skip
        ask_documents(
            task=self.task, items=[f"{n}．{LONG[:90]}" for n in range(1, 31)], due_on=self._day(1), period=LONG[:50],
            **self._as("second"),
        )  # fmt: skip
        log_visit(
            task=self.task, on=self._day(), method="scene", place=LONG[:80], members=[lead, second], seen=LONG,
            **self._as("second"),
        )  # fmt: skip

    def _draft(self, n: int) -> None:
        """Each third as far as signed, discussed, handed in; the rest being written."""
        said = {
            "title": (UNBROKEN if n % 2 else LONG)[:160], "fact": LONG, "process": LONG, "basis": LONG[:300],
            "nature": LONG[:150],
            "evidence": [{"name": LONG[:70], "number": f"证{m:02d}", "kind": "document"} for m in range(1, 13)],
            "parties": [{"who": LONG[:30], "kind": "direct"}],
        }  # fmt: skip
        made = write_draft(
            task=self.task, focus=self.focus[n % len(self.focus)], said=said, **self._as("member", 5)
        )
        if n % 4 == 3:
            return
        hand_in_draft(draft=made, **self._as("member", 5))
        if n % 4 == 2:
            return
        review_draft(draft=made, **self._as("third", 4))
        discuss_draft(draft=made, on=self._day(4), opinion=LONG[:400], **self._as("second", 4))
        if n % 4 == 0:
            sign_draft(draft=made, **self._as("second"))
