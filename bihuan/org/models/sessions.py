"""Sign-ins that are open: Django's sessions, with whose they are, so that a person can see and end their own."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from .accounts import Account


class BrowserSession(AbstractBaseSession):
    """One browser. `account` is empty before the sign-in; where the browser stands is not kept."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "登录"

    @classmethod
    def get_session_store_class(cls) -> type:
        return import_module(settings.SESSION_ENGINE).SessionStore
