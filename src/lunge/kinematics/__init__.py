"""From landmarks to measures: the body, the view, the sides, the angles and their errors."""
