"""A new area is one folder and one line; a folder without its `area.py` is loud at start-up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.pure  # the house with the toy area has a database of its own
PATIENCE_S = 240
FILES = {
    "__init__.py": "",
    "README.md": "# forklift_checks — 叉车点检\n\nKnows: checks of forklifts.\nDoor: none yet.\n",
    "apps.py": """
from django.apps import AppConfig


class ForkliftChecksConfig(AppConfig):
    name = "bihuan.areas.forklift_checks"
    label = "forklift_checks"
""",
    "area.py": """
from bihuan.registry.contract import Area, Fact, FactRow, Nav, Source


def done(scope, period, at):
    return []


AREA = Area(
    code="forklift_checks",
    title="叉车点检",
    order=60,
    icon="checklist",
    source=Source("forklift", "叉车点检发现", "CC", origin_url=lambda key: f"/forklift_checks/{key}/"),
    nav=(Nav("叉车点检", "/forklift_checks/", "checklist", section="find"),),
    facts=(Fact("forklift_checks.done", "叉车点检完成", done),),
    urls="bihuan.areas.forklift_checks.urls",
    mount="forklift_checks",
)
""",
    "urls.py": """
from django.http import HttpResponse
from django.urls import path

from bihuan.ui.access import SIGNED_IN, view


@view(needs=SIGNED_IN)
def checks(request):
    return HttpResponse("叉车点检")


@view(needs=SIGNED_IN)
def check(request, pk):
    return HttpResponse(f"第 {pk} 次点检")


app_name = "forklift_checks"
urlpatterns = [path("", checks, name="checks"), path("<int:pk>/", check, name="check")]
""",
}
#: the one line of an installation that has the area; the folder stands beside the house only for this test
SETTINGS = """
import bihuan.areas

bihuan.areas.__path__.append({folder!r})
from bihuan.config.settings import *

INSTALLED_APPS.insert(INSTALLED_APPS.index("bihuan.areas.ledgers"), "bihuan.areas.forklift_checks")
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    area = tmp_path / "areas" / "forklift_checks"
    area.mkdir(parents=True)
    for name, text in FILES.items():
        (area / name).write_text(text, encoding="utf-8")
    (tmp_path / "toy_settings.py").write_text(SETTINGS.format(folder=str(area.parent)), encoding="utf-8")
    return area


def run(folder: Path, *words: str) -> subprocess.CompletedProcess:
    home = folder.parents[1]
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("BIHUAN", "DATABASE_URL", "PYTEST"))
    }
    own = {
        **kept,
        "BIHUAN_DATA": str(home / "data"),
        "DJANGO_SETTINGS_MODULE": "toy_settings",
        "PYTHONPATH": os.pathsep.join([str(home), str(settings.HOME)]),
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=settings.HOME,
        env=own,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


def test_one_folder_and_one_line_give_it_all(folder):
    """Navigation, filter, origin link, and the contract tests of every area, without a word elsewhere."""
    asked = ["tests/toy_area_probe.py", "tests/test_area_contract.py"]
    said = run(folder, "-m", "pytest", *asked, "--ds=toy_settings", "-p", "no:cacheprovider", "-v")
    assert said.returncode == 0, said.stdout[-4000:] + said.stderr[-2000:]
    assert "toy_area_probe.py::test_navigation_filter_link_and_fact PASSED" in said.stdout
    assert said.stdout.count("[forklift_checks]") >= 8


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda area: (area / "area.py").unlink(), "没有 area.py。请补上"),
        (lambda area: (area / "area.py").write_text("AREA = 1\n"), "没有 AREA = Area(...)"),
        (
            lambda area: (area / "area.py").write_text(
                FILES["area.py"].replace('code="forklift_checks"', 'code="forklifts"')
            ),
            "应与文件夹名“forklift_checks”相同",
        ),
    ],
    ids=["missing", "empty", "misnamed"],
)
def test_a_missing_or_broken_area_stops_the_start(folder, broken, words):
    start = ("-c", "import django; django.setup()")
    assert run(folder, *start).returncode == 0
    broken(folder)
    said = run(folder, *start)
    assert said.returncode != 0
    assert words in said.stderr and "forklift_checks" in said.stderr
