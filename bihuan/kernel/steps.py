"""State tables: the one place that says which step leads from which state to which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One verb of a life cycle.

    `sources` are the states it may start from; an empty tuple means that it creates the thing. `target`
    is the state it leads to; None means that the state stays. Where a step may end in one of several
    states, `target` is the usual one and `also` holds the others. `event` is the kind of the event it
    leaves behind, in the past tense; event kinds are data.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    permission: str
    who: str = ""
    also: tuple[str, ...] = ()
    event: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        return (() if self.target is None else (self.target,)) + self.also


@dataclass(frozen=True)
class StepTable:
    """Steps by name, checked when the module is loaded: a typing slip in a state name stops start-up."""

    states: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    by_name: dict[str, Step] = field(init=False)

    def __post_init__(self) -> None:
        known = {code for code, _ in self.states}
        for step in self.steps:
            unknown = [s for s in (*step.sources, *step.targets) if s not in known]
            if unknown:
                raise ValueError(f"step {step.name} names unknown states {unknown}")
        names = [step.name for step in self.steps]
        if len(names) != len(set(names)):
            raise ValueError("a step name occurs twice")
        object.__setattr__(self, "by_name", {step.name: step for step in self.steps})

    def __getitem__(self, name: str) -> Step:
        return self.by_name[name]

    def from_state(self, state: str) -> list[Step]:
        return [step for step in self.steps if state in step.sources]

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, in a stable order so that it can be diffed."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {code} : {label}" for code, label in self.states]
        lines += sorted(set(self._arrows()))
        return "\n".join(lines) + "\n"

    def _arrows(self) -> Iterable[str]:
        for step in self.steps:
            if not step.sources:
                yield from (f"    [*] --> {target} : {step.label}" for target in step.targets)
            for source in step.sources:
                for target in step.targets:
                    yield f"    {source} --> {target} : {step.label}"
