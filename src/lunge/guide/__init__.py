"""The plan and what is kept of a person, together: what is asked today, and what is written down of it."""
