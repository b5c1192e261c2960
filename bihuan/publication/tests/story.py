"""A small board in the world of the tests: the hot mill's liaison writes, its head looks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.kernel.moment import local_day
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE, World
from bihuan.publication import states
from bihuan.publication.actions.approve import approve
from bihuan.publication.actions.check import check
from bihuan.publication.actions.draft_publication import draft_publication
from bihuan.publication.actions.give_opinion import Given, give_opinion
from bihuan.publication.actions.load_catalogue import load_catalogue
from bihuan.publication.actions.publish import publish
from bihuan.publication.actions.review import review
from bihuan.publication.actions.submit import submit
from bihuan.publication.models import Entry, Publication

INSIDE, OUTSIDE = "本季度查出隐患 18 项，已治理 16 项。", "隐患治理按计划进行，欢迎监督。"


class Story:
    """Each step at `at`, the morning of the world; pages look at it now, so for them it is now. `light` is looked at by the head alone, `full` by all three."""

    light, full = "factory.safety", "inspection.rectification"

    def __init__(self, world: World, at: datetime | None = None) -> None:
        self.world, self.at = world, at or world.at
        self.day = local_day(self.at)
        if not world.actor("leader").may(states.MAY_APPROVE):  # the story of an area may have given it
            grant_role(
                role="inspection_lead", unit=world.unit("group"), person=world.person("leader"), from_day=SINCE,
                by=world.actor("security_admin"), at=world.at,
            )  # fmt: skip
        load_catalogue(at=self.at)
        self.writer, self.head = world.actor("liaison"), world.actor("unit_head")
        self.office, self.lead = world.actor("inspection_officer"), world.actor("leader")

    def entry(self, code: str) -> Entry:
        return Entry.objects.get(code=code)

    def draft(self, code: str = light, **said: Any) -> Publication:
        entry = self.entry(code)
        given = {
            "title": "热轧厂隐患治理情况", "text_inside": INSIDE, "contact": "厂办 6120",
            "text_outside": OUTSIDE if entry.scope != "inside" else "", **said,
        }  # fmt: skip
        by = given.pop("by", self.writer)
        unit = self.world.unit(given.pop("unit", "hot_mill"))
        return draft_publication(entry=entry, unit=unit, by=by, at=self.at, **given)

    def submitted(self, code: str = light, **said: Any) -> Publication:
        return submit(publication=self.draft(code, **said), by=self.writer, at=self.at)

    def looked_at(self, code: str = light, **said: Any) -> Publication:
        """All looks of its chain taken."""
        made = self.submitted(code, **said)
        takers = {"head": (check, self.head), "office": (review, self.office), "lead": (approve, self.lead)}
        while made.state in takers:
            action, by = takers[made.state]
            action(publication=made, by=by, at=self.at)
        return made

    def public(self, code: str = light, **said: Any) -> Publication:
        return publish(publication=self.looked_at(code, **said), by=self.writer, at=self.at)

    def opinion(self, publication: Publication, kind: str = "opinion", **said: Any) -> Given:
        given = {"text": "照明不足的通道列进去了没有？", "by": self.world.actor("worker_a"), **said}
        return give_opinion(publication=publication, kind=kind, at=self.at, **given)
