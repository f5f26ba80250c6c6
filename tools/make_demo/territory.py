"""The 54 communes, the land border and the land around, from Natural Earth's outline and the gazetteer."""

import math
from collections import defaultdict

from shapely.geometry import LineString, Point, Polygon
from shapely.ops import unary_union

import cells
import facts as fact
import geo
import linework

SEED = 7
SHARED = 0.0005  # degrees within which two of Natural Earth's polygons (rounded differently) have a point in common

# What Natural Earth's provinces became on 1 July 2025 (resolution 202/2025/QH15), under the names of today. Two of its
# names are regions by mistake: its "Đông Bắc" is Bắc Kạn, its "Đồng Bằng Sông Hồng" is Hưng Yên.
PROVINCE_2025 = {
    "Thái Bình": "Hưng Yên", "Đồng Bằng Sông Hồng": "Hưng Yên", "Hải Dương": "Hải Phòng", "Hà Giang": "Tuyên Quang",
    "Nam Định": "Ninh Bình", "Hà Nam": "Ninh Bình", "Hòa Bình": "Phú Thọ", "Vĩnh Phúc": "Phú Thọ", "Ha Noi": "Hà Nội",
    "Đông Bắc": "Thái Nguyên", "Bắc Giang": "Bắc Ninh",
}


class Territory:
    """What is drawn, in degrees: `cells` {code: shape}, `border` (points, west to east), `outline`, `context`
    [(name, country, shape)], and `added`, the island that is no one's but ours."""


def make(facts):
    result = Territory()
    islands, mainland = _islands(facts)
    border = _shared_border(mainland, facts)
    border_plane = LineString([geo.to_plane(*p) for p in border])
    whole = {}
    for piece, codes in [(mainland, _mainland_codes(facts, islands))] + _several_owners(islands):
        communes = [facts.commune(c) for c in codes]
        is_main = piece is mainland
        mesh = cells.Mesh(geo.plane(piece), SEED)
        owner = cells.grow(mesh, communes, border_plane if is_main else None)
        sites = {c.code: Point(geo.to_degrees(*cells.centre(mesh.nearest(*geo.to_plane(c.lon, c.lat)))))
                 if not piece.contains(Point(c.lon, c.lat)) else Point(c.lon, c.lat) for c in communes}
        whole.update(linework.cut(piece, owner, sites))
    for code, parts in _one_owner(islands).items():
        whole[code] = geo.as_multi(sorted((geo.rounded_polygon(p) for p in parts), key=lambda p: (-p.area, p.bounds)))
    result.added = _co_to_island(facts, whole, mainland, _mainland_codes(facts, islands))
    whole[fact.CO_TO] = geo.as_multi(geo.polygons(whole[fact.CO_TO]) + [result.added])
    result.cells = {c.code: whole[c.code] for c in facts.communes}
    result.outline = unary_union([mainland] + [p for p, _ in islands])
    result.border = _with_nodes(border, result.cells)
    result.context = _context(facts, result.border)
    return result


def land_point(commune, shape):
    """The gazetteer's point where it lies in the commune's cell, else the cell's inner point."""
    point = Point(commune.lon, commune.lat)
    return point if shape.contains(point) else shape.representative_point()


def _islands(facts):
    """[(polygon, owners' codes)] and the mainland. Cát Bà is left out: it is Hải Phòng's."""
    pieces = geo.polygons(facts.outline)
    mainland, islands = pieces[0], []
    for piece in pieces[1:]:
        inner = piece.representative_point()
        held = sorted(c.code for c in facts.communes if piece.distance(Point(c.lon, c.lat)) < 0.01)
        if piece.contains(Point(fact.CAT_BA)):
            continue
        islands.append((piece, held or [fact.CO_TO if inner.x > 107.7 else fact.VAN_DON]))
    return islands, mainland


def _several_owners(islands):
    return [(piece, codes) for piece, codes in islands if len(codes) > 1]


def _one_owner(islands):
    owners = defaultdict(list)
    for piece, codes in islands:
        if len(codes) == 1:
            owners[codes[0]].append(piece)
    return owners


def _mainland_codes(facts, islands):
    elsewhere = {code for _, codes in islands for code in codes}
    return [c.code for c in facts.communes if c.code not in elsewhere]


def _co_to_island(facts, whole, mainland, mainland_codes):
    """Cô Tô's land that Natural Earth has not: a rough disc at its gazetteer point, so large that Cô Tô's area has the
    proportion to the published one that the mainland has."""
    share = geo.area_km2(mainland) / sum(facts.commune(c).area_km2 for c in mainland_codes)
    commune = facts.commune(fact.CO_TO)
    missing = commune.area_km2 * share - geo.area_km2(whole[fact.CO_TO])
    x, y = geo.to_plane(commune.lon, commune.lat)
    corners = []
    for k in range(22):
        angle = 2 * math.pi * k / 22
        ray = 0.7 + 0.6 * geo.value_noise(1.7 * math.cos(angle), 1.7 * math.sin(angle), SEED + 9)
        corners.append((x + 1.35 * ray * math.cos(angle), y + ray * math.sin(angle)))
    size = math.sqrt(missing / Polygon(corners).area)
    return geo.rounded_polygon(Polygon([geo.to_degrees(x + (a - x) * size, y + (b - y) * size) for a, b in corners]))


def _shared_border(mainland, facts):
    """The part of the mainland's outline that is China's too, west to east."""
    china = unary_union([shape for _, country, shape in facts.context if country == "China"])
    points = list(mainland.exterior.coords)[:-1]
    shared = [china.distance(Point(p)) < SHARED for p in points]
    start = next(i for i in range(len(points)) if shared[i] and not shared[i - 1])
    chain = []
    while shared[start % len(points)]:
        chain.append(points[start % len(points)])
        start += 1
    chain = [(geo.rounded(x), geo.rounded(y)) for x, y in chain]
    return chain if chain[0][0] < chain[-1][0] else chain[::-1]


def _with_nodes(border, communes):
    """The border with the points where communes meet on it, so that it has the very vertices of their outlines."""
    line = LineString(border)
    on_it = {p for shape in communes.values() for part in geo.polygons(shape) for p in part.exterior.coords
             if line.distance(Point(p)) < 1.5 * 10 ** -geo.DECIMALS}
    return sorted(on_it | set(border), key=lambda p: line.project(Point(p)))


def _context(facts, border):
    """Provinces of today; Natural Earth's vertices that are the province's (it rounds them otherwise) become the same."""
    known = [p for piece in geo.polygons(facts.outline) for p in piece.exterior.coords]

    def snap(x, y):
        near = min(known, key=lambda p: abs(p[0] - x) + abs(p[1] - y))
        return near if abs(near[0] - x) + abs(near[1] - y) < SHARED else (x, y)

    parts = defaultdict(list)
    for name, country, shape in facts.context:
        if name == "Quảng Ninh":
            continue
        for piece in geo.polygons(shape):
            parts[country, PROVINCE_2025.get(name, name)].append(
                geo.rounded_polygon(Polygon([snap(x, y) for x, y in piece.exterior.coords])))
    cat_ba = next(p for p in geo.polygons(facts.outline) if p.contains(Point(fact.CAT_BA)))
    parts["Vietnam", "Hải Phòng"].append(geo.rounded_polygon(cat_ba))
    return [(name, country, geo.as_multi(geo.polygons(unary_union(shapes))))
            for (country, name), shapes in sorted(parts.items())]
