"""From hexagons with owners to polygons: shared boundary lines are drawn once, smoothed once, and cut the land."""

from collections import defaultdict

from shapely.geometry import LineString, Point
from shapely.ops import polygonize, unary_union
from shapely.prepared import prep

import cells
import geo

MARGIN = 3          # hexagons beyond the shore to which lines go on, so that they surely cut it
WARP = ((3.4, 0.40), (1.3, 0.14))  # km: wavelength and height of the bends that lines get besides
SMOOTHING = 3       # rounds of taking the mean with both neighbours
TOLERANCE = 0.13    # km, of simplifying a line: about as general as Natural Earth's own outline


def cut(land_degrees, owner, sites):
    """{code: polygon in degrees}: the land divided along the owners' common lines. Sites are points in degrees."""
    extended = _extend(owner)
    arcs = [LineString([geo.to_degrees(*p) for p in arc]) for arc in _lines(extended)]
    faces = list(polygonize(unary_union([land_degrees.boundary] + arcs)))
    inside = prep(land_degrees)
    faces = [f for f in faces if inside.contains(f.representative_point())]
    faces = [geo.rounded_polygon(f) for f in sorted(faces, key=lambda f: f.bounds)]
    return _merge(faces, owner, sites)


def _extend(owner):
    """Owners for the water around, nearest first."""
    extended, front = dict(owner), sorted(owner)
    for _ in range(MARGIN):
        reached = []
        for here in front:
            for there in cells.around(here):
                if there not in extended:
                    extended[there] = extended[here]
                    reached.append(there)
        front = reached
    return extended


def _lines(owner):
    """The lines between owners, junction to junction, smoothed and simplified without crossing one another."""
    ends = defaultdict(list)
    for hexagon in sorted(owner):
        ring = cells.corners(hexagon)
        # Corners run clockwise from the top; side k lies between corners k and k + 1.
        for k, (dq, dr) in enumerate(((0, 1), (1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1))):
            other = (hexagon[0] + dq, hexagon[1] + dr)
            if hexagon < other and other in owner and owner[other] != owner[hexagon]:
                a, b = ring[k], ring[(k + 1) % 6]
                ends[a].append(b)
                ends[b].append(a)
    rough = [_smooth([cells.corner_point(c) for c in chain]) for chain in _chains(ends)]
    return _simplify([[_warp(x, y) for x, y in line] for line in rough])


def _warp(x, y):
    """Moves the whole plane a little, as smooth noise does: its slope stays below 1 (3 × height / wavelength, summed),
    so that lines which did not cross still do not."""
    dx = dy = 0.0
    for k, (length, height) in enumerate(WARP):
        dx += height * (2 * geo.value_noise(x / length, y / length, 71 + k) - 1)
        dy += height * (2 * geo.value_noise(x / length, y / length, 83 + k) - 1)
    return (x + dx, y + dy)


def _chains(ends):
    used, chains = set(), []

    def walk(start, towards):
        chain = [start, towards]
        used.add(frozenset(chain))
        while len(ends[chain[-1]]) == 2 and chain[-1] != start:
            follow = [c for c in ends[chain[-1]] if c != chain[-2]][0]
            used.add(frozenset((chain[-1], follow)))
            chain.append(follow)
        return chain

    for corner in sorted(ends, key=lambda c: (len(ends[c]) == 2, c)):  # junctions first; what is left are closed lines
        for other in ends[corner]:
            if frozenset((corner, other)) not in used:
                chains.append(walk(corner, other))
    return chains


def _smooth(points):
    """Both ends stay."""
    for _ in range(SMOOTHING):
        points = points[:1] + [((a[0] + 2 * b[0] + c[0]) / 4, (a[1] + 2 * b[1] + c[1]) / 4)
                               for a, b, c in zip(points, points[1:], points[2:])] + points[-1:]
    return points


