"""`migrate`: a database in which nothing stands is built at once, as the last migration leaves it.

Step by step, every step renders the models anew around the few that all others point at (persons, units): the first
start of a house took half a minute and grew with the square of its tables. `tests/house/test_fresh.py` shows that
both ways end in the same tables, indexes, constraints and triggers.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.recorder import MigrationRecorder

#: whoever says which migrations, or only asks, goes step by step
_STEPWISE = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")


def build_fresh(connection: BaseDatabaseWrapper) -> bool:
    """All tables, then what migrations do beside tables, in their order, in one transaction; False where a table
    stands. An operation that moves what is there says so with `elidable`: here nothing is there."""
    connection.prepare_database()
    if connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    state = executor.loader.project_state()
    recorder = MigrationRecorder(connection)
    with connection.schema_editor(atomic=True) as editor:
        for model in state.apps.get_models():
            if model._meta.managed and not model._meta.proxy and not model._meta.swapped:
                editor.create_model(model)
        for migration, _ in plan:
            for step in migration.operations:
                if isinstance(step, (RunPython, RunSQL)) and not step.elidable:
                    step.database_forwards(migration.app_label, editor, state, state)
        editor.create_model(recorder.Migration)
        for migration, _ in plan:
            recorder.record_applied(migration.app_label, migration.name)
    return True


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if not any(options.get(word) for word in _STEPWISE):
            build_fresh(connections[options["database"]])
        super().handle(*args, **options)
