"""回避: what ties a person to an organisation that is to be inspected. Pure: rows in, ties out.

The three of the field: the own unit, a former post (left within so many years of the round's beginning, or held longer
than that), a relative's post; and whatever the person tells in words. Years come from the rule pack of the round.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bihuan.areas.inspection import words
from bihuan.areas.inspection.models import Relative
from bihuan.org.models import Employment, Person

MUST, REVIEW = "must", "review"


@dataclass(frozen=True, slots=True)
class Tie:
    """`ground` names the row it rests on, so that the same tie is the same the next time."""

    kind: str
    level: str
    reason: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a person: posts past and present, what they told of relatives and in words."""

    person: Person
    employments: Iterable[Employment]
    relatives: Iterable[Relative]
    told: str = ""


def ties_of(about: About, paths: tuple[str, ...], *, on: date, years: int) -> list[Tie]:
    """Ties to the units at these paths and below them, counted on the day the round begins."""

    def inside(path: str | None) -> bool:
        return bool(path) and any(path.startswith(one) for one in paths)

    found = []
    person = about.person
    if person.unit is not None and inside(person.unit.path):
        found.append(Tie("home", MUST, words.works_in(person.unit.shown, person.title)))
    for post in about.employments:
        if post.to_day is None or not inside(post.unit.path):
            continue
        recent = post.to_day > years_before(on, years)
        long = post.from_day < years_before(post.to_day, years)
        if recent or long:
            reason = words.worked_in(post.unit.shown, post.title, post.to_day, years, recent=recent)
            found.append(Tie("former", MUST if recent else REVIEW, reason, f"employment:{post.pk}"))
    for one in about.relatives:
        if inside(one.unit.path):
            reason = words.relative_in(one.relation, one.unit.shown, leads=one.leads)
            found.append(Tie("relative", MUST, reason, f"relative:{one.pk}"))
    if about.told:
        found.append(Tie("told", MUST, words.told(about.told)[:300]))
    return found


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of the 29th of February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
