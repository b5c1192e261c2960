"""Chinese full-text search that finds two-character words, on both databases.

The words are cut into characters and character pairs by `kernel.text`; SQLite keeps them in an FTS5 table,
PostgreSQL in a tsvector with a GIN index. The table `problems_search` is made by a migration of its own.
"""

from __future__ import annotations

from django.db import connection
from django.db.models.expressions import RawSQL

from bihuan.kernel.text import index_text, query_terms


def remember(problem_id: int, *texts: str) -> None:
    """Put the words of one problem into the index, replacing what was there."""
    words = index_text(" ".join(text for text in texts if text))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO problems_search (id, words) VALUES (%s, to_tsvector('simple', %s)) "
                "ON CONFLICT (id) DO UPDATE SET words = excluded.words",
                [problem_id, words],
            )
        else:
            cursor.execute("DELETE FROM problems_search WHERE rowid = %s", [problem_id])
            cursor.execute("INSERT INTO problems_search (rowid, words) VALUES (%s, %s)", [problem_id, words])


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
