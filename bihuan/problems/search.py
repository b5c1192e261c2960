"""Chinese full-text search that finds two-character words, on both databases.

The words are cut into characters and character pairs by `kernel.text`; SQLite keeps them in an FTS5 table,
PostgreSQL in a tsvector with a GIN index. The table `problems_search` is made by a migration of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from bihuan.kernel.text import index_text, query_terms


def remember(problem_id: int, text: str) -> None:
    """Put the words of one problem into the index, replacing what was there."""
    remember_many([(problem_id, text)])


def remember_many(rows: Sequence[tuple[int, str]]) -> None:
    """The same for many (problem id, text)."""
    cut = [(problem_id, index_text(text)) for problem_id, text in rows]
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


def matching_ids(words: str) -> RawSQL | None:
    """A subquery of ids of problems that contain every term; None when nothing is asked for."""
    terms = query_terms(words)
    if not terms:
        return None
    if connection.vendor == "postgresql":
        tsquery = " & ".join("'" + term.replace("'", "''") + "'" for term in terms)
        return RawSQL("SELECT id FROM problems_search WHERE words @@ to_tsquery('simple', %s)", [tsquery])
    match = " ".join('"' + term.replace('"', '""') + '"' for term in terms)
    return RawSQL("SELECT rowid FROM problems_search WHERE problems_search MATCH %s", [match])
