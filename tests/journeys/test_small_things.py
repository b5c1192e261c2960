"""A missing lamp cover: found, put right, photographed, closed by a second person. At most six taps on phones."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import expect

from bihuan.problems.models import Problem

from .person import Person
from .pictures import photo

MOST = 6


@dataclass
class Counter:
    """What two people did with their fingers, together."""

    taps: int = 0
    typed: int = 0
    screens: int = 0

    def tap(self, person: Person, target, *, stays: bool = False) -> None:
        """A tap leads to another page unless it `stays` on this one."""
        self.taps += 1
        if stays:
            return target.tap()
        with person.page.expect_navigation():
            target.tap()

    def type(self, person: Person, text: str) -> None:
        """Into what has the focus: a field that must be tapped first counts as a tap."""
        person.page.keyboard.insert_text(text)
        self.typed += len(text)

    def take_photo(self, person: Person, name: str, picture: dict) -> None:
        """One tap opens the camera; the shutter is the camera's own. Waits for the receipt."""
        place = person.page.locator(f"input[type=file][name='{name}']")
        with person.page.expect_file_chooser() as chooser:
            self.tap(person, place, stays=True)
        chooser.value.set_files(picture)
        expect(person.page.locator(f"input[type=hidden][name='{name}']")).to_have_count(1)

    def seen(self, person: Person) -> None:
        self.screens += 1


def test_six_taps(world, people, work, camera):
    finder, closer = people("worker_a", phone=True), people("worker_b", phone=True)
    count = Counter()

    finder.go("/")
    count.seen(finder)
    count.tap(finder, finder.page.locator(".b-phonebar__act"))
    count.seen(finder)
    # the field for the sentence has the focus: the keyboard stands open, nothing has to be tapped
    assert finder.page.evaluate("document.activeElement.name") == "statement"
    count.type(finder, "3 号加热炉操作台照明灯罩缺 1 个，已装上")
    count.take_photo(finder, "before", photo("缺灯罩", "前"))
    count.take_photo(finder, "after", photo("装好了", "后"))
    assert camera.look(finder.page, "phone-raise") == []
    count.tap(finder, finder.button("当场已改"))
    count.seen(finder)
    finder.sees("已送核验", "请另一人看过后销号")
    problem = Problem.objects.get()
    assert problem.closure == "verifying" and problem.attachments.count() == 2
    assert (
        finder.page.locator("button:not(.is-refused)").filter(has_text="销号").locator("visible=true").count()
        == 0
    )
    work()

    closer.go("/")
    count.seen(closer)
    assert camera.look(closer.page, "phone-desk") == []
    count.tap(closer, closer.page.locator(".b-rows").get_by_text("3 号加热炉操作台").first)
    count.seen(closer)
    # before and after stand side by side
    expect(closer.page.locator("#thread .b-pair").first.locator("img")).to_have_count(2)
    assert camera.look(closer.page, "phone-problem") == []
    count.tap(closer, closer.button("销号"))
    closer.sees("已销号")
    camera.look(closer.page, "phone-closed")

    problem.refresh_from_db()
    assert (problem.closure, problem.closed_by) == ("closed", world.person("worker_b"))
    print(f"\ntaps {count.taps}, screens {count.screens}, typed characters {count.typed}")
    assert count.taps <= MOST
