"""What a phase of a story cost the people in it: taps, characters, and pages asked for by address. No seconds."""

from __future__ import annotations

from .person import Person


class Tally:
    """`done(phase)` says what was done since the last one; a phase that costs more than it did is found here."""

    def __init__(self, *people: Person) -> None:
        self.people = people
        self.before = (0, 0, 0)

    def _now(self) -> tuple[int, int, int]:
        return (
            sum(one.taps for one in self.people),
            sum(one.typed for one in self.people),
            sum(one.opened for one in self.people),
        )

    def done(self, phase: str, *, most: int) -> None:
        """Fails when the phase took more than `most` taps."""
        now = self._now()
        taps, typed, opened = (after - was for after, was in zip(now, self.before, strict=True))
        self.before = now
        print(f"\n{phase}: taps {taps}, typed characters {typed}, opened {opened}")
        assert taps <= most, f"{phase}: {taps} taps, {most} were enough"
