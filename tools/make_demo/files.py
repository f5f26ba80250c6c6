"""Every file of the demo as text, by its name."""

import csv
import io

import geo
import people as people_of
import places
import programmes
import territory as territory_of

INVENTED = ("Demonstration data of Diaban. The distribution is invented: sums agree with published totals, no single "
            "value was observed. See README.md.")


def make(facts):
    """{file name: text}."""
    territory = territory_of.make(facts)
    people = people_of.make(facts)
    homes = places.villages(facts, people, territory)
    return {
        "communes.geojson": _communes(facts, territory),
        "land_border.geojson": geo.feature_collection(
            "land_border", "The land border with China as Natural Earth 1:10m (public domain) draws it: schematic, not "
            "the legal line. Same vertices as communes.geojson.",
            [({"name": "Land border Vietnam – China", "boundary": "schematic"}, geo.geojson_line(territory.border))]),
        "context.geojson": geo.feature_collection(
            "context", "Land around Quảng Ninh from Natural Earth 1:10m (public domain), joined into the provinces since "
            "1 July 2025.",
            [({"name": name, "country": country}, geo.geojson_polygonal(shape))
             for name, country, shape in territory.context]),
        "old_units.csv": _csv(("old_full_name", "new_code", "new_full_name", "named_in_mergers"),
                              [tuple(row.values()) for row in facts.old_units]),
        "population.csv": _csv(("code", "year", "population", "households", "poor_households"), people.population),
        "malnutrition.csv": _csv(("code", "year", "children_measured", "underweight", "stunted"), people.malnutrition),
        "five_no_three_clean.csv": _csv(("code", "year", "households_registered", "households_helped"),
                                        programmes.five_no_three_clean(facts, people)),
        "five_have_three_clean.csv": _csv(("code", "since_year", "models"),
                                          programmes.five_have_three_clean(facts, people)),
        "border_women.csv": _csv(("code", "year", "sessions", "members", "livelihood_models", "students",
                                  "resources_vnd"), programmes.border_women(facts, people)),
        "child_nutrition.csv": _csv(("old_full_name", "since_year", "focus", "models", "children_in_models",
                                     "children_with_growth_book", "training_classes", "competitions", "leaflets"),
                                    programmes.child_nutrition(facts, people)),
        "project8.csv": _csv(("code", "year", "teams", "clubs", "sessions", "trainings", "participants"),
                             programmes.project_8(facts, people)),
        "villages.geojson": _points("villages", homes),
        "sanitation.geojson": _points("sanitation", places.sanitation(facts, people, territory, homes)),
        "shelters.geojson": _points("shelters", places.shelters(facts, people, territory, homes)),
        "border_posts.geojson": _points("border_posts", places.border_posts(facts, territory)),
    }


def _communes(facts, territory):
    features = []
    for c in facts.communes:
        cell = territory.cells[c.code]
        drawn = "schematic, with an island that Natural Earth has not" if c.code == "07192" else "schematic"
        features.append(({"code": c.code, "name": c.name, "full_name": c.full_name, "kind": c.kind,
                          "area_km2": c.area_km2, "drawn_km2": round(geo.area_km2(cell), 2),
                          "on_land_border": int(c.on_land_border), "boundary": drawn}, geo.geojson_polygonal(cell)))
    return geo.feature_collection(
        "communes", "The 54 communes of Quảng Ninh since 1 July 2025. Codes, names, kinds and areas are published; the "
        "boundaries are schematic: Natural Earth's outline (public domain) cut in one cell for each gazetteer point. "
        "They are no official boundaries.", features)


def _points(name, rows):
    return geo.feature_collection(name, INVENTED, [(p, geo.geojson_point(*at)) for p, at in rows])


def _csv(header, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
