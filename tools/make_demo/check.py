"""What must hold of the files made, checked on their text before anything is written: topology first of all. Totals and
points are checked again, independently, by the project's tests."""

import json

from shapely.geometry import LineString, Point, shape
from shapely.ops import unary_union

import facts as fact
import geo

METRE = 1e-5  # of a degree, about


def problems(facts, made):
    communes = {f["properties"]["code"]: shape(f["geometry"]) for f in json.loads(made["communes.geojson"])["features"]}
    border = LineString(json.loads(made["land_border.geojson"])["features"][0]["geometry"]["coordinates"])
    found = []
    found += _topology(communes)
    found += _cover(facts, communes)
    found += _gazetteer(facts, communes)
    found += _border(facts, communes, border)
    for f in json.loads(made["context.geojson"])["features"]:
        around = shape(f["geometry"])
        if not around.is_valid:
            found.append(f"the polygon of {f['properties']['name']} is not valid")
        for code, cell in communes.items():
            if around.intersection(cell).area > 2e-6:
                found.append(f"{f['properties']['name']} lies over commune {code}")
    return found


def _topology(communes):
    found = [f"the polygon of {code} is not valid" for code, cell in communes.items() if not cell.is_valid]
    vertices = {code: {p for part in geo.polygons(cell) for ring in [part.exterior, *part.interiors] for p in ring.coords}
                for code, cell in communes.items()}
    codes = sorted(communes)
    for i, a in enumerate(codes):
        for b in codes[i + 1:]:
            if communes[a].distance(communes[b]) > METRE:
                continue
            if communes[a].intersection(communes[b]).area > 0:
                found.append(f"{a} and {b} overlap")
            for one, other in ((a, b), (b, a)):
                missing = [p for p in vertices[one] if p not in vertices[other]
                           and communes[other].distance(Point(p)) < METRE / 2]
                if missing:
                    found.append(f"{other} has no vertex where {one} has one: {missing[0]}")
    return found


def _cover(facts, communes):
    """All of Natural Earth's outline but Cát Bà, and nothing else but the island added to Cô Tô."""
    outline = unary_union([p for p in geo.polygons(facts.outline) if not p.contains(Point(fact.CAT_BA))])
    together = unary_union(list(communes.values()))
    commune = facts.commune(fact.CO_TO)
    added = next(p for p in geo.polygons(communes[fact.CO_TO]) if p.contains(Point(commune.lon, commune.lat)))
    difference = together.symmetric_difference(unary_union([outline, added]))
    found = []
    if difference.buffer(-METRE).area > 0:
        found.append("the communes together are not the outline")
    if any(len(p.interiors) for p in geo.polygons(together)):
        found.append("there are holes between communes")
    return found


def _gazetteer(facts, communes):
    """Each point in its cell; where Natural Earth has water at the point, at most so far from it."""
    found = []
    land = unary_union(list(communes.values()))
    for c in facts.communes:
        point, cell = Point(c.lon, c.lat), communes[c.code]
        if land.contains(point) and not cell.contains(point):
            found.append(f"the cell of {c.name} does not hold its point")
        if cell.distance(point) > 0.021:
            found.append(f"the cell of {c.name} is far from its point")
        islands = {fact.VAN_DON: 6, fact.CO_TO: 3}
        if len(geo.polygons(cell)) != islands.get(c.code, 1):
            found.append(f"{c.name} is in {len(geo.polygons(cell))} pieces")
    return found


def _border(facts, communes, border):
    found = []
    steps = {frozenset(pair) for pair in zip(border.coords, border.coords[1:])}
    owned = set()
    for c in facts.communes:
        sides = {frozenset(pair) for part in geo.polygons(communes[c.code])
                 for pair in zip(part.exterior.coords, part.exterior.coords[1:])}
        if bool(sides & steps) != c.on_land_border:
            found.append(f"{c.name} is on the land border or not, wrongly")
        if not c.on_land_border and communes[c.code].distance(border) < METRE:
            found.append(f"{c.name} touches the land border")
        owned |= sides & steps
    if owned != steps:
        found.append("part of the land border is no commune's side")
    return found
