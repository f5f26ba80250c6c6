"""Points: villages, sanitation facilities, shelters, Border Guard posts. Every position is invented; each lies in the
cell of the commune it names. All take and give degrees, and think in kilometres."""

import math

from shapely.geometry import LineString, Point
from shapely.ops import nearest_points
from shapely.prepared import prep

import facts as fact
import geo
import programmes
from dice import Dice, meet, split
from territory import land_point

VILLAGES = 1500


def villages(facts, people, territory):
    """[(properties, (lon, lat))]: households add up to the commune's of 2025, children to its children under five."""
    weights = [people.households[c.code, 2025] ** 0.6 * c.area_km2 ** 0.15 for c in facts.communes]
    result = []
    for commune, count in zip(facts.communes, split(VILLAGES, weights, at_least=4)):
        dice = Dice("villages", commune.code)
        shares = [dice.between(0.55, 1.5) for _ in range(count)]
        households = split(people.households[commune.code, 2025], shares, at_least=12)
        children = split(people.under_five[commune.code, 2025], [h * dice.between(0.8, 1.25) for h in households])
        word = "Khu" if commune.kind == "ward" else "Thôn"
        points = _scatter(territory.cells[commune.code], land_point(commune, territory.cells[commune.code]), count, dice)
        for i, point in enumerate(points):
            result.append(({"id": f"{commune.code}-{i + 1:02}", "name": f"{word} {i + 1}", "code": commune.code,
                            "commune": commune.name, "households": households[i], "children_under_5": children[i]},
                           point))
    return result


def sanitation(facts, people, territory, homes):
    """Near villages of the programme's border communes."""
    total = meet(facts.totals[programmes.BORDER, "sanitation facilities built"])
    counts = programmes.points_by_commune_and_year(facts, people, "sanitation", total)
    kinds, weights = ("latrine", "bathroom", "water tank"), (55, 25, 20)
    rows = []
    for (code, year), count in sorted(counts.items(), key=lambda item: (item[0][1], item[0][0])):
        dice = Dice("sanitation", code, year)
        near = [(p, v["households"]) for v, p in homes if v["code"] == code]
        for _ in range(count):
            home = dice.pick([p for p, _ in near], [h for _, h in near])
            rows.append(({"id": f"S{len(rows) + 1:03}", "year": year, "type": dice.pick(kinds, weights), "code": code,
                          "commune": facts.commune(code).name}, _beside(home, territory.cells[code], 1.1, dice)))
    return rows


def shelters(facts, people, territory, homes):
    """Nearer to the border than other houses."""
    total = meet(facts.totals[programmes.BORDER, "border shelters built or repaired"])
    counts = programmes.points_by_commune_and_year(facts, people, "shelters", total)
    line = LineString([geo.to_plane(*p) for p in territory.border])
    rows = []
    for (code, year), count in sorted(counts.items(), key=lambda item: (item[0][1], item[0][0])):
        dice = Dice("shelters", code, year)
        near = [p for v, p in homes if v["code"] == code]
        weights = [math.exp(-line.distance(Point(geo.to_plane(*p))) / 5) for p in near]
        for _ in range(count):
            rows.append(({"id": f"M{len(rows) + 1:02}", "year": year, "work": dice.pick(("built", "repaired"), (6, 4)),
                          "code": code, "commune": facts.commune(code).name},
                         _beside(dice.pick(near, weights), territory.cells[code], 0.7, dice)))
    return rows


def border_posts(facts, territory):
    """One in each unit on the land border, a kilometre from the line, and one on three islands."""
    line = LineString(territory.border)
    rows = []
    for commune in facts.communes:
        cell = territory.cells[commune.code]
        if commune.on_land_border:
            own = [p for p in territory.border if cell.distance(Point(p)) == 0]
            middle = LineString(own).interpolate(0.5, normalized=True)
            rows.append((commune, "land border", _inside(geo.to_plane(middle.x, middle.y), cell)))
        elif commune.code in (fact.VINH_THUC, fact.VAN_DON, fact.CO_TO):
            seaward = nearest_points(geo.polygons(cell)[0], Point(108.3, 20.9))[0]
            rows.append((commune, "sea", _inside(geo.to_plane(seaward.x, seaward.y), cell)))
    assert all(line.distance(Point(p)) < 0.05 for _, side, p in rows if side == "land border")
    return [({"id": f"P{i + 1:02}", "name": f"Post at {c.name}", "border": side, "code": c.code, "commune": c.name}, p)
            for i, (c, side, p) in enumerate(rows)]


def _inside(shore, cell):
    """The point of the cell, a kilometre from its edge where it is so wide, that is nearest to one on its edge."""
    flat = geo.plane(geo.polygons(cell)[0])
    for depth in (1.0, 0.6, 0.3, 0.1):
        core = flat.buffer(-depth)
        if not core.is_empty:
            point = nearest_points(core, Point(shore))[0]
            return _written(geo.to_degrees(point.x, point.y))
    raise ValueError("a cell has no inside")


def _written(point):
    return (geo.rounded(point[0]), geo.rounded(point[1]))


def _scatter(cell, first, count, dice):
    """Points that keep a distance, the first one given; the distance shrinks until all find room."""
    flat = geo.plane(cell)
    room = flat.buffer(-0.12)
    inside, low_x, low_y, high_x, high_y = prep(room), *room.bounds
    points = [geo.to_plane(first.x, first.y)]
    apart, failures = 0.9 * math.sqrt(flat.area / count), 0
    while len(points) < count:
        p = (dice.between(low_x, high_x), dice.between(low_y, high_y))
        if inside.contains(Point(p)) and all(math.dist(p, q) >= apart for q in points):
            points.append(p)
            failures = 0
        else:
            failures += 1
            if failures > 400:
                apart, failures = apart * 0.9, 0
    return [_written(geo.to_degrees(*p)) for p in points]


def _beside(home, cell, reach, dice):
    """A point up to `reach` kilometres from a village, in the same cell."""
    x, y = geo.to_plane(*home)
    while True:
        angle, distance = dice.between(0, 2 * math.pi), reach * math.sqrt(dice.between(0.02, 1))
        point = _written(geo.to_degrees(x + distance * math.cos(angle), y + distance * math.sin(angle)))
        if cell.contains(Point(point)):
            return point
