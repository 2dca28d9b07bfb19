"""Judging as it happens: from one frame to the next, with nothing from the future."""
