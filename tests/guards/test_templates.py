"""Templates escape everything and carry no script or style of their own: the browser is told to refuse them."""

from __future__ import annotations

import re

import pytest

from . import source

RAW = re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off|mark_safe")
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/json\"))|<style\b|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.I,
)
#: What may stand beside a raw output, on its line or the one before: the reason.
REASON = re.compile(r"safe because")


def unexplained(text: str) -> list[int]:
    lines = text.splitlines()
    return [
        number
        for number, line in enumerate(lines, 1)
        if RAW.search(line) and not REASON.search(" ".join(lines[max(0, number - 2) : number]))
    ]


def test_raw_output_says_why_it_is_safe():
    files = [*source.templates(), *(p for p in source.product())]
    found = [f"{source.short(p)}:{n}" for p in files for n in unexplained(p.read_text("utf-8"))]
    assert not found, 'say "safe because …" beside it\n' + "\n".join(found)


def test_no_script_or_style_in_a_page():
    found = [
        f"{source.short(p)}:{n}: {line.strip()[:80]}"
        for p in source.templates()
        for n, line in enumerate(p.read_text("utf-8").splitlines(), 1)
        if INLINE.search(line)
    ]
    assert not found, "\n".join(found)


def test_every_form_that_writes_carries_its_token():
    found = []
    for path in source.templates():
        for form in re.findall(r"<form\b.*?</form>", path.read_text("utf-8"), flags=re.S):
            head = form[: form.index(">")]
            if re.search(r"method=[\"']post", head, re.I) and "csrf_token" not in form:
                found.append(f"{source.short(path)}: {head[:80]}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ('<div style="width: 3em">', True),
        ("<script>go()</script>", True),
        ('<a onclick="go()">', True),
        ('<script src="/static/ui/ui.js" defer></script>', False),
        ('<p class="style">', False),
    ],
)
def test_inline_is_found(line, caught):
    assert bool(INLINE.search(line)) is caught


def test_a_reason_is_read():
    assert unexplained("{{ x|safe }}") == [1]
    assert unexplained("{# safe because it comes from our own build #}\n{{ x|safe }}") == []
