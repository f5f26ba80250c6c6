"""Chance that is the same on every run and with every Python: only Random.random() is used, which is specified."""

from random import Random


class Dice:
    """A stream of its own for each purpose, so that a change to one file leaves the others as they are."""

    def __init__(self, *purpose):
        seed = 0
        for letter in "/".join(str(part) for part in purpose):
            seed = (seed * 1000003 + ord(letter)) & 0xFFFFFFFFFFFF
        self._random = Random(seed)

    def between(self, low, high):
        return low + (high - low) * self._random.random()

    def bell(self, mean, deviation):
        """Roughly normal, never further than three deviations off."""
        return mean + deviation * (sum(self._random.random() for _ in range(6)) - 3) * 1.4142

    def chance(self, probability):
        return self._random.random() < probability

    def pick(self, items, weights):
        at = self._random.random() * sum(weights)
        for item, weight in zip(items, weights):
            at -= weight
            if at < 0:
                return item
        return items[-1]


def split(total, weights, at_least=0):
    """Whole numbers that add up to `total`, in proportion to the weights (largest remainders), none below `at_least`."""
    rest = total - at_least * len(weights)
    if rest < 0:
        raise ValueError(f"{total} cannot be split into {len(weights)} parts of at least {at_least}")
    exact = [rest * w / sum(weights) for w in weights]
    parts = [int(e) for e in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[:rest - sum(parts)]:
        parts[i] += 1
    return [at_least + p for p in parts]


def meet(total):
    """A number that agrees with a published (value, qualifier): "nearly 8000" is 7936, "more than 200" is 208."""
    value, qualifier = total
    if qualifier == "exactly":
        return value
    if qualifier == "nearly":
        return int(value * 0.992)
    if qualifier == "more than":
        return int(value * 1.04)
    raise ValueError(f"no rule for the qualifier {qualifier!r}")
