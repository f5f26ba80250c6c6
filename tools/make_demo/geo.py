"""Geometry helpers: an equal-area plane in kilometres, deterministic noise, rounding and GeoJSON text."""

import json
import math

from shapely.geometry import MultiPolygon, Polygon
from shapely.ops import transform

DECIMALS = 5  # of a degree in what is written: about a metre
EARTH_KM = 6371.0088
LON0 = 107.3
COS0 = math.cos(math.radians(21.2))


def to_plane(lon, lat):
    """Degrees to kilometres, Lambert's cylindrical equal-area projection, true to scale at 21.2° N."""
    return (EARTH_KM * COS0 * math.radians(lon - LON0), EARTH_KM * math.sin(math.radians(lat)) / COS0)


def to_degrees(x, y):
    return (LON0 + math.degrees(x / (EARTH_KM * COS0)), math.degrees(math.asin(y * COS0 / EARTH_KM)))


def plane(shape):
    """A shape in degrees, in the plane. Point by point: shapely's own loop may hand over arrays."""
    return transform(_each(to_plane), shape)


def degrees(shape):
    return transform(_each(to_degrees), shape)


def _each(function):
    def over(xs, ys, *_):
        try:
            pairs = [function(x, y) for x, y in zip(xs, ys)]
        except TypeError:
            return function(xs, ys)
        return tuple(zip(*pairs))

    return over


def area_km2(shape):
    return plane(shape).area


def polygons(shape):
    """The polygons of a polygonal shape, largest first."""
    parts = [shape] if isinstance(shape, Polygon) else [p for p in shape.geoms if isinstance(p, Polygon)]
    return sorted(parts, key=lambda p: (-p.area, p.bounds))


def rounded(value):
    return round(value, DECIMALS) + 0.0  # + 0.0 turns -0.0 into 0.0


def rounded_polygon(polygon):
    """The same polygon on the grid that is written; equal points stay equal."""
    def ring(coords):
        out = []
        for x, y in coords:
            point = (rounded(x), rounded(y))
            if not out or out[-1] != point:
                out.append(point)
        return out

    return Polygon(ring(polygon.exterior.coords), [ring(r.coords) for r in polygon.interiors])


def value_noise(x, y, seed):
    """Smooth noise in [0, 1) over the plane, one lattice point a unit; from integers alone, so the same everywhere."""
    x0, y0 = math.floor(x), math.floor(y)
    fx, fy = _ease(x - x0), _ease(y - y0)
    low = _lattice(x0, y0, seed) * (1 - fx) + _lattice(x0 + 1, y0, seed) * fx
    high = _lattice(x0, y0 + 1, seed) * (1 - fx) + _lattice(x0 + 1, y0 + 1, seed) * fx
    return low * (1 - fy) + high * fy


def _ease(t):
    return t * t * (3 - 2 * t)


def _lattice(ix, iy, seed):
    h = (ix * 0x27D4EB2D + iy * 0x165667B1 + seed * 0x9E3779B1) & 0xFFFFFFFF
    h = ((h ^ (h >> 15)) * 0x85EBCA6B) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFFFFFF) / 4294967296.0


def canonical_ring(coords, clockwise):
    """A closed ring that starts at its least point and runs as asked, so that its text does not depend on GEOS."""
    points = [(rounded(x), rounded(y)) for x, y in coords][:-1]
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))
    if (twice_area < 0) != clockwise:
        points.reverse()
    start = points.index(min(points))
    points = points[start:] + points[:start]
    return [list(p) for p in points + points[:1]]


def geojson_polygonal(shape):
    """RFC 7946: shells counter-clockwise, holes clockwise."""
    parts = [[canonical_ring(p.exterior.coords, False)] + sorted(canonical_ring(h.coords, True) for h in p.interiors)
             for p in polygons(shape)]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def geojson_line(coords):
    return {"type": "LineString", "coordinates": [[rounded(x), rounded(y)] for x, y in coords]}


def geojson_point(lon, lat):
    return {"type": "Point", "coordinates": [rounded(lon), rounded(lat)]}


def feature_collection(name, description, features):
    """One feature a line: small, and readable in a diff. `features` are (properties, geometry)."""
    head = f'{{"type": "FeatureCollection", "name": {_json(name)}, "description": {_json(description)}, "features": ['
    rows = [_json({"type": "Feature", "properties": p, "geometry": g}) for p, g in features]
    return head + "\n" + ",\n".join(rows) + "\n]}\n"


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def as_multi(parts):
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
