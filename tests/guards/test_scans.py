"""The static search for weaknesses (ruff's S rules, run by every check) finds what it is there for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from . import source

WEAK = {
    "S102": "exec(words)",
    "S307": "eval(words)",
    "S301": "pickle.loads(words)",
    "S324": "hashlib.md5(words)",
    "S501": "requests.get(words, verify=False, timeout=1)",
    "S113": "requests.get(words)",
    "S602": "subprocess.run(words, shell=True)",
    "S605": "os.system(words)",
    "S608": "cursor.execute(f\"SELECT * FROM problem WHERE name = '{words}'\")",
    "S308": "mark_safe(words)",
    "S103": "os.chmod('x', 0o777)",
}
HEAD = "import hashlib\nimport os\nimport pickle\nimport subprocess\n\nimport requests\n"
#: an exception without the number of its rule lets everything through
BARE = re.compile("#\\s*(?:noqa(?!: ?[A-Z]+[0-9]+)|ruff: noqa)")


@cache
def found_in(code: str) -> frozenset[str]:
    """What ruff says of this code where the product's own would stand."""
    ruff = Path(sys.executable).with_name("ruff")
    told = subprocess.run(
        [ruff, "check", "--output-format", "json", "--stdin-filename", "bihuan/org/weak.py", "-"],
        input=code, cwd=source.HOME, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return frozenset(fault["code"] for fault in json.loads(told.stdout))


@pytest.mark.parametrize("rule", WEAK)
def test_a_weakness_is_caught(rule):
    calls = "\n".join(f"    {line}" for line in WEAK.values())
    code = f"{HEAD}from django.utils.safestring import mark_safe\n\n\ndef weak(words, cursor):\n{calls}\n"
    assert rule in found_in(code)


def test_sound_code_is_left_alone():
    assert not {code for code in found_in("VALUE = 1\n") if code.startswith("S")}


def test_every_exception_names_its_rule():
    bare = [
        f"{source.short(path)}:{number}"
        for path in source.product()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if BARE.search(line)
    ]
    assert not bare
    assert BARE.search("x = 1  # no" + "qa") and not BARE.search("x = 1  # no" + "qa: S608")
