def mean(xs: list, /, *, weights=(1, 2)) -> float:
    """The mean."""
    total = sum(x * w for x, w in zip(xs, weights))
    if not total:
        return 0.0
    return total / len(xs)
