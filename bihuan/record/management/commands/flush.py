"""`flush` empties every table, so it may empty a test database and no other.

Django's transaction tests call it after each test; on SQLite it deletes row by row and would be refused
by the triggers of `append_only`, so they are lifted for that moment. A database that is not a test
database is never emptied: its events are the memory of the house.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

from bihuan.record import append_only, places


class Command(flush.Command):
    help = "清空测试库；正式库不可清空。"

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        names = connection.settings_dict
        if names["NAME"] != names["TEST"].get("NAME"):
            raise CommandError(
                "只有测试库可以清空：事件只增不删。要一个空库，请换一个 BIHUAN_DATA 目录或新建数据库。"
            )
        with append_only.lifted(connection):
            super().handle(**options)
            places.begin_again(connection)
