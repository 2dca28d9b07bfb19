"""Breaks from long sitting: when one is due, when it is offered, and what became of it.

`core` decides and touches nothing; `desk` and what it imports ask the computer; `program` runs both.
"""
