"""Each import contract is broken once on purpose, in a small copy of the house, to see that it catches."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
SOUND = {
    "config/urls.py": "from bihuan.registry import shelf\n",
    "desk/urls.py": "from .web import pages\n",
    "desk/web/pages.py": "from bihuan.problems import reads\n",
    "areas/ledgers/area.py": "from bihuan.problems.actions import close\n",
    "areas/patrols/area.py": "",
    "areas/inspection/models.py": "",
    "record/closed.py": "",
    "publication/actions/check.py": "from bihuan.publication import advance\n",
    "publication/advance.py": "from . import models\n",
    "publication/models.py": "from bihuan.org import models\n",
    "publication/tests/test_check.py": "",
    "areas/onsite/area.py": "from bihuan.areas.inspection import models\n",
    "areas/onsite/urls.py": "from .web import pages\n",
    "areas/onsite/web/pages.py": "",
    "areas/onsite/tests/test_talk.py": "from bihuan.record import closed\n",
    "areas/onsite/actions/read_talk.py": "from bihuan.record import closed\n",
    "problems/actions/close.py": "from bihuan.problems import advance\nfrom bihuan.record import actions\n",
    "problems/advance.py": "from . import models\n",
    "problems/models.py": "from bihuan.org import models\n",
    "problems/reads.py": "from . import models\n",
    "problems/urls.py": "",
    "problems/tests/test_close.py": "from bihuan.problems import advance\n",
    "notify/models.py": "",
    "documents/models.py": "",
    "org/models.py": "",
    "record/actions/append.py": "from bihuan.registry import shelf\n",
    "ui/lists.py": "",
    "registry/shelf.py": "from bihuan.kernel import actor\n",
    "kernel/actor.py": "",
}
BREAKS = {
    "a lower floor imports a higher one": ("org/models.py", "from bihuan.problems import models\n", "floors"),
    "a room that is on no floor": ("helpdesk/models.py", "", "floors"),
    "one area imports another": (
        "areas/ledgers/models.py",
        "from bihuan.areas.patrols import area\n",
        "blind",
    ),
    "the plan of inspection imports the stay on site": (
        "areas/inspection/reads.py",
        "from bihuan.areas.onsite import area\n",
        "blind",
    ),
    "a page opens what is sealed past the actions": (
        "areas/onsite/web/pages.py",
        "from bihuan.record import closed\n",
        "sealed",
    ),
    "an area nobody listed imports another": (
        "areas/forklifts/models.py",
        "from bihuan.areas.ledgers import area\n",
        "blind",
    ),
    "the kernel imports Django": ("kernel/actor.py", "import django.db\n", "pure"),
    "a model imports an action": ("problems/models.py", "from .actions import close\n", "room"),
    "an action imports a page": ("problems/actions/close.py", "from bihuan.problems import web\n", "room"),
    "a drawer for everything": ("areas/patrols/utils.py", "", "room"),
    "a state changed past the actions": ("problems/reads.py", "from . import advance\n", "door"),
    "an area changes a state itself": (
        "areas/ledgers/area.py",
        "from bihuan.problems import advance\n",
        "door",
    ),
    "a page of another room": ("desk/web/pages.py", "from bihuan.problems.web import pages\n", "web-private"),
    "two files in a circle": ("ui/lists.py", "from . import tables\n", "acyclic"),
}


def build(folder: Path, changes: dict[str, str]) -> None:
    files = {**SOUND, "problems/web/pages.py": "", "ui/tables.py": "from . import lists\n", **changes}
    for name, text in files.items():
        path = folder / "bihuan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for inside in [folder / "bihuan", *(p for p in (folder / "bihuan").rglob("*") if p.is_dir())]:
        (inside / "__init__.py").touch()
    shutil.copy(HOME / ".importlinter", folder)


def lint(folder: Path) -> dict[str, str]:
    """What the linter says of each contract: {"floors": "KEPT", …}."""
    command = Path(sys.executable).with_name("lint-imports")
    env = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    done = subprocess.run(
        [command, "--no-cache", "--no-logo"], cwd=folder, env=env, capture_output=True, text=True, timeout=120
    )
    lines = [re.sub(r" \(\d+ ignored imports?\)$", "", line) for line in done.stdout.splitlines()]
    words = [line.rsplit(maxsplit=1) for line in lines if line.endswith(("KEPT", "BROKEN"))]
    assert words, done.stdout + done.stderr
    return {title.split(":")[0].strip(): verdict for title, verdict in words}


def test_a_sound_house_keeps_every_contract(tmp_path):
    build(tmp_path, {})
    said = lint(tmp_path)
    assert set(said.values()) == {"KEPT"}
    assert set(said) == {"floors", "blind", "sealed", "pure", "room", "door", "web-private", "acyclic"}


@pytest.mark.parametrize("how", BREAKS)
def test_a_break_is_caught(tmp_path, how):
    name, text, contract = BREAKS[how]
    build(tmp_path, {name: text})
    assert lint(tmp_path)[contract] == "BROKEN"
