"""Reports: pictures, curves and words of an analysis, for people; tables for programs."""

from lunge.report.faces import FacelessStills
from lunge.report.film import write_film
from lunge.report.footage import Footage, Stills
from lunge.report.page import page, write_report
from lunge.report.paper import paper, write_paper
from lunge.report.tables import write_signals, write_tables

__all__ = [
    "FacelessStills",
    "Footage",
    "Stills",
    "page",
    "paper",
    "write_film",
    "write_paper",
    "write_report",
    "write_signals",
    "write_tables",
]
