"""The session engine (SESSION_ENGINE): Django's own in the database, where every row says whose it is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase


class SessionStore(InDatabase):
    @classmethod
    def get_model_class(cls) -> type:
        from bihuan.org.models import BrowserSession

        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.account_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        return row
