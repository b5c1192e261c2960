"""The full-text table: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL."""

from django.db import migrations


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE TABLE problems_search (id bigint PRIMARY KEY, words tsvector NOT NULL)")
        schema_editor.execute("CREATE INDEX problems_search_words ON problems_search USING gin (words)")
    else:
        schema_editor.execute(
            "CREATE VIRTUAL TABLE problems_search USING fts5(words, tokenize='unicode61 remove_diacritics 0')"
        )


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE problems_search")


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
