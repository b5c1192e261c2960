"""How well suggested repeats hold on real texts: pairs labelled by hand, `python -m bench.likeness PATH_TO_TEXTS`."""
