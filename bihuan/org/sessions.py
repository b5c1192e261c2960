"""The session engine (SESSION_ENGINE): Django's own in the database, where every row says whose it is and holds a
hash of its key: whoever copies the database has no session that is open.

A key has 165 bits of chance: a plain hash cannot be turned back. The house is asked synchronously only.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase


def kept_as(key: str | None) -> str:
    """What stands in the row of this key; it is no key itself. "" for no key yet."""
    return hashlib.sha256(f"session {key}".encode()).hexdigest()[:40] if key else ""


class SessionStore(InDatabase):
    @classmethod
    def get_model_class(cls) -> type:
        from bihuan.org.models import BrowserSession

        return BrowserSession

    def _get_session_from_db(self) -> Any:
        key = self._session_key
        self._session_key = kept_as(key)
        try:
            found = super()._get_session_from_db()
        finally:
            self._session_key = key
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_as(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        row.account_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(kept_as(key))
