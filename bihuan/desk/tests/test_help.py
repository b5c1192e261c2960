"""The manual in the product: every page leads to its section, every picture and link of it is there."""

import re

import pytest

from bihuan.desk.reads.manual import FOLDER, INDEX, section, section_of

NAMES = sorted(file.stem for file in FOLDER.glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_every_link_and_picture_leads_somewhere(name, signed_in):
    reader = signed_in("worker_a")
    page = reader.get(f"/help/{name}/")
    assert page.status_code == 200
    body = section(name).body
    for target in re.findall(r'(?:href|src)="(/help/[^"]+)"', body):
        assert reader.get(target).status_code == 200, target


def test_the_index_names_every_section():
    body = section(INDEX).body
    assert [name for name in NAMES if name != INDEX and f"/help/{name}/" not in body] == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "desk"),
        ("/problems/", "ledger"),
        ("/problems/new/", "raise"),
        ("/problems/XC-RZ-202609-017/", "problem"),
        ("/problems/XC-RZ-202609-017/closure/", "problem"),
        ("/ledgers/4/", "import"),
        ("/settings/rules/2/", "rules"),
        ("/help/desk/", ""),
    ],
)
def test_a_page_leads_to_its_section(path, name, signed_in):
    assert section_of(path) == name
    answer = signed_in("worker_a").get("/help/", headers={"Referer": f"http://testserver{path}"})
    assert answer.get("Location", "") == (f"/help/{name}/" if name else "")


@pytest.mark.parametrize("name", ["nothing", "..", "shots"])
def test_what_is_no_section_is_not_found(name, signed_in):
    assert section(name) is None
    assert signed_in("worker_a").get(f"/help/{name}/").status_code == 404
