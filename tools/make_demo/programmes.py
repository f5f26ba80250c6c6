"""The four programmes: the published totals, spread over communes and years. The totals are facts, the spread is not."""

from collections import Counter

from dice import Dice, meet, split
from people import YEARS

FIVE_NO, FIVE_HAVE = "Five No Three Clean", "Five Have Three Clean"
BORDER, NUTRITION, PROJECT_8 = "Border Women", "Child Nutrition", "Project 8"


def border_communes(facts):
    """The programme's border communes: of the units on the land border those that are communes (xã), not wards."""
    return [c for c in facts.communes if c.on_land_border and c.kind == "commune"]


def five_no_three_clean(facts, people):
    """(code, year, households_registered, households_helped): helped to meet the 8 criteria, newly in that year."""
    total = meet(facts.totals[FIVE_NO, "households helped to meet the 8 criteria"])
    keys = [(c.code, year) for c in facts.communes for year in YEARS]
    weights = [people.households[key] * (0.012 + people.poverty[key[0]]) * (0.7 + 0.12 * (key[1] - 2021))
               * Dice(FIVE_NO, *key).between(0.75, 1.3) for key in keys]
    rows = []
    for key, helped in zip(keys, split(total, weights)):
        rows.append((*key, round(helped * Dice(FIVE_NO, "registered", *key).between(1.05, 1.45)), helped))
    return rows


def five_have_three_clean(facts, people):
    """(code, since_year, models) of the communes that apply it: the ones with most poor households, of the communes."""
    count = meet(facts.totals[FIVE_HAVE, "communes applying it"])
    models = meet(facts.totals[FIVE_HAVE, "models"])
    candidates = [c.code for c in facts.communes if c.kind == "commune"]
    chosen = sorted(candidates, key=lambda code: (-people.poverty[code], code))[:count]
    parts = dict(zip(chosen, split(models, [1] * count)))
    return [(code, 2022 + min(3, chosen.index(code) // 4), parts[code]) for code in sorted(chosen)]


def border_women(facts, people):
    """(code, year, sessions, members, livelihood_models, students, resources_vnd); students: newly taken on."""
    communes = border_communes(facts)
    if len(communes) != meet(facts.totals[BORDER, "border communes"]):
        raise ValueError("the rule for border communes does not give as many as were published")
    keys = [(c.code, year) for c in communes for year in YEARS]
    weights = [people.households[key] * (1 + 0.1 * (key[1] - 2021)) for key in keys]

    def spread(item, scale=1):
        shaken = [w * Dice(BORDER, item, *key).between(0.7, 1.3) for key, w in zip(keys, weights)]
        return split(meet(facts.totals[BORDER, item]) * scale, shaken)

    sessions = spread("propaganda sessions")
    members = spread("members reached by the sessions")
    members = _only_where(members, sessions)
    # In billions as published; more than 15 is 15.6, in steps of 100,000 dong.
    total = round(facts.totals[BORDER, "resources mobilised"][0] * 1.04 * 10_000)
    shaken = [w * Dice(BORDER, "resources", *key).between(0.7, 1.3) for key, w in zip(keys, weights)]
    resources = [part * 100_000 for part in split(total, shaken)]
    columns = zip(keys, sessions, members, spread("household economic models supported"),
                  spread("students supported regularly"), resources)
    return [(*key, *rest) for key, *rest in columns]


def child_nutrition(facts, people):
    """(old_full_name, since_year, focus, models, children_in_models, children_with_growth_book, training_classes,
    competitions, leaflets) of the former communes covered: those that went to the communes with most stunting, focus
    first. Keyed by the former name alone, as it was in life."""
    covered = meet(facts.totals[NUTRITION, "communes covered"])
    focus = meet(facts.totals[NUTRITION, "focus communes with a high malnutrition rate"])
    stunting = {}
    for row in facts.old_units:
        name = row["old_full_name"]
        if not name.startswith("Phường"):
            stunting[name] = max(stunting.get(name, 0), people.stunting[row["new_code"]])
    units = sorted(stunting, key=lambda name: (-stunting[name], name))[:covered]
    need = [stunting[name] * (2 if i < focus else 1) * Dice(NUTRITION, name).between(0.6, 1.4)
            for i, name in enumerate(units)]
    models = split(meet(facts.totals[NUTRITION, "childcare and education models"]), need)
    classes = split(meet(facts.totals[NUTRITION, "training classes"]), need, at_least=1)
    competitions = split(meet(facts.totals[NUTRITION, "competitions"]), need)
    leaflets = [50 * n for n in split(meet(facts.totals[NUTRITION, "leaflets handed out"]) // 50, need, at_least=1)]
    rows = []
    for i, name in enumerate(units):
        children = sum(round(Dice(NUTRITION, "model", name, k).between(18, 36)) for k in range(models[i]))
        since = 2022 if i < focus else 2022 + i % 3
        rows.append((name, since, int(i < focus), models[i], children, children, classes[i], competitions[i],
                     leaflets[i]))
    return sorted(rows)


def project_8(facts, people):
    """(code, year, teams, clubs, sessions, trainings, participants): new in that year, in the communes (xã)."""
    codes = [c.code for c in facts.communes if c.kind == "commune"]
    keys = [(code, year) for code in codes for year in YEARS]
    weights = [(0.03 + people.poverty[code]) * people.households[code, year] ** 0.5 for code, year in keys]

    def spread(item, power=1.0, at_least=0):
        shaken = [w ** power * Dice(PROJECT_8, item, *key).between(0.5, 1.5) for key, w in zip(keys, weights)]
        return split(meet(facts.totals[PROJECT_8, item]), shaken, at_least)

    sessions = spread("communication sessions", at_least=1)
    trainings = spread("trainings")
    people_there = split(meet(facts.totals[PROJECT_8, "participants in sessions and trainings"]),
                         [(s + 0.8 * t) * Dice(PROJECT_8, "participants", *key).between(0.8, 1.2)
                          for key, s, t in zip(keys, sessions, trainings)])
    columns = zip(keys, spread("community communication teams"), spread("Leaders of Change clubs"), sessions, trainings,
                  people_there)
    return [(*key, *rest) for key, *rest in columns]


def _only_where(parts, other):
    """Moves what stands where `other` has nothing to where it has most."""
    moved = list(parts)
    most = max(range(len(other)), key=lambda i: other[i])
    for i, count in enumerate(other):
        if count == 0:
            moved[most] += moved[i]
            moved[i] = 0
    return moved


def points_by_commune_and_year(facts, people, purpose, total):
    """Counter of (code, year) over the border communes: how many points of a kind each gets."""
    keys = [(c.code, year) for c in border_communes(facts) for year in YEARS]
    weights = [people.households[key] * people.poverty[key[0]] ** 0.5 * Dice(purpose, *key).between(0.6, 1.4)
               for key in keys]
    return Counter(dict(zip(keys, split(total, weights))))
