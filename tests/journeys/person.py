"""A person at a screen: goes to pages, presses what is written on a button, and is told what went wrong."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

#: a loaded machine answers late; what is wrong stays wrong
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)
#: a refused form answers 4xx by intent, and the browser writes that down
_EXPECTED = (
    "the server responded with a status of 4",
    "Response Status Error Code 4",
    # who goes on to the next page leaves a half-asked question behind; a line that broke says htmx:sendError
    "htmx:sendAbort",
    "htmx:afterRequest",
)


class Person:
    """One browser of one person. `errors` are script errors, CSP violations and failed answers (5xx). What hands did is
    counted: taps, characters typed, and pages that were opened by their address alone."""

    def __init__(self, page: Page, home: str, name: str) -> None:
        self.page, self.home, self.name = page, home, name
        self.errors: list[str] = []
        self.taps = self.typed = self.opened = 0
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(f"{name} {page.url}: {error}"))
        page.on("response", self._answered)

    def _heard(self, message) -> None:
        if message.type == "error" and not any(words in message.text for words in _EXPECTED):
            self.errors.append(f"{self.name} {self.page.url}: {message.text}")

    def _answered(self, response) -> None:
        if response.status >= 500:
            self.errors.append(f"{self.name}: {response.status} {response.url}")

    def go(self, path: str) -> Page:
        self.opened += 1
        answer = self.page.goto(self.home + path)
        assert answer is not None and answer.status < 400, f"{self.name} {path}: {answer and answer.status}"
        return self.page

    def _place(self) -> Locator:
        """Where hands are now: the window on top, or the page."""
        windows = self.page.locator("dialog[open]")
        return windows.last if windows.count() else self.page.locator("body")

    def button(self, words: str) -> Locator:
        """The button or link that says this, in the open window if there is one, else on the page."""
        place = self._place()
        return (
            place.locator("button, a.b-btn, a.b-link, summary")
            .filter(has_text=words)
            .locator("visible=true")
            .first
        )

    def press(self, words: str) -> None:
        button = self.button(words)
        aside = button.get_attribute("data-drawer") is not None
        self.taps += 1
        button.click()
        if aside:
            expect(self.page.locator("dialog[open]").last).to_be_visible()
        self.page.wait_for_load_state()

    def follow(self, words: str) -> None:
        """A link of the page that says this: a line of the desk, a row, a tab, a place of the navigation."""
        self.taps += 1
        self._place().locator("a").filter(has_text=words).locator("visible=true").first.click()
        self.page.wait_for_load_state()

    def desk(self, line: str) -> None:
        """From the desk to what waits there."""
        self.go("/")
        self.follow(line)

    def tick(self, name: str, value: str = "") -> None:
        """A box, or one of several choices."""
        self.taps += 1
        self._place().locator(f"[name='{name}']" + (f"[value='{value}']" if value else "")).check(force=True)

    def fill(self, **fields: str) -> None:
        """By the field's name; in the open window if there is one."""
        place = self._place()
        for name, value in fields.items():
            field = place.locator(f"[name='{name}']").first
            self.taps, self.typed = self.taps + 1, self.typed + len(value)
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(label=value) if not value.isdecimal() else field.select_option(value)
            else:
                field.fill(value)

    def hand_in(self, name: str, *files: str | Path | dict) -> None:
        """Files that are sent at once: waits until each has arrived."""
        place = self._place()
        before = place.locator(f"input[type=hidden][name='{name}']").count()
        place.locator(f"input[type=file][name='{name}']").set_input_files(list(files))
        expect(place.locator(f"input[type=hidden][name='{name}']")).to_have_count(before + len(files))

    def sees(self, *words: str) -> None:
        for word in words:
            expect(self.page.locator("body")).to_contain_text(word)

    def does_not_see(self, *words: str) -> None:
        for word in words:
            expect(self.page.locator("body")).not_to_contain_text(word)
