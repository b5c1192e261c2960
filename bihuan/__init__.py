"""Bihuan 闭环. Its version stands here: an installation runs from its source, nothing is installed to ask."""

__version__ = "0.2.0"
