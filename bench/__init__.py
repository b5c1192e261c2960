"""Figures beside their target and beside a baseline of the same run: `make bench`, `make bench ONLY=name`."""
