from __future__ import annotations

import pytest

from .story import Onsite


@pytest.fixture
def onsite(world) -> Onsite:
    return Onsite(world)
