"""Population, households, poverty, and children measured: plausible, and invented. No commune's figure is published."""

from dice import Dice

YEARS = range(2021, 2026)
POPULATION_2021 = 1_362_000  # the whole province, about
GROWTH = 1.008               # a year

# So that "no data" can be seen in all its kinds: a commune never measured, two not measured in one year, and one whose
# children stayed away in one year (a row with 0 measured).
NEVER_MEASURED = "06979"                                   # Kỳ Thượng
NOT_MEASURED = {("06886", 2021), ("07192", 2023)}          # Hải Lạng, Cô Tô
NOBODY_CAME = ("06967", 2022)                              # Cái Chiên

# Residents (in thousands) that a former unit counts for: by its kind, and by the kind of commune that it is in now.
_FORMER = {("Phường", "ward"): 9.0, ("Xã", "ward"): 6.0, ("Xã", "commune"): 4.6, ("Thị trấn", "commune"): 8.0,
           ("Xã", "special zone"): 3.0, ("Thị trấn", "special zone"): 6.5}


# Small islands have fewer than their former units count for: Vĩnh Thực, Cái Chiên, Cô Tô.
_SMALL_ISLANDS = {"06757": 0.5, "06967": 0.35, "07192": 0.5}


class People:
    """`population` rows (code, year, population, households, poor_households), `malnutrition` rows (code, year,
    children_measured, underweight, stunted), and what other files need: `households` and `under_five` by (code, year),
    `stunting` and `poverty` (shares in 2021) by code."""


def remoteness(commune):
    """0 (a town) to 1 (mountains at the border), from facts: the kind, the border, and the land a former unit had."""
    if commune.kind == "ward":
        return 0.1 if commune.on_land_border else 0.0
    if commune.kind == "special zone" or commune.code in ("06757", "06967"):  # islands
        return 0.2
    spread = min(1.0, commune.area_km2 / len(commune.merged_from) / 95)
    return min(1.0, 0.2 + 0.4 * spread + (0.4 if commune.on_land_border else 0.0))


def make(facts):
    people = People()
    weight = {c.code: _weight(c) * Dice("population", c.code).between(0.8, 1.25) for c in facts.communes}
    scale = POPULATION_2021 / sum(weight.values())
    people.population, people.malnutrition = [], []
    people.households, people.under_five, people.stunting, people.poverty = {}, {}, {}, {}
    for commune in facts.communes:
        _count(people, commune, weight[commune.code] * scale)
        _measure(people, commune)
    return people


def _weight(commune):
    total = 0.0
    for unit in commune.merged_from:
        kind = "Thị trấn" if unit.startswith("Thị trấn") else unit.split()[0]
        total += _FORMER[kind, commune.kind]
    return total * _SMALL_ISLANDS.get(commune.code, 1) * (1 - 0.4 * max(0.0, remoteness(commune) - 0.3))


def _count(people, commune, residents):
    dice, remote = Dice("households", commune.code), remoteness(commune)
    size = 3.4 + 0.7 * remote + dice.between(-0.1, 0.1)
    poverty = (0.004 + 0.075 * remote ** 2) * dice.between(0.75, 1.3)
    people.poverty[commune.code] = poverty
    young = 0.078 + 0.02 * remote + dice.between(-0.004, 0.004)
    growth = GROWTH + dice.between(-0.004, 0.004) - 0.004 * remote
    for year in YEARS:
        population = round(residents * growth ** (year - 2021))
        households = round(population / size)
        poor = round(households * poverty * 0.80 ** (year - 2021))
        people.population.append((commune.code, year, population, households, poor))
        people.households[commune.code, year] = households
        people.under_five[commune.code, year] = round(population * young)


def _measure(people, commune):
    dice, remote = Dice("malnutrition", commune.code), remoteness(commune)
    stunted = 0.075 + 0.19 * remote + dice.between(-0.035, 0.05) * (0.4 + remote)
    people.stunting[commune.code] = stunted
    thin = dice.between(0.50, 0.62)
    coverage, fall = dice.between(0.62, 0.84), dice.between(0.935, 0.965)
    for year in YEARS:
        measured = round(people.under_five[commune.code, year] * min(0.95, coverage + 0.025 * (year - 2021)
                                                                      + dice.between(-0.03, 0.03)))
        share = stunted * fall ** (year - 2021)
        with_stunting = _some(dice, measured, share)
        with_underweight = min(with_stunting, _some(dice, measured, share * thin))
        if commune.code == NEVER_MEASURED or (commune.code, year) in NOT_MEASURED:
            continue
        if (commune.code, year) == NOBODY_CAME:
            measured = with_underweight = with_stunting = 0
        people.malnutrition.append((commune.code, year, measured, with_underweight, with_stunting))


def _some(dice, count, share):
    """How many of `count`, each having the chance `share` (nearly: a rounded bell)."""
    return max(0, min(count, round(dice.bell(count * share, (count * share * (1 - share)) ** 0.5))))
