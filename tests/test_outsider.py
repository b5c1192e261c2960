"""Who does not belong to a unit meets nothing of it: every address of the house, asked by an outsider.

The addresses come from the URL map, so a new one is tested by existing. An address that names a thing finds
its thing in `THINGS` (`hot_mill_things`) by the longest beginning that fits: a new step under a problem needs nothing, a new kind
of thing needs one line there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import get_resolver, path, resolve, reverse
from openpyxl import load_workbook

from bihuan.config.generated import addresses
from bihuan.problems.exports import LAYOUTS, ask_export
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import raised
from bihuan.record.models import Event, StoredFile
from bihuan.record.reads import open_file
from bihuan.record.worker import run_until_idle
from bihuan.ui.access import PUBLIC
from tests.hot_mill_things import (
    HOW,
    KEYED,
    OPEN,
    STATEMENT,
    THINGS,
    TOKEN,
    Secrets,
)


def all_addresses() -> list[tuple[str, str, object]]:
    return sorted(addresses(get_resolver().url_patterns), key=lambda found: found[0])


def with_things(secrets: Secrets, patterns=None) -> Iterator[tuple[str, str]]:
    """(name, url) of every address that names something; fails with what to do where nothing is known."""
    for address, name, pattern in patterns or all_addresses():
        names = set(pattern.pattern.regex.groupindex)
        if not names or name in KEYED:
            continue
        begins = max((start for start in THINGS if address.startswith(start)), key=len, default="")
        values = THINGS[begins](secrets) if begins else {}
        missing = names - set(values)
        if missing:
            pytest.fail(HOW.format(address=address, names="、".join(sorted(missing))), pytrace=False)
        yield name, reverse(name, kwargs={key: values[key] for key in names})


def ask(client: Client, url: str, key: str = "") -> dict[str, int]:
    """Programs come in with their token, people with their session."""
    client.raise_request_exception = False
    given = {"headers": {"Authorization": f"Bearer {key}"}} if url.startswith("/api/") else {}
    body = {"content_type": "application/json"} if given else {}
    got = client.get(url, **given), client.post(url, {}, **body, **given)
    return {"GET": got[0].status_code, "POST": got[1].status_code}


def test_every_thing_of_another_unit_does_not_exist_for_an_outsider(secrets, signed_in, program):
    door = program("outsider")
    key = door.text if door.get("me").status_code == 200 else ""
    outsider, wrong, asked = signed_in("outsider"), [], 0
    version, events = secrets.problem.version, Event.objects.count()
    for name, url in with_things(secrets):
        got = ask(outsider, url, key)
        if name in OPEN:
            told = tells(outsider.get(url, headers={"Authorization": f"Bearer {key}"}), secrets)
            wrong += [f"{name} {url}: {got} {told}"] if got["GET"] != 200 or told else []
            continue
        asked += 1
        if url.startswith("/api/"):  # there the body is judged before it is asked whether the thing exists
            never = url.replace(secrets.problem.number, "RC-RZ-JR-209901-001")
            good = got == ask(outsider, never, key) and not {200, 201} & set(got.values())
            wrong += [] if good else [f"{name} {url}: {got}"]
            continue
        # a view that takes only POST says so before it looks: that tells nothing about the thing
        if got["GET"] not in (404, 405) or got["POST"] not in (404, 405) or 404 not in got.values():
            wrong.append(f"{name} {url}: {got}")
    assert wrong == []
    assert asked > 60
    secrets.problem.refresh_from_db()
    assert (secrets.problem.version, Event.objects.count()) == (version, events)


def test_the_same_things_are_there_for_those_they_belong_to(secrets, signed_in):
    """The counter-check: a 404 for everybody would prove nothing."""
    officer = signed_in("safety_officer")
    for name, url in with_things(secrets):
        if name in (
            "problems:page",
            "problems:file",
            "ledgers:page",
            "ledgers:report",
            "problems:export",
            "ledgers:export",
            "ledgers:row",
        ):
            assert officer.get(url).status_code == 200, name
    assert STATEMENT in officer.get("/problems/").content.decode()


def test_what_one_may_not_see_looks_like_what_never_was(secrets, signed_in):
    outsider = signed_in("outsider")
    for hidden, never in (
        (f"/problems/{secrets.problem.number}/", "/problems/RC-RZ-JR-209901-001/"),
        (f"/ledgers/{secrets.ledger.pk}/", "/ledgers/99999999/"),
        (f"/jobs/{secrets.export.pk}/", "/jobs/99999999/"),
    ):
        bodies = [TOKEN.sub("", outsider.get(url).content.decode()) for url in (hidden, never)]
        assert bodies[0] == bodies[1]


def test_signed_out_leads_to_the_door(secrets, client):
    wrong = []
    urls = [(name, url, resolve(url).func.needs == PUBLIC) for name, url in with_things(secrets)]
    urls += [
        (name, reverse(name), p.callback.needs == PUBLIC)
        for _, name, p in all_addresses()
        if not p.pattern.regex.groups
    ]
    client.raise_request_exception = False
    for name, url, public in urls:
        for method in (client.get, client.post):
            response = method(url)
            door = response.status_code == 302 and response["Location"].startswith("/signin/")
            fine = response.status_code < 500 if public else door or response.status_code in (401, 405)
            wrong += [] if fine else [f"{name} {method.__name__} {url}: {response.status_code}"]
        fragment = client.get(url, headers={"HX-Request": "true"})
        if not public and fragment.status_code not in (401, 405):
            wrong.append(f"{name} fragment {url}: {fragment.status_code}")
    assert wrong == []


def test_no_page_of_the_house_tells_an_outsider_anything(secrets, signed_in):
    """Every address without a thing in it: lists, search, desk, notices, settings."""
    outsider, wrong = signed_in("outsider"), []
    outsider.raise_request_exception = False
    for _, name, pattern in all_addresses():
        if pattern.pattern.regex.groups or name == "org:signout":
            continue
        response = outsider.get(reverse(name))
        if response.status_code >= 500 or tells(response, secrets):
            wrong.append(f"{name}: {response.status_code} {tells(response, secrets)}")
    assert wrong == []


def tells(response, secrets: Secrets) -> list[str]:
    if response.streaming:
        content = b"".join(response.streaming_content)
        sheets = load_workbook(BytesIO(content)).worksheets if content[:2] == b"PK" else []
        text = "\n".join(
            str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
        )
    else:
        text = response.content.decode(errors="replace")
    return [word for word in secrets.words if word in text]


@pytest.mark.parametrize(
    "query", ["q=加热", "q=煤气报警器", "q=天车", "status=open", "sort=new", "q={number}", "unit={unit}"]
)
def test_search_and_filters_find_nothing_of_another_unit(secrets, signed_in, query):
    asked = query.format(number=secrets.problem.number, unit=secrets.world.unit("hot_mill").pk)
    for address in ("/problems/", "/search/"):
        page = signed_in("outsider").get(f"{address}?{asked}", follow=True)
        assert page.status_code == 200
        # what was typed stands in the search box again: look only at what the page says itself
        said = page.content.decode().replace(asked.partition("=")[2], "")
        assert [word for word in secrets.words if word in said] == []
    found = signed_in("safety_officer").get(f"/problems/?{asked}", follow=True).content.decode()
    assert any(word in found for word in secrets.words[1:])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_export_holds_nothing_of_another_unit(secrets, signed_in, layout):
    """Also when the ids of hidden rows are handed in by hand."""
    own = raised(secrets.world, unit=secrets.world.unit("iron_mill"), statement="出铁场行车滑线无防护罩")
    hidden = list(Problem.objects.exclude(pk=own.pk).values_list("pk", flat=True))
    outsider, at = secrets.world.actor("outsider"), secrets.world.at
    whole = ask_export(layout=layout, query="", by=outsider, at=at)
    picked = ask_export(layout=layout, query="", picked=[own.pk, *hidden], by=outsider, at=at)
    run_until_idle(at=at + timedelta(minutes=1))
    for job in (whole, picked):
        job.refresh_from_db()
        stored = StoredFile.objects.get(pk=job.result["file"])
        with open_file(stored, "original") as content:
            book = load_workbook(content)
        cells = [str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c]
        assert any(own.statement in cell for cell in cells)
        assert [word for word in secrets.words if any(word in cell for cell in cells)] == []


def test_acts_on_many_rows_do_not_touch_hidden_ones(secrets, signed_in):
    outsider, events = signed_in("outsider"), Event.objects.count()
    given = {
        "picked": [secrets.problem.pk],
        "next": "/problems/",
        "only_able": "1",
        "reason": "试",
        "lead": "4001",
    }
    for name in ("bulk-reminder", "bulk-owner"):
        response = outsider.post(reverse(f"problems:{name}"), given)
        assert response.status_code in (200, 302, 404, 422)
        assert not tells(response, secrets)
    assert not Event.objects.filter(kind__in=("problem.reminded", "problem.reowned")).exists()
    assert Event.objects.count() == events


def test_a_new_address_without_a_thing_fails_and_says_how_to_add_it(secrets):
    new = [("/rounds/<int:pk>/", "rounds:round", path("rounds/<int:pk>/", lambda request, pk: None))]
    with pytest.raises(pytest.fail.Exception, match="Add a line to THINGS"):
        list(with_things(secrets, new))
