from __future__ import annotations

import pytest

from .story import Outcome


@pytest.fixture
def outcome(world) -> Outcome:
    return Outcome(world)
