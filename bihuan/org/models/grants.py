"""Grants: role × unit × subtree × term, to a person or to whoever holds a post."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from bihuan.org.querysets import GrantQuery

from .people import Person, Post
from .units import Unit


class Grant(models.Model):
    """`role` is a stable code declared in `org.roles`; renaming one is a migration.

    `hat` is the body in whose name it is held; without one it holds whichever hat its holder wears (ADR 25).
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="grants")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="grants")
    role = models.CharField("角色", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    with_subtree = models.BooleanField("含下级", default=True)
    hat = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="hats", verbose_name="以谁的身份"
    )
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True, blank=True)
    granted_at = models.DateTimeField("授予时间")
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = GrantQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "授权"
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, post__isnull=False) | Q(person__isnull=False, post=None),
                name="grant_person_or_post",
            ),
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")), name="grant_span"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                condition=Q(revoked_at=None, person__isnull=False, hat=None),
                name="grant_once_person",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "unit", "hat"],
                condition=Q(revoked_at=None, person__isnull=False, hat__isnull=False),
                name="grant_once_person_hat",
            ),
            models.UniqueConstraint(
                fields=["post", "role", "unit"],
                condition=Q(revoked_at=None, post__isnull=False, hat=None),
                name="grant_once_post",
            ),
            models.UniqueConstraint(
                fields=["post", "role", "unit", "hat"],
                condition=Q(revoked_at=None, post__isnull=False, hat__isnull=False),
                name="grant_once_post_hat",
            ),
            # Three administrators, three people (三员分立): a person holds at most one of the three.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at=None, role__in=("system_admin", "security_admin", "audit_admin")),
                name="grant_one_administrator",
            ),
            # An administrator's role never hangs on a post: whoever got the post would get it unseen.
            models.CheckConstraint(
                condition=Q(post=None) | ~Q(role__in=("system_admin", "security_admin", "audit_admin")),
                name="grant_administrator_is_person",
            ),
            # Nor does it come off with a hat: the three are watched by each other at any time.
            models.CheckConstraint(
                condition=Q(hat=None) | ~Q(role__in=("system_admin", "security_admin", "audit_admin")),
                name="grant_administrator_no_hat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.unit_id}"

    def stands_on(self, day: date) -> bool:
        """As `GrantQuery.standing`."""
        return (
            self.revoked_at is None and self.from_day <= day and (self.to_day is None or self.to_day >= day)
        )
