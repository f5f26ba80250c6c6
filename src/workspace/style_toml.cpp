#include "workspace/style_toml.h"

#include <fmt/format.h>

#include <cmath>

#include "base/i18n.h"

namespace diaban {

namespace {

template <class Tag>
void read_quantity(TomlReader& reader, std::string_view key, Quantity<Tag>& into) {
    double value = into.value();
    reader.read(key, value);
    into = Quantity<Tag>(value);
}

/// Inserts what differs from the default.
template <class T>
void put(toml::table& table, std::string_view key, const T& value, const T& standard) {
    if (!(value == standard)) table.insert(key, value);
}

template <class Tag>
void put(toml::table& table, std::string_view key, Quantity<Tag> value, Quantity<Tag> standard) {
    put(table, key, value.value(), standard.value());
}

void put(toml::table& table, std::string_view key, Rgba value, Rgba standard) {
    if (!(value == standard)) table.insert(key, to_hex(value));
}

toml::array numbers(const std::vector<double>& values) {
    toml::array array;
    for (const double value : values)
        array.push_back(value);
    return array;
}

// ── fill ──

void read_categorised(TomlReader& reader, CategorisedFill& fill) {
    reader.read("field", fill.field);
    reader.read("ramp", fill.ramp);
    if (const auto* colours = reader.table("colours")) {
        TomlReader inner(*colours, reader.errors());
        for (const auto& [category, value] : *colours) {
            Rgba colour;
            inner.read(category.str(), colour);
            fill.colours[std::string(category.str())] = colour;
        }
    }
}

void read_graduated(TomlReader& reader, GraduatedFill& fill) {
    read_measure(reader, fill.measure);
    if (std::string method = to_id(fill.method); reader.has("method")) {
        reader.read("method", method);
        if (const auto known = class_method_from_id(method)) {
            fill.method = *known;
        } else {
            reader.errors().add(reader.node("method"), known.error().what, known.error().remedy);
        }
    }
    reader.read("classes", fill.classes);
    if (fill.classes < 2 || fill.classes > 12) {
        reader.errors().add(reader.node("classes"), tr("the number of classes has to be from 2 to 12"));
    }
    reader.read("manual_bounds", fill.manual_bounds);
    reader.read("ramp", fill.ramp);
    reader.read("reversed", fill.reversed);
}

Fill read_fill(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    std::string type = "single";
    reader.read("type", type);
    Fill fill;
    if (type == "single") {
        SingleFill single;
        reader.read("colour", single.colour);
        fill = single;
    } else if (type == "categorised") {
        CategorisedFill categorised;
        read_categorised(reader, categorised);
        fill = categorised;
    } else if (type == "graduated") {
        GraduatedFill graduated;
        read_graduated(reader, graduated);
        fill = graduated;
    } else if (type != "none") {
        errors.add(reader.node("type"), fmt::format(fmt::runtime(tr("there is no fill type \"{}\"")), type),
                   tr("Use single, categorised, graduated or none."));
        return fill;
    }
    reader.refuse_unknown_keys();
    return fill;
}

struct FillWriter {
    toml::table operator()(std::monostate) const { return toml::table{{"type", "none"}}; }
    toml::table operator()(const SingleFill& fill) const {
        return toml::table{{"type", "single"}, {"colour", to_hex(fill.colour)}};
    }
    toml::table operator()(const CategorisedFill& fill) const {
        toml::table table{{"type", "categorised"}, {"field", fill.field}, {"ramp", fill.ramp}};
        if (!fill.colours.empty()) {
            toml::table colours;
            for (const auto& [category, colour] : fill.colours)
                colours.insert(category, to_hex(colour));
            table.insert("colours", std::move(colours));
        }
        return table;
    }
    toml::table operator()(const GraduatedFill& fill) const {
        const GraduatedFill standard;
        toml::table table{{"type", "graduated"}};
        write_measure(table, fill.measure);
        table.insert("method", to_id(fill.method));
        table.insert("classes", fill.classes);
        table.insert("ramp", fill.ramp);
        put(table, "reversed", fill.reversed, standard.reversed);
        if (!fill.manual_bounds.empty()) table.insert("manual_bounds", numbers(fill.manual_bounds));
        return table;
    }
};

// ── the other parts ──

void read_stroke(const toml::table& table, Stroke& stroke, TomlErrors& errors) {
    TomlReader reader(table, errors);
    reader.read("colour", stroke.colour);
    read_quantity(reader, "width", stroke.width);
    reader.read("dashes", stroke.dashes);
    reader.read("casing", stroke.casing);
    read_quantity(reader, "casing_width", stroke.casing_width);
    reader.refuse_unknown_keys();
}

toml::table write_stroke(const Stroke& stroke) {
    toml::table table{{"colour", to_hex(stroke.colour)}, {"width", stroke.width.value()}};
    if (!stroke.dashes.empty()) table.insert("dashes", numbers(stroke.dashes));
    if (stroke.casing) table.insert("casing", to_hex(*stroke.casing));
    put(table, "casing_width", stroke.casing_width, Pixels(0));
    return table;
}

void read_hatch(const toml::table& table, Hatch& hatch, TomlErrors& errors) {
    TomlReader reader(table, errors);
    reader.read("colour", hatch.colour);
    read_quantity(reader, "width", hatch.width);
    read_quantity(reader, "spacing", hatch.spacing);
    read_quantity(reader, "angle", hatch.angle);
    reader.read("crossed", hatch.crossed);
    reader.refuse_unknown_keys();
}

toml::table write_hatch(const Hatch& hatch) {
    const Hatch standard;
    toml::table table{{"colour", to_hex(hatch.colour)}, {"width", hatch.width.value()}};
    put(table, "spacing", hatch.spacing, standard.spacing);
    put(table, "angle", hatch.angle, standard.angle);
    put(table, "crossed", hatch.crossed, standard.crossed);
    return table;
}

void read_marker(const toml::table& table, Marker& marker, TomlErrors& errors) {
    TomlReader reader(table, errors);
    if (std::string shape = to_id(marker.shape); reader.has("shape")) {
        reader.read("shape", shape);
        if (const auto known = marker_shape_from_id(shape)) {
            marker.shape = *known;
        } else {
            errors.add(reader.node("shape"), known.error().what, known.error().remedy);
        }
    }
    read_quantity(reader, "size", marker.size);
    reader.read("outline", marker.outline);
    read_quantity(reader, "outline_width", marker.outline_width);
    reader.refuse_unknown_keys();
}

toml::table write_marker(const Marker& marker) {
    const Marker standard;
    toml::table table{{"shape", to_id(marker.shape)}, {"size", marker.size.value()}};
    put(table, "outline", marker.outline, standard.outline);
    put(table, "outline_width", marker.outline_width, standard.outline_width);
    return table;
}

void read_crowding(const toml::table& table, Crowding& crowding, TomlErrors& errors) {
    TomlReader reader(table, errors);
    if (std::string mode = to_id(crowding.mode); reader.has("mode")) {
        reader.read("mode", mode);
        if (const auto known = crowding_mode_from_id(mode)) {
            crowding.mode = *known;
        } else {
            errors.add(reader.node("mode"), known.error().what, known.error().remedy);
        }
    }
    read_quantity(reader, "radius", crowding.radius);
    if (!(crowding.radius.value() > 0) || !std::isfinite(crowding.radius.value())) {
        errors.add(reader.node("radius"), tr("the radius of a density surface has to be above zero"));
    }
    reader.read("ramp", crowding.ramp);
    if (const auto known = ramp_colours(crowding.ramp, 3); !known) {
        errors.add(reader.node("ramp"), known.error().what, known.error().remedy);
    }
    reader.read("reversed", crowding.reversed);
    reader.refuse_unknown_keys();
}

toml::table write_crowding(const Crowding& crowding) {
    const Crowding standard;
    toml::table table{{"mode", to_id(crowding.mode)}};
    put(table, "radius", crowding.radius, standard.radius);
    put(table, "ramp", crowding.ramp, standard.ramp);
    put(table, "reversed", crowding.reversed, standard.reversed);
    return table;
}

void read_circles(const toml::table& table, ProportionalCircles& circles, TomlErrors& errors) {
    TomlReader reader(table, errors);
    read_measure(reader, circles.measure);
    read_quantity(reader, "max_radius", circles.max_radius);
    reader.read("fill", circles.fill);
    reader.read("outline", circles.outline);
    read_quantity(reader, "outline_width", circles.outline_width);
    reader.refuse_unknown_keys();
}

toml::table write_circles(const ProportionalCircles& circles) {
    const ProportionalCircles standard;
    toml::table table;
    write_measure(table, circles.measure);
    put(table, "max_radius", circles.max_radius, standard.max_radius);
    put(table, "fill", circles.fill, standard.fill);
    put(table, "outline", circles.outline, standard.outline);
    put(table, "outline_width", circles.outline_width, standard.outline_width);
    return table;
}

void read_labels(const toml::table& table, Labels& labels, TomlErrors& errors) {
    TomlReader reader(table, errors);
    reader.read("field", labels.field);
    read_quantity(reader, "size", labels.size);
    reader.read("colour", labels.colour);
    reader.read("halo", labels.halo);
    read_quantity(reader, "halo_width", labels.halo_width);
    reader.read("bold", labels.bold);
    reader.read("italic", labels.italic);
    reader.read("callouts", labels.callouts);
    reader.read("priority", labels.priority);
    reader.refuse_unknown_keys();
}

toml::table write_labels(const Labels& labels) {
    const Labels standard;
    toml::table table{{"field", labels.field}, {"size", labels.size.value()}};
    put(table, "colour", labels.colour, standard.colour);
    put(table, "halo", labels.halo, standard.halo);
    put(table, "halo_width", labels.halo_width, standard.halo_width);
    put(table, "bold", labels.bold, standard.bold);
    put(table, "italic", labels.italic, standard.italic);
    put(table, "callouts", labels.callouts, standard.callouts);
    put(table, "priority", labels.priority, standard.priority);
    return table;
}

/// A part that `key = false` takes away and a table sets.
template <class Part, class Read>
void read_optional(TomlReader& reader, std::string_view key, std::optional<Part>& part, Read read) {
    if (!reader.has(key)) return;
    if (reader.is_off(key)) {
        part.reset();
    } else if (const auto* table = reader.table(key)) {
        part = Part{};
        read(*table, *part, reader.errors());
    }
}

}  // namespace

void read_measure(TomlReader& reader, Measure& measure) {
    reader.read("numerator", measure.numerator);
    reader.read("denominator", measure.denominator);
    reader.read("scale", measure.scale);
    if (!(measure.scale > 0) || !std::isfinite(measure.scale)) {
        reader.errors().add(reader.node("scale"), tr("the scale of a measure has to be above zero"));
    }
    reader.read("unit", measure.unit);
    reader.read("label", measure.label);
}

void write_measure(toml::table& table, const Measure& measure) {
    const Measure standard;
    put(table, "numerator", measure.numerator, standard.numerator);
    put(table, "denominator", measure.denominator, standard.denominator);
    put(table, "scale", measure.scale, standard.scale);
    put(table, "unit", measure.unit, standard.unit);
    put(table, "label", measure.label, standard.label);
}

void read_style(const toml::table& table, Style& style, TomlErrors& errors) {
    TomlReader reader(table, errors);
    if (const auto* fill = reader.table("fill")) style.fill = read_fill(*fill, errors);
    reader.read("no_data", style.no_data);
    read_optional(reader, "hatch", style.hatch, read_hatch);
    read_optional(reader, "outline", style.outline, read_stroke);
    if (const auto* marker = reader.table("marker")) read_marker(*marker, style.marker, errors);
    if (const auto* crowding = reader.table("crowding")) read_crowding(*crowding, style.crowding, errors);
    read_optional(reader, "circles", style.circles, read_circles);
    read_optional(reader, "labels", style.labels, read_labels);
    reader.refuse_unknown_keys();
}

toml::table style_to_toml(const Style& style) {
    const Style standard;
    toml::table table;
    if (!(style.fill == standard.fill)) {
        auto fill = std::visit(FillWriter{}, style.fill);
        table.insert("fill", std::move(fill));
    }
    put(table, "no_data", style.no_data, standard.no_data);
    if (style.hatch) table.insert("hatch", write_hatch(*style.hatch));
    if (!style.outline) {
        table.insert("outline", false);
    } else if (!(style.outline == standard.outline)) {
        table.insert("outline", write_stroke(*style.outline));
    }
    if (!(style.marker == standard.marker)) table.insert("marker", write_marker(style.marker));
    if (!(style.crowding == standard.crowding)) table.insert("crowding", write_crowding(style.crowding));
    if (style.circles) table.insert("circles", write_circles(*style.circles));
    if (style.labels) table.insert("labels", write_labels(*style.labels));
    return table;
}

}  // namespace diaban
