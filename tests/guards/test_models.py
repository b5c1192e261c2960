"""What the import linter does not see in models: string foreign keys that point up, verbs, hidden orders."""

from __future__ import annotations

import configparser
import re

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from . import source

#: Times that nobody's hand sets, or whose "who" is written differently, and why.
WITHOUT_A_HAND = {
    "record.Event.occurred_at": "said by a person or device; the person is by_id",
    "record.Event.recorded_at": "ours; the person is by_id",
    "record.Seal.sealed_at": "the system seals; whose system, says the signer",
    "record.WireCommand.done_at": "the hand is its account, kept as a value",
    "record.Job.run_at": "a plan, not an act",
    "record.WorkerSeen.seen_at": "a process, not a person",
    "problems.Problem.changed_at": "the hand is in the step row and the event that changed it",
    "inspection.Member.declared_at": "by the member themselves, nobody else may",
    "inspection.Member.pledged_at": "by the member themselves, nobody else may",
    "inspection.Relative.told_at": "by the person of the row, nobody else may",
    "inspection.Relative.ended_at": "by the person of the row, nobody else may",
    "inspection.RecusalCase.found_at": "by the check, which compares and decides nothing",
    "inspection.RecusalCase.ended_at": "by the check, which compares and decides nothing",
    "problems.Recheck.closed_by": "whose closing was looked at: held so that the database can insist on another hand",
}


def floors() -> dict[str, int]:
    """Room -> height, read from the very contract that the imports obey."""
    file = configparser.ConfigParser()
    file.read(source.HOME / ".importlinter")
    layers = file["importlinter:contract:floors"]["layers"].split("\n")
    named = [re.findall(r"[a-z_]+", line) for line in layers if line.strip()]
    return {room: -height for height, line in enumerate(named) for room in line}


def room_of(module: str) -> tuple[str, str]:
    """("areas", "ledgers") for bihuan.areas.ledgers.models, ("org", "org") for bihuan.org.models."""
    parts = module.split(".")
    return (parts[1], parts[2]) if parts[1] == "areas" else (parts[1], parts[1])


#: the rooms of inspection, as `.importlinter` lets them look down at each other (ADR 24)
INSPECTION = ("inspection", "onsite", "outcome", "joint")


def may_point(from_module: str, to_module: str) -> bool:
    """A foreign key goes down or stays in its room; to Django only to its own accounts' groups."""
    if not to_module.startswith("bihuan."):
        return to_module.startswith("django.contrib.auth.")
    (floor, room), (other_floor, other) = room_of(from_module), room_of(to_module)
    if room == other and floor == other_floor:
        return True
    if floor == other_floor == "areas" and {room, other} <= set(INSPECTION):
        return INSPECTION.index(room) > INSPECTION.index(other)
    heights = floors()
    return heights[floor] > heights[other_floor]


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("bihuan.")]


def test_foreign_keys_go_down():
    pointing = [
        (model, field)
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
    ]
    assert pointing
    up = [
        f"{m._meta.label}.{f.name} -> {f.related_model._meta.label}"
        for m, f in pointing
        if not may_point(m.__module__, f.related_model.__module__)
    ]
    assert not up, "\n".join(up)


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        ("bihuan.problems.models", "bihuan.org.models", True),
        ("bihuan.areas.ledgers.models", "bihuan.problems.models", True),
        ("bihuan.org.models", "bihuan.problems.models", False),
        ("bihuan.areas.ledgers.models", "bihuan.areas.patrols.models", False),
        ("bihuan.areas.onsite.models", "bihuan.areas.inspection.models", True),
        ("bihuan.areas.inspection.models", "bihuan.areas.onsite.models", False),
        ("bihuan.areas.onsite.models", "bihuan.areas.ledgers.models", False),
        ("bihuan.org.models", "bihuan.org.models", True),
        ("bihuan.org.models", "django.contrib.contenttypes.models", False),
    ],
)
def test_the_direction_is_judged(start, end, allowed):
    assert may_point(start, end) is allowed


def test_memory_points_at_nobody():
    keys = [f"{m._meta.label}.{f.name}" for m in our_models() if m._meta.app_label == "record"
            for f in m._meta.concrete_fields if f.is_relation and f.related_model._meta.app_label != "record"]  # fmt: skip
    assert not keys


def unpaired(names: set[str]) -> set[str]:
    """`_at` without its `_by`, or a `_by` without its time; a day said on paper (`_on`) is a time too.

    A column of values ends in `_by_id`, a foreign key in `_by`.
    """
    at = {n.removesuffix("_at") for n in names if n.endswith("_at")}
    on = {n.removesuffix("_on") for n in names if n.endswith("_on")}
    by = {re.sub(r"_by(_id)?$", "", n) for n in names if re.search(r"_by(_id)?$", n)}
    return {f"{n}_at" for n in at - by} | {f"{n}_by" for n in by - at - on}


def test_every_act_has_its_hand():
    lonely = {
        f"{model._meta.label}.{name}"
        for model in our_models()
        for name in unpaired({f.name for f in model._meta.concrete_fields})
    }
    assert lonely - set(WITHOUT_A_HAND) == set()
    assert set(WITHOUT_A_HAND) - lonely == set(), "an exception nobody needs any more"


def test_pairs_are_judged():
    assert (
        unpaired({"closed_at", "closed_by", "void_at", "void_by_id", "due", "found_on", "found_by"}) == set()
    )
    assert unpaired({"closed_at", "asked_by"}) == {"closed_at", "asked_by"}


def test_the_migrations_say_what_the_models_say():
    with translation.override(None):  # as makemigrations does: a translated label is no change
        loader = MigrationLoader(None)
        wanted = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
            loader.graph
        )
    missing = {
        app: [step.describe() for m in steps for step in m.operations] for app, steps in wanted.items()
    }
    assert not missing


def test_no_hidden_order():
    assert not [m._meta.label for m in our_models() if m._meta.ordering], (
        "say the order where the list is made"
    )


def test_no_verbs_in_save():
    own = [
        f"{m._meta.label}.{verb}"
        for m in our_models()
        for verb in ("save", "delete", "clean")
        if verb in vars(m)
    ]
    assert not own, "a verb is an action, a rule is a constraint"


def test_every_model_has_a_chinese_name():
    plain = [m._meta.label for m in our_models() if not m._meta.auto_created]
    assert plain
    nameless = [
        label for label in plain if not source.CHINESE.search(str(apps.get_model(label)._meta.verbose_name))
    ]
    assert not nameless
