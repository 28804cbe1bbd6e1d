"""Scores: what was read against what people marked. Library functions; ``dateline evaluate`` prints them."""
