"""The parts of the desk, each with its few queries."""
