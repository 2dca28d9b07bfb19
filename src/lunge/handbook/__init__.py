"""The handbook: pages to print for the days without a screen."""

from lunge.handbook.pages import PAPERS, Paper, handbook

__all__ = ["PAPERS", "Paper", "handbook"]
