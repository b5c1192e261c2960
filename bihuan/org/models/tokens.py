"""Access tokens: how a program comes in, or a calendar reads. Never more than the person behind them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from bihuan.org.querysets import TokenQuery
from bihuan.org.scopes import SCOPES

from .people import Person
from .units import Unit


class AccessToken(models.Model):
    """What was shown once is kept as a hash; `ident` is its public part, by which people tell tokens apart.

    `scope` is a stable code of `org.scopes`. `unit` keeps the token within that unit and those below it; for
    a calendar it is the unit whose deadlines stand beside the person's own. `expires_on` is the last day.
    `hat` is the one worn when it was opened: a program never changes hats with its person.
    """

    ident = models.CharField("编号", max_length=12, unique=True)
    digest = models.CharField("指纹", max_length=64)
    name = models.CharField("用途", max_length=60)
    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    scope = models.CharField("范围", max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    hat = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="身份"
    )
    opened_on = models.DateTimeField("开立时间")
    expires_on = models.DateField("有效至")
    last_used_on = models.DateField("最近使用", null=True)
    revoked_at = models.DateTimeField("收回时间", null=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = TokenQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "访问令牌"
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False) | Q(revoked_by=None), name="token_revoked_pair"
            ),
            models.CheckConstraint(
                condition=Q(last_used_on=None) | Q(last_used_on__lte=F("expires_on")),
                name="token_used_in_term",
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="token_person")]

    def __str__(self) -> str:
        return self.ident

    @property
    def scope_label(self) -> str:
        return SCOPES[self.scope].label if self.scope in SCOPES else self.scope

    def is_good(self, day: date) -> bool:
        return self.revoked_at is None and day <= self.expires_on
