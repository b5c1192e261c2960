"""The sources of the screen kit keep their own rules."""

import re
from pathlib import Path

import pytest

import bihuan

pytestmark = pytest.mark.pure
ASSETS = Path(__file__).parents[1] / "assets"
HOUSE = Path(bihuan.__file__).parent
STRANGERS = {"js", "kiosk", "htmx-request"}  # set on the page by others than our templates
#: built on their own: the house, and the page for people without an account
BUNDLES = ("ui.css", "tell.css")


def stylesheets():
    return [path for path in (ASSETS / "css").glob("*.css") if path.name != "tokens.css"]


def test_class_names_carry_the_prefix():
    for path in stylesheets():
        text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(), flags=re.S)
        names = set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", text)))
        names = {name for name in names if name != "css"}
        assert all(name.startswith(("b-", "is-")) or name in STRANGERS for name in names), (path.name, names)


def test_every_stylesheet_and_module_is_bundled():
    index = (ASSETS / "css" / "ui.css").read_text()
    bundled = [path for path in (ASSETS / "css").glob("*.css") if path.name not in BUNDLES]
    assert all(f'"./{path.name}"' in index for path in bundled)
    modules = {path.name for path in (ASSETS / "js").glob("*.js")} - {"ui.js"}
    imported = {
        name
        for path in (ASSETS / "js").glob("*.js")
        for name in re.findall(r'from "\./([\w-]+\.js)"', path.read_text())
    } | set(re.findall(r'import "\./([\w-]+\.js)"', (ASSETS / "js" / "ui.js").read_text()))
    assert modules == imported


def test_icons_named_in_templates_are_in_the_sprite():
    listed = {line.strip() for line in (ASSETS / "icons.txt").read_text().splitlines()} | {"mark"}
    for path in HOUSE.rglob("*.html"):
        for name in re.findall(r'\{%\s*icon\s+"([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"', path.read_text()):
            assert (name[0] or name[1]) in listed, f"{path.name}: {name} is not in icons.txt"


#: laid out for the printer by the paper kit, never sent to a browser
PRINTED = {"official.html"}


def test_templates_have_nothing_inline():
    for path in HOUSE.rglob("*.html"):
        if path.name in PRINTED:
            continue
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script>", text), path
