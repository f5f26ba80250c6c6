"""Which commune owns which bit of land: a fine hexagonal mesh on which every commune grows from its gazetteer point.

All communes start at once and walk outwards; a hexagon belongs to whoever comes first. Speeds are corrected until the
areas are in proportion to the published ones. Because a commune walks only over its own hexagons, its land is in one
piece and holds its point whatever the speeds. The ground is rough (smooth noise), so that two communes meet along a
line that looks like a ridge or a stream and not like a bisector. Communes on the land border have a way to it kept free,
and nobody else may stand on it.
"""

import heapq
import math
from collections import defaultdict

from shapely.geometry import LineString, Point, Polygon
from shapely.prepared import prep

import geo

SIDE = 0.32          # km, of a hexagon: 0.27 km²
ROUNDS = 220         # of correcting the speeds
SHAPELINESS = 0.012  # how much a compact shape is worth against the right area, in choosing among the rounds
ROUGHNESS = 3.2      # how much dearer the worst ground is than the best
TRADES = 120         # of the rounds in which neighbours then trade single hexagons
BORDER_BELT = 0.75   # km from the border line that only border communes may own
CORRIDOR = 0.8       # km on either side of a border commune's way to the line
BORDER_GAP = 4.0     # km between two neighbours' ends of those ways
NEIGHBOURS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
STEP = math.sqrt(3) * SIDE


def centre(hexagon):
    q, r = hexagon
    return (STEP * (q + r / 2), 1.5 * SIDE * r)


def corners(hexagon):
    """As whole numbers, so that neighbours agree: x in STEP / 2, y in SIDE / 2."""
    q, r = hexagon
    x, y = 2 * q + r, 3 * r
    return ((x, y + 2), (x + 1, y + 1), (x + 1, y - 1), (x, y - 2), (x - 1, y - 1), (x - 1, y + 1))


def corner_point(corner):
    return (corner[0] * STEP / 2, corner[1] * SIDE / 2)


def around(hexagon):
    return [(hexagon[0] + dq, hexagon[1] + dr) for dq, dr in NEIGHBOURS]


class Mesh:
    """The hexagons that touch one piece of land (in the plane), with the land in each and the roughness of its ground."""

    def __init__(self, land, seed):
        self.land = land
        self.area = {}
        self.cost = {}
        low_x, low_y, high_x, high_y = land.bounds
        inner, outer = prep(land.buffer(-SIDE)), prep(land)
        whole = 1.5 * math.sqrt(3) * SIDE * SIDE
        for r in range(math.floor(low_y / (1.5 * SIDE)) - 1, math.ceil(high_y / (1.5 * SIDE)) + 2):
            first, last = math.floor(low_x / STEP - r / 2) - 1, math.ceil(high_x / STEP - r / 2) + 2
            for q in range(first, last):
                x, y = centre((q, r))
                if inner.contains(Point(x, y)):
                    self.area[q, r] = whole
                else:
                    outline = Polygon([corner_point(c) for c in corners((q, r))])
                    if outer.intersects(outline):
                        self.area[q, r] = land.intersection(outline).area
                if (q, r) in self.area:
                    self.cost[q, r] = 0.5 + ROUGHNESS * _roughness(x, y, seed) ** 2
        # Where there is little land in a hexagon one cannot walk: that would be across water.
        self.walkable = {h for h, a in self.area.items() if a > 0.45 * whole}
        self.total = land.area

    def nearest(self, x, y):
        return min(self.walkable, key=lambda h: (math.dist(centre(h), (x, y)), h))

    def way(self, start, goal):
        """The cheapest way from one hexagon to another, both included."""
        best, came, heap = {start: 0.0}, {}, [(0.0, start)]
        while heap:
            spent, here = heapq.heappop(heap)
            if here == goal:
                break
            if spent > best[here]:
                continue
            for there in around(here):
                if there in self.walkable:
                    cost = spent + self.cost[here] + self.cost[there]
                    if cost < best.get(there, math.inf):
                        best[there], came[there] = cost, here
                        heapq.heappush(heap, (cost, there))
        path = [goal]
        while path[-1] != start:
            path.append(came[path[-1]])
        return path


def _roughness(x, y, seed):
    """0 to 1: hills of 4 km and of 1.7 km."""
    return 0.6 * geo.value_noise(x / 4, y / 4, seed) + 0.4 * geo.value_noise(x / 1.7, y / 1.7, seed + 1)


def border_ends(communes, line):
    """Where each border commune's way ends, as kilometres along the line (which runs west to east): beside its point,
    but in the order of longitude and with room between neighbours."""
    order = sorted((c for c in communes if c.on_land_border), key=lambda c: c.lon)
    along = [line.project(Point(geo.to_plane(c.lon, c.lat))) for c in order]
    limit = line.length - BORDER_GAP
    for i in range(len(order) - 1, -1, -1):
        along[i] = min(along[i], limit)
        limit = along[i] - BORDER_GAP
    limit = BORDER_GAP / 2
    for i in range(len(order)):
        along[i] = max(along[i], limit)
        limit = along[i] + BORDER_GAP
    return {c.code: s for c, s in zip(order, along)}


