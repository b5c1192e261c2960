"""What the pages and figures of this area read."""

from .coverage import Coverage, coverage_of, term_on
from .problems import adoptable, counts_of, problems_of_round
from .ready import Ready, ready_of
from .rounds import Chart, ChartRow, chart_of
from .teams import TeamRow, teams_of

__all__ = [
    "Chart",
    "ChartRow",
    "Coverage",
    "Ready",
    "TeamRow",
    "adoptable",
    "chart_of",
    "counts_of",
    "coverage_of",
    "problems_of_round",
    "ready_of",
    "teams_of",
    "term_on",
]
