"""The contract of an area and of an offer, asked of every one on the shelf: a new folder is tested by existing.

`tests/test_toy_area.py` runs this same file over an area that was made a moment before.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from croniter import croniter
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver, resolve, reverse

from bihuan.kernel.actor import SYSTEM
from bihuan.org.permissions import Permission
from bihuan.org.reads import rule
from bihuan.problems.tests.story import problem_in
from bihuan.registry import shelf
from bihuan.registry.contract import SECTIONS, Area, Offer, Period, Scope
from bihuan.ui.access import SIGNED_IN

CHINESE = re.compile(r"[\u4e00-\u9fff]")
OFFERS = shelf.offers()
AREAS = shelf.areas()
FACTS = tuple(shelf.facts().values())
every_offer = pytest.mark.parametrize("offer", OFFERS, ids=lambda o: o.code)
every_area = pytest.mark.parametrize("area", AREAS, ids=lambda a: a.code)
every_fact = pytest.mark.parametrize("fact", FACTS, ids=lambda f: f.code)
EVER = Period(None, None)


def folder_of(offer: Offer) -> Path:
    return Path(apps.get_app_config(offer.code).path)


def icons() -> set[str]:
    drawn = (Path(settings.HOME) / "bihuan/ui/assets/icons.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in drawn if line.strip() and not line.startswith("#")} | {"mark"}


def test_the_shelf_holds_every_room_that_offers_something():
    rooms = {c.name for c in apps.get_app_configs() if c.name.startswith("bihuan.areas.")}
    assert {f"bihuan.areas.{area.code}" for area in AREAS} == rooms
    assert rooms


@every_offer
def test_its_code_is_its_folder_and_its_label_for_ever(offer):
    config = apps.get_app_config(offer.code)
    assert (folder_of(offer).name, config.label) == (offer.code, offer.code)


@every_offer
def test_it_says_in_chinese_what_it_is_and_has_a_readme(offer):
    assert CHINESE.search(offer.title)
    readme = folder_of(offer) / "README.md"
    assert readme.exists() and len(readme.read_text(encoding="utf-8").splitlines()) >= 3


@every_offer
def test_its_addresses_are_mounted_and_lead_back_to_it(offer):
    if not offer.urls:
        assert not offer.nav, "a place in the navigation without addresses of its own"
        return
    names = import_module(offer.urls)
    assert names.app_name == offer.code
    mounted = [r for r in get_resolver().url_patterns if getattr(r, "namespace", "") == offer.code]
    assert [str(r.pattern) for r in mounted] == [f"{offer.mount}/" if offer.mount else ""]
    plain = [p.name for p in names.urlpatterns if not p.pattern.regex.groups]
    assert plain
    for name in plain:
        assert resolve(reverse(f"{offer.code}:{name}")).func is not None


@every_offer
def test_its_places_in_the_navigation_can_be_gone_to(offer):
    for nav in offer.nav:
        assert CHINESE.search(nav.label)
        assert nav.icon in icons(), f"{nav.icon} is not in the sprite: add it to bihuan/ui/assets/icons.txt"
        assert nav.section in dict(SECTIONS)
        codes = nav.needs if isinstance(nav.needs, tuple) else (nav.needs,)
        assert set(codes) <= {"", *Permission}
        needs = getattr(resolve(nav.url).func, "needs", None)
        assert needs, f"{nav.url} declares no permission"
        if nav.needs:
            # who may not go there must not be led there; a page for all who are signed in may be offered to few
            assert needs == SIGNED_IN or nav.needs == needs or set(codes) <= set(needs), (
                f"{nav.label} is shown to people who may not open it"
            )


@every_offer
def test_its_work_in_the_background_has_names(offer):
    for job in offer.jobs:
        assert job.code.split(".")[0] == offer.code and CHINESE.search(job.label) and callable(job.run)
    for tick in offer.ticks:
        assert tick.code.split(".")[0] == offer.code and CHINESE.search(tick.label)
        assert croniter.is_valid(tick.cron), tick.cron


@every_offer
def test_it_reacts_to_things_that_can_happen(offer):
    assert set(offer.reacts_to) <= set(shelf.event_words())
    assert all(CHINESE.search(word) for word in offer.event_words.values())


@every_area
def test_its_sources_are_known_to_the_house(area: Area, world):
    for source in area.all_sources:
        assert shelf.sources()[source.code] is source
        assert CHINESE.search(source.label)
        assert re.fullmatch(r"[A-Z]{2,4}", source.prefix)
        assert source.default_grade in ("general", "serious", "major")
        assert rule("problems", source.due_key, world.day).source, "every deadline says where it comes from"
        if source.origin_url:
            assert source.origin_url("1").startswith("/")


@every_area
def test_a_problem_of_its_sources_can_be_raised_and_filtered(area: Area, world, signed_in):
    for source in area.all_sources:
        problem = problem_in(world, "assigned", source=source.code, origin_key="1")
        assert problem.number.startswith(f"{source.prefix}-")
        page = signed_in("safety_officer").get("/problems/", {"source": source.code}).content.decode()
        assert problem.number in page and source.label in page


def test_no_two_sources_open_their_numbers_alike():
    prefixes = [source.prefix for source in shelf.sources().values()]
    assert sorted(set(prefixes)) == sorted(prefixes)


@every_fact
@pytest.mark.django_db
def test_a_fact_can_be_asked_of_an_empty_group(fact, django_assert_max_num_queries):
    assert CHINESE.search(fact.label) and fact.kind in ("rate", "count")
    from django.utils import timezone

    with django_assert_max_num_queries(5):
        assert list(fact.compute(Scope(SYSTEM), EVER, timezone.now())) == []


@every_fact
def test_a_fact_adds_up_and_opens(fact, world):
    """Numerator within denominator, and the rows behind both named; set-based: no query per subject."""
    for state in ("raised", "rectifying", "closed"):
        problem_in(world, state)
    for row in fact.compute(Scope(SYSTEM), EVER, world.at):
        assert 0 <= row.numerator <= row.denominator
        assert len(row.all_keys) == row.denominator and len(set(row.all_keys)) == row.denominator
        assert set(row.keys) <= set(row.all_keys)
        assert CHINESE.search(row.label)