def grow(mesh, communes, border_line=None):
    """The owner (a code) of every hexagon of the mesh, its communes' areas being in proportion to the published ones as
    far as that can be. `border_line` is in the plane."""
    sites = {c.code: mesh.nearest(*geo.to_plane(c.lon, c.lat)) for c in communes}
    reserved, belt = _reserve(mesh, communes, sites, border_line)
    insiders = {c.code for c in communes if c.on_land_border}
    scale = mesh.total / sum(c.area_km2 for c in communes)
    target = {c.code: c.area_km2 * scale for c in communes}
    speed = {c.code: math.sqrt(c.area_km2) for c in communes}
    best, best_error = None, math.inf
    for turn in range(ROUNDS):
        owner = _race(mesh, sites, speed, reserved, belt, insiders)
        owned = dict.fromkeys(target, 0.0)
        for hexagon, code in owner.items():
            owned[code] += mesh.area[hexagon]
        error = sum(abs(math.log(owned[code] / target[code])) for code in target) + SHAPELINESS * _raggedness(owner)
        if error < best_error:
            best, best_error = owner, error
        gain = 0.45 - 0.4 * turn / ROUNDS
        for code in target:
            speed[code] *= min(1.5, max(0.67, (target[code] / owned[code]) ** gain))
        # Speeds mean something only relative to one another.
        middle = sorted(speed.values())[len(speed) // 2]
        speed = {code: min(1e9, max(1e-9, s / middle)) for code, s in speed.items()}
    return _trade(mesh, best, target, reserved, belt, insiders)


def _trade(mesh, owner, target, reserved, belt, insiders):
    """Evens out what the race left: a hexagon goes to a neighbour who has less of his target, where that makes the line
    between them no longer and leaves the giver in one piece."""
    owner, owned = dict(owner), dict.fromkeys(target, 0.0)
    for hexagon, code in owner.items():
        owned[code] += mesh.area[hexagon]
    for _ in range(TRADES):
        moved = False
        for hexagon in sorted(owner):
            giver = owner[hexagon]
            ring = [owner.get(other) for other in around(hexagon)]
            takers = sorted({c for c in ring if c not in (giver, None) and ring.count(c) >= max(3, ring.count(giver))})
            if not takers or hexagon in reserved or _pieces(ring, giver) != 1:
                continue
            taker = min(takers, key=lambda c: (owned[c] / target[c], c))
            if hexagon in belt and taker not in insiders:
                continue
            if owned[giver] / target[giver] > 1.03 * owned[taker] / target[taker]:
                owner[hexagon] = taker
                owned[giver] -= mesh.area[hexagon]
                owned[taker] += mesh.area[hexagon]
                moved = True
        if not moved:
            break
    return owner


def _pieces(ring, code):
    """In how many runs a code stands around a hexagon."""
    return sum(ring[i] == code and ring[i - 1] != code for i in range(6))


def _raggedness(owner):
    """Over all communes, the sum of perimeter² / area (both in hexagons): what long and winding shapes have much of."""
    sides, size = defaultdict(int), defaultdict(int)
    for hexagon, code in owner.items():
        size[code] += 1
        sides[code] += sum(owner.get(other) != code for other in around(hexagon))
    return sum(sides[code] ** 2 / size[code] for code in size)


def _reserve(mesh, communes, sites, border_line):
    """Hexagons kept for one commune: its point's surroundings, and a border commune's way to the line."""
    reserved, belt = {}, set()
    if border_line is not None:
        near = border_line.buffer(BORDER_BELT)
        belt = {h for h in mesh.area if near.contains(Point(centre(h)))}
        strips = []
        for code, along in border_ends(communes, border_line).items():
            end = border_line.interpolate(along)
            path = mesh.way(sites[code], mesh.nearest(end.x, end.y))
            strips.append((code, LineString([centre(h) for h in path] + [(end.x, end.y)])))
        for hexagon in mesh.area:
            point = Point(centre(hexagon))
            distance, code = min((strip.distance(point), code) for code, strip in strips)
            if distance < CORRIDOR:
                reserved[hexagon] = code
    for code in sorted(sites):
        for hexagon in [sites[code]] + around(sites[code]):
            if hexagon in mesh.area and hexagon not in sites.values():
                reserved[hexagon] = code
    for code, hexagon in sites.items():
        reserved[hexagon] = code
    return reserved, belt


def _race(mesh, sites, speed, reserved, belt, insiders):
    owner = {}
    heap = [(0.0, sites[code], code) for code in sorted(sites)]
    heapq.heapify(heap)
    while heap:
        time, here, code = heapq.heappop(heap)
        if here in owner:
            continue
        owner[here] = code
        for there in around(here):
            if there in owner or there not in mesh.walkable:
                continue
            if reserved.get(there, code) != code or (there in belt and code not in insiders):
                continue
            heapq.heappush(heap, (time + (mesh.cost[here] + mesh.cost[there]) / speed[code], there, code))
    return _fill(mesh, owner, belt, insiders)


def _fill(mesh, owner, belt, insiders):
    """What nobody could walk to (little land in it, or an islet of mesh) goes to a neighbour."""
    front = sorted(owner)
    while front:
        reached = []
        for here in front:
            for there in around(here):
                if there in mesh.area and there not in owner and (there not in belt or owner[here] in insiders):
                    owner[there] = owner[here]
                    reached.append(there)
        front = reached
    return owner
