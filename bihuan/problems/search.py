"""Chinese full-text search that finds two-character words, on both databases.

The words are cut into characters and character pairs by `kernel.text`; SQLite keeps them in an FTS5 table,
PostgreSQL in a tsvector with a GIN index. The table `problems_search` is made by a migration of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from time import monotonic

from django.db import connection
from django.db.models import BigIntegerField, F, Func, Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from bihuan.kernel.text import index_text, query_terms

#: from so many matches on a word counts as common
COMMON = 2_000
_FOUND_BY_POSTGRES = "SELECT id FROM problems_search WHERE words @@ to_tsquery('simple', %s)"
#: OFFSET 0 keeps the planner from looking through: the matches are found before anything else
_FOUND_FIRST = f"SELECT id FROM ({_FOUND_BY_POSTGRES} OFFSET 0) few"  # noqa: S608 — our own words
_FOUND_BY_SQLITE = "SELECT rowid FROM problems_search WHERE problems_search MATCH %s"


def remember(problem_id: int, text: str, path: str = "") -> None:
    """Put the words of one problem into the index, replacing what was there. `path` is that of its unit."""
    remember_many([(problem_id, text, path)])


def remember_many(rows: Sequence[tuple[int, str, str]]) -> None:
    """The same for many (problem id, text, path of the unit)."""
    cut = [(problem_id, f"{index_text(text)} {scope_words(path)}") for problem_id, text, path in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO problems_search (id, words) SELECT id, to_tsvector('simple', text) "
                "FROM unnest(%s::bigint[], %s::text[]) AS cut (id, text) "
                "ON CONFLICT (id) DO UPDATE SET words = excluded.words",
                [[pk for pk, _ in cut], [text for _, text in cut]],
            )
        else:
            cursor.executemany("DELETE FROM problems_search WHERE rowid = %s", [(pk,) for pk, _ in cut])
            cursor.executemany("INSERT INTO problems_search (rowid, words) VALUES (%s, %s)", cut)


def unit_word(path: str) -> str:
    """The word in the index that every problem of this unit has: words and unit are then found in one look."""
    return f"zu{path.strip('/').rpartition('/')[2]}"


def plant_word(path: str) -> str:
    """The same for all units below the same child of the root."""
    parts = path.strip("/").split("/")
    return f"zp{parts[1] if len(parts) > 1 else parts[0]}"


def scope_words(path: str) -> str:
    return f"{unit_word(path)} {plant_word(path)}" if path.strip("/") else ""


class Held(Func):
    """A column as a value only: SQLite must not look for it in an index, but walk another and compare."""

    template = "(+%(expressions)s)"

    def __init__(self, column: str) -> None:
        super().__init__(F(column), output_field=BigIntegerField())


def matching(words: str) -> Q | None:
    """The condition for problems that contain every term; None when nothing is asked for.

    Neither database knows how rare a word is: PostgreSQL takes one that nobody has used for one in two hundred, walks a
    million rows in the order of the list and finds nothing. So it is asked first. Few matches are fetched before
    anything else; many are kept as a set beside which the list is walked in its own order.
    """
    terms = query_terms(words)
    if not terms:
        return None
    if connection.vendor == "postgresql":
        tsquery = " & ".join("'" + term.replace("'", "''") + "'" for term in terms)
        common = _common(_FOUND_BY_POSTGRES, tsquery)
        return Q(pk__in=_ids(_FOUND_BY_POSTGRES if common else _FOUND_FIRST, tsquery))
    match = " ".join('"' + term.replace('"', '""') + '"' for term in terms)
    ids = _ids(_FOUND_BY_SQLITE, match)
    return Q(In(Held("pk"), ids)) if _common(_FOUND_BY_SQLITE, match) else Q(pk__in=ids)


def _ids(found: str, asked: str) -> RawSQL:
    """`found` is one of the statements above; what people typed goes beside it."""
    return RawSQL(found, [asked])  # noqa: S611


def _common(found: str, match: str) -> bool:
    """Only advice for the planner, the same in every part of a page: asked once a minute and process."""
    return _counted_common(found, match, int(monotonic() // 60))


@lru_cache(maxsize=1024)
def _counted_common(found: str, match: str, minute: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({found} LIMIT %s) part", [match, COMMON])  # noqa: S608 — our own words
        return cursor.fetchone()[0] == COMMON
