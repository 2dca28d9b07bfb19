"""The plan of weeks: the screen, the ladder and its rules, progress, prescriptions; without a clock or files."""
