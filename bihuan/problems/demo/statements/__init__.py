"""What inspectors write: statement, equipment, what is done about it, and what shows that it was done.

Slots: {p} a place of the unit that fits the category, {a} a number of a machine, {n} a small count, {m} months,
{k} a larger count, {d} metres.
"""