def _simplify(lines):
    """Each line as coarse as TOLERANCE allows; where two would cross, both are taken finer."""
    tolerance = [TOLERANCE] * len(lines)
    while True:
        drawn = [LineString(p).simplify(t, preserve_topology=True) if t > 0 else LineString(p)
                 for p, t in zip(lines, tolerance)]
        offenders = set()
        for i, line in enumerate(drawn):
            if not line.is_simple:
                offenders.add(i)
            for j in range(i + 1, len(drawn)):
                if _boxes_meet(line.bounds, drawn[j].bounds) and not _only_ends_meet(line, drawn[j]):
                    offenders |= {i, j}
        offenders = {i for i in offenders if tolerance[i] > 0}
        if not offenders:
            return [list(line.coords) for line in drawn]
        for i in offenders:
            tolerance[i] = tolerance[i] / 2 if tolerance[i] > 0.02 else 0


def _boxes_meet(a, b):
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _only_ends_meet(a, b):
    common = a.intersection(b)
    if common.is_empty:
        return True
    ends = {a.coords[0], a.coords[-1]} & {b.coords[0], b.coords[-1]}
    points = [common] if common.geom_type == "Point" else list(getattr(common, "geoms", []))
    return bool(points) and all(p.geom_type == "Point" and (p.x, p.y) in ends for p in points)


def _merge(faces, owner, sites):
    """Faces by owner. A crumb (a face without a hexagon's centre, or apart from its owner's main piece) goes to the
    neighbour with whom it has the longest side."""
    label = [_vote(face, owner) for face in faces]
    for code, site in sites.items():
        distance, i = min((face.distance(site), i) for i, face in enumerate(faces))
        label[i] = code
    touching = _touching(faces)
    fixed = {code: min(range(len(faces)), key=lambda i: faces[i].distance(site)) for code, site in sites.items()}
    for _ in range(len(faces)):
        loose = _loose(label, touching, fixed)
        if not loose:
            break
        # The one with the most contact to settled land first, so that rows of crumbs are taken from their ends.
        def offers(i):
            sums = defaultdict(float)
            for j, length in touching[i].items():
                if j not in loose:
                    sums[label[j]] += length
            return max(((length, code) for code, length in sums.items()), default=(0.0, ""))

        i = max(sorted(loose), key=offers)
        label[i] = offers(i)[1]
    pieces = defaultdict(list)
    for face, code in zip(faces, label):
        pieces[code].append(face)
    return {code: unary_union(parts) for code, parts in pieces.items()}


def _vote(face, owner):
    """The owner of most hexagon centres in the face, or nothing where there is none."""
    low, high = geo.to_plane(*face.bounds[:2]), geo.to_plane(*face.bounds[2:])
    inside, votes = prep(geo.plane(face)), defaultdict(int)
    for r in range(int(low[1] / (1.5 * cells.SIDE)) - 1, int(high[1] / (1.5 * cells.SIDE)) + 2):
        for q in range(int(low[0] / cells.STEP - r / 2) - 1, int(high[0] / cells.STEP - r / 2) + 2):
            if (q, r) in owner and inside.contains(Point(cells.centre((q, r)))):
                votes[owner[q, r]] += 1
    return max(votes, key=lambda code: (votes[code], code)) if votes else None


def _touching(faces):
    """For each face the faces beside it and the length of the common side (in degrees, to compare by)."""
    sides = defaultdict(list)
    for i, face in enumerate(faces):
        for ring in [face.exterior, *face.interiors]:
            for a, b in zip(ring.coords, ring.coords[1:]):
                sides[min(a, b), max(a, b)].append(i)
    touching = [defaultdict(float) for _ in faces]
    for (a, b), owners in sides.items():
        if len(owners) == 2:
            length = Point(a).distance(Point(b))
            touching[owners[0]][owners[1]] += length
            touching[owners[1]][owners[0]] += length
    return touching


def _loose(label, touching, fixed):
    """Faces that do not hang together with the main piece (the one at the site) of their owner."""
    settled = set()
    for code, start in fixed.items():
        front = [start]
        while front:
            i = front.pop()
            if i not in settled:
                settled.add(i)
                front += [j for j in touching[i] if label[j] == code and j not in settled]
    return {i for i in range(len(label)) if i not in settled}
