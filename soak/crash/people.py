"""People who work while the house is under the axe: each sends again, with the same key, until it is answered."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import requests
from openpyxl import Workbook
from PIL import Image

if TYPE_CHECKING:
    from soak.scale.group import Group

    from .house import House

ROWS = 25
HEAD = ("序号", "发现日期", "责任单位", "问题描述", "整改措施", "责任人", "整改期限", "整改进度")
LETTERS = (
    "import django; django.setup(); from django.utils import timezone; "
    "from bihuan.problems.actions.give_letters import give_letters; give_letters(at=timezone.now())"
)


class Office:
    """What was sent and what was acknowledged, for the check afterwards."""

    def __init__(self, house: House | Group, seeds: dict[str, Any], number: int) -> None:
        self.house, self.seeds, self.number = house, seeds, number
        self.over = threading.Event()
        self.told: dict[str, Any] = {"said": [], "raised": {}, "closed": [], "files": {}, "imports": {}}
        self.faults: list[str] = []

    def send(self, who: str, path: str, **kwargs: Any) -> dict[str, Any]:
        """POST until there is an answer. Raises RuntimeError for a refusal: nothing sent here is to be refused."""
        headers = {
            "Authorization": f"Bearer {self.seeds['tokens'][who]}",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        until = time.monotonic() + 240
        while time.monotonic() < until:
            try:
                files = {"file": kwargs["file"]} if "file" in kwargs else None
                answer = requests.post(
                    f"{self.house.base}/api/v1/{path}",
                    json=kwargs.get("json"), files=files, headers=headers, timeout=30,
                )  # fmt: skip
            except requests.RequestException:
                time.sleep(0.1)
                continue
            if answer.status_code < 300:
                return answer.json()  # type: ignore[no-any-return]
            if answer.status_code < 500 and answer.status_code != 429:
                raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:200]}")
            time.sleep(0.1)
        raise RuntimeError(f"{path}: no answer in time")

    def raise_problems(self) -> None:
        """Photo first, then the problem that names it."""
        n = 0
        while not self.over.is_set():
            n += 1
            said = f"第 {self.number}-{n} 处皮带机防护罩缺失"
            self.told["said"].append(said)
            slip = self.send(
                "safety_officer", "files", file=(f"{n}.jpg", photo(self.number, n), "image/jpeg")
            )
            body = {
                "statement": said, "unit": self.seeds["unit"], "source": "daily_check",
                "files": [{"id": slip["id"], "role": "before"}],
            }  # fmt: skip
            made = self.send("safety_officer", "problems", json=body)
            self.told["raised"][said] = made["number"]
            self.told["files"][made["number"]] = slip["sha256"]

    def close_problems(self) -> None:
        while not self.over.is_set() and self.seeds["closable"]:
            number = self.seeds["closable"].pop()
            self.send("second_officer", f"problems/{number}/closure", json={"text": "逐件看过"})
            self.told["closed"].append(number)

    def commands(self) -> None:
        """Imports and rounds of letters, one after the other; the axe may fall on each of them."""
        n = 0
        while not self.over.is_set():
            n += 1
            name = f"导入 {self.number}-{n} "
            file = self.house.folder / f"ledger-{self.number}-{n}.xlsx"
            file.write_bytes(ledger(name))
            self.told["imports"][name] = (ROWS, False)
            words = ["-m", "bihuan.config.cli", "import", str(file), "--by", "2001", "--unit", "RZ"]
            if self.house.start("command", words).wait() == 0:
                self.told["imports"][name] = (ROWS, True)
            if not self.over.is_set():
                self.house.start("command", ["-c", LETTERS]).wait()

    def work(self, *deeds: Callable[[], None]) -> list[threading.Thread]:
        """All of them at once, or only these."""
        wanted = deeds or (self.raise_problems, self.close_problems, self.commands)
        hands = [threading.Thread(target=self._one, args=(deed,)) for deed in wanted]
        for hand in hands:
            hand.start()
        return hands

    def _one(self, deed: Any) -> None:
        try:
            deed()
        except Exception as problem:
            self.faults.append(f"{deed.__name__}: {problem}")


def photo(number: int, n: int) -> bytes:
    """A picture of its own for every problem."""
    content = BytesIO()
    Image.new("RGB", (40, 30), (number % 256, n % 256, n // 256)).save(
        content, "JPEG", comment=f"{number}-{n}".encode()
    )
    return content.getvalue()


def ledger(name: str) -> bytes:
    book = Workbook()
    book.active.append(HEAD)
    for n in range(1, ROWS + 1):
        book.active.append(
            (n, "2025-08-20", "热轧厂", f"{name}第 {n} 行护栏松动", "紧固", "牛晓东", "2025-09-30", "整改中")
        )
    content = BytesIO()
    book.save(content)
    return content.getvalue()
