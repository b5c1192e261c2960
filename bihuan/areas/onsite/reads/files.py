"""How many closed files came with a thing: their number and size, not their names, which are closed."""

from __future__ import annotations

from bihuan.record.models import Closed, ClosedFile


def files_of(thing: Closed) -> list[ClosedFile]:
    """In the order they came. The owner's name is that of `record.closed.owner_of`, which only actions may ask."""
    owner = f"{thing._meta.label_lower}:{thing.key}"
    return list(ClosedFile.objects.filter(owner=owner).select_related("stored").order_by("order"))
