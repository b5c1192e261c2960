"""What the pages and figures of this area read."""

from .coverage import Coverage, coverage_of, term_on
from .problems import adoptable, counts_of, problems_of_round
from .rounds import Chart, ChartRow, chart_of

__all__ = [
    "Chart",
    "ChartRow",
    "Coverage",
    "adoptable",
    "chart_of",
    "counts_of",
    "coverage_of",
    "problems_of_round",
    "term_on",
]
