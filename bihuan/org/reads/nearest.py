"""Who may do one thing, asked for many units at once: the grants are read a single time."""

from __future__ import annotations

from datetime import date

from bihuan.org.models import Grant, Person, PostHolding
from bihuan.org.roles import ROLES


class WhoMay:
    """Everybody who holds `permission` on a day. Three queries, whatever the number of units asked for."""

    def __init__(self, permission: str, *, day: date) -> None:
        codes = [role.code for role in ROLES.values() if permission in role.permissions]
        rows = list(
            Grant.objects.standing(day).filter(role__in=codes)
            .values_list("person_id", "post_id", "unit__path", "with_subtree")
        )  # fmt: skip
        posts = {post for _, post, _, _ in rows if post}
        holders: dict[int, list[int]] = {}
        for post, person, until in PostHolding.objects.filter(
            post__in=posts, from_day__lte=day, confirmed_at__isnull=False
        ).values_list("post_id", "person_id", "to_day"):
            if until is None or until >= day:
                holders.setdefault(post, []).append(person)
        pairs = [
            (person, path or "", subtree)
            for owner, post, path, subtree in rows
            for person in ([owner] if owner else holders.get(post, []))
        ]
        asked = {person for person, _, _ in pairs}
        here = dict(Person.objects.here_on(day).filter(pk__in=asked).values_list("pk", "unit__path"))
        self._pairs = [pair for pair in pairs if pair[0] in here]
        self._home = here

    def all(self, unit_path: str) -> dict[int, int]:
        """person id -> how near their grant is (the length of its path, longer is nearer)."""
        found: dict[int, int] = {}
        for person, path, subtree in self._pairs:
            if unit_path.startswith(path) if subtree else unit_path == path:
                found[person] = max(found.get(person, 0), len(path))
        return found

    def nearest(self, unit_path: str, *, home: str = "") -> list[int]:
        """Those whose grant is nearest to the unit. With `home` (a unit's path), of all who may those who
        work there, where there are any: the department that looks after it."""
        found = self.all(unit_path)
        if home and (own := sorted(p for p in found if (self._home[p] or "").startswith(home))):
            return own
        top = max(found.values(), default=0)
        return sorted(person for person, near in found.items() if near == top)
