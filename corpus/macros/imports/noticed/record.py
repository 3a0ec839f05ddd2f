"""What others add to."""

LINES = []
