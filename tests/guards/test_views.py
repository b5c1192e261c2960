"""Every address says who may come in: a view without `.needs` is a door without a lock."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, path


def walk(patterns: list, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, here)
        else:
            yield here, pattern


def without_needs(patterns: list) -> list[str]:
    found = []
    for address, pattern in walk(patterns):
        view = getattr(pattern.callback, "view_class", pattern.callback)
        if not getattr(view, "needs", ""):
            found.append(f"/{address} -> {view.__module__}.{view.__qualname__}")
    return found


def test_every_view_declares_what_it_needs():
    patterns = get_resolver().url_patterns
    assert list(walk(patterns))
    assert without_needs(patterns) == []


def test_every_address_has_a_name():
    nameless = [address for address, pattern in walk(get_resolver().url_patterns) if not pattern.name]
    assert not nameless


def test_an_open_door_is_found():
    def page(request):
        return None

    assert len(without_needs([path("open/", page)])) == 1
    page.needs = "problem.view"
    assert without_needs([path("open/", page)]) == []
