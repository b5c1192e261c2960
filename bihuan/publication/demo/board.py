"""What the demo group has made public: some standing, one that ends tomorrow, one taken down, one to be approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.org.demo.units import MILLS
from bihuan.publication.actions.answer_opinion import answer_opinion
from bihuan.publication.actions.approve import approve
from bihuan.publication.actions.check import check
from bihuan.publication.actions.draft_publication import draft_publication
from bihuan.publication.actions.expire import expire
from bihuan.publication.actions.give_opinion import give_opinion
from bihuan.publication.actions.keep_entry import keep_entry
from bihuan.publication.actions.load_catalogue import load_catalogue
from bihuan.publication.actions.publish import publish
from bihuan.publication.actions.review import review
from bihuan.publication.actions.submit import submit
from bihuan.publication.actions.take_down import take_down
from bihuan.publication.models import Entry, Opinion, Publication
from bihuan.publication.reads import entry_of

from . import texts

#: the quarter of safety counts from so many days ago: one has ended since
SINCE = timedelta(days=120)
#: mills that have not made it public yet; the others did
OWING = ("JX", "GC", "HQ")


def build(world: Any) -> None:
    """Leaves what is public in `world.things["publication"]`, by a word for each."""
    world.things["publication"] = _Writer(world.things["org"], world.at).all()


class _Writer:
    def __init__(self, group: Group, at: datetime) -> None:
        self.group, self.at, self.today = group, at, local_day(at)
        self.office = group.actor(group.person("高文静"))
        self.lead = group.actor(group.person("贺长风"))
        load_catalogue(at=self._moment(self.today - SINCE))

    def all(self) -> dict[str, Publication]:
        self._counts_from(entry_of("factory.safety"), self.today - SINCE)
        for n, mill in enumerate(MILLS):
            if mill.code not in OWING:
                self._through("factory.safety", mill.code, 60 - n, texts.SAFETY)
        made = {
            "rectified": self._through("inspection.rectification", "LZ", 6, texts.RECTIFIED),
            "environment": self._through("factory.environment", "JT", 12, texts.ENVIRONMENT),
            "safety": self._through("factory.safety", "RZ", 4, texts.SAFETY_NOW),
            "ending": self._through("factory.honours", "JH", 5, texts.HONOURS),
            "pay": self._through("factory.pay", "RZ", 2, texts.PAY),
            "down": self._through("factory.pay", "LT", 3, texts.PAY),
            "waiting": self._until_lead("inspection.rectification", "RZ", 1, texts.RECTIFIED_HOT),
            "to_check": self._submitted("factory.production", "RZ", 0, texts.PRODUCTION),
        }
        expire(at=self.at)
        self._opinions(made)
        take_down(
            publication=Publication.objects.select_related("unit").get(pk=made["down"].pk), why=texts.WHY_DOWN,
            by=self._head("LT"), at=self._moment(self.today),
        )  # fmt: skip
        return made

    def _counts_from(self, entry: Entry, since: date) -> None:
        """The catalogue came today; in this house the quarter has been counted for longer."""
        names = ("title", "kind", "scope", "whose", "every", "chain", "term_days", "basis", "certainty")
        said = {name: getattr(entry, name) for name in names}
        keep_entry(entry=entry, **said, since=since, by=self.office, at=self.at)

    def _moment(self, day: date, hour: int = 9) -> datetime:
        return min(datetime.combine(day, time(hour, 20), CHINA), self.at)

    def _head(self, code: str) -> Actor:
        return self.group.actor(self.group.staff.of(code, "head")[0])

    def _writer(self, code: str) -> Actor:
        return self.office if code == "JT" else self.group.actor(self.group.staff.of(code, "liaison")[0])

    def _submitted(self, entry: str, code: str, ago: int, text: texts.Text) -> Publication:
        """Drafted and sent on one day, so many days ago."""
        unit, day = self.group.units[code], self.today - timedelta(days=ago)
        by, at = self._writer(code), self._moment(day)
        said = text.of(unit.shown, day)
        made = draft_publication(entry=entry_of(entry), unit=unit, by=by, at=at, **said)
        return submit(publication=made, by=by, at=at)

    def _until_lead(self, entry: str, code: str, ago: int, text: texts.Text) -> Publication:
        made = self._submitted(entry, code, ago, text)
        at = self._moment(self.today - timedelta(days=ago), 10)
        check(publication=made, by=self._head(code), at=at)
        return review(publication=made, by=self.office, at=at)

    def _through(self, entry: str, code: str, ago: int, text: texts.Text) -> Publication:
        """All its looks, and public on the same day."""
        made = self._submitted(entry, code, ago, text)
        at = self._moment(self.today - timedelta(days=ago), 11)
        takers: dict[str, tuple[Callable[..., Any], Actor]] = {
            "office": (review, self._second_office()),
            "lead": (approve, self.lead),
        }
        if made.state == "head":
            check(publication=made, by=self._head(code), at=at)
        while made.state in takers:
            action, by = takers[made.state]
            action(publication=made, by=by, at=at)
        return publish(publication=made, by=self._writer(code), at=at)

    def _second_office(self) -> Actor:
        """Not who drafts for the group."""
        others = self.group.staff.of("XCB", "officer")
        return self.group.actor(next(one for one in others if one.pk != self.office.person_id))

    def _opinions(self, made: dict[str, Publication]) -> None:
        worker = self.group.actor(self.group.person("申世杰"))
        for word, kind, text, by, outside in (
            ("pay", "opinion", texts.ASKED_PAY, worker, False),
            ("environment", "opinion", texts.ASKED_AIR, worker, True),
            ("safety", "opinion", texts.ASKED_NOW, worker, False),
        ):
            give_opinion(
                publication=made[word], kind=kind, text=text, by=by, outside=outside,
                at=self._moment(self.today - timedelta(days=1)),
            )  # fmt: skip
        for word, by, answer, gist in (
            ("pay", self._writer("RZ"), texts.ANSWER_PAY, texts.GIST_PAY),
            ("environment", self._second_office(), texts.ANSWER_AIR, texts.GIST_AIR),
        ):
            opinion = Opinion.objects.select_related("publication__unit").get(publication=made[word])
            answer_opinion(
                opinion=opinion, answer=answer, shown=True, gist=gist, by=by, at=self._moment(self.today)
            )
