"""The facts that everything else follows from: read from data/quang_ninh/facts/, never changed."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry import shape

# Natural Earth draws Cát Bà as part of Quảng Ninh; it belongs to Hải Phòng. A point on it:
CAT_BA = (107.02, 20.80)
# Islands of Natural Earth's outline and whose they are, by a point on each. Those of Vân Đồn and Cô Tô are told from
# one another by longitude: Natural Earth draws Cô Tô's two large islands near 107.8° E.
VAN_DON, CO_TO, CAI_CHIEN, VINH_THUC = "06994", "07192", "06967", "06757"


@dataclass(frozen=True)
class Commune:
    code: str
    name: str
    full_name: str
    kind: str
    area_km2: float
    lon: float
    lat: float
    on_land_border: bool
    merged_from: tuple


@dataclass(frozen=True)
class Facts:
    communes: tuple      # of Commune, as in the gazetteer
    old_units: tuple     # rows of the file, as dictionaries
    totals: dict         # (programme, item) -> (value, qualifier)
    outline: object      # polygons of the province, Natural Earth
    context: tuple       # (name, country, shape), Natural Earth

    def commune(self, code):
        return next(c for c in self.communes if c.code == code)


def read(folder):
    folder = Path(folder)
    communes = tuple(_commune(row) for row in _rows(folder / "quang_ninh_gazetteer.csv"))
    totals = {(r["programme"], r["item"]): (int(r["value"]), r["qualifier"])
              for r in _rows(folder / "programme_totals.csv")}
    outline = shape(_features(folder / "quang_ninh_outline.geojson")[0]["geometry"])
    context = tuple((f["properties"]["name"], f["properties"]["country"], shape(f["geometry"]))
                    for f in _features(folder / "context_land.geojson"))
    return Facts(communes, tuple(_rows(folder / "quang_ninh_old_units.csv")), totals, outline, context)


def _commune(row):
    units = () if row["merged_from"] == "giữ nguyên" else tuple(row["merged_from"].split(", "))  # "kept as it was"
    return Commune(row["code"], row["name"], row["full_name"], row["kind"], float(row["area_km2"]), float(row["lon"]),
                   float(row["lat"]), row["on_land_border"] == "1", units or (row["full_name"],))


def _rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _features(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["features"]
