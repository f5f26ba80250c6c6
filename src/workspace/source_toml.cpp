#include "workspace/source_toml.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "data/connection.h"

namespace diaban {

namespace {

std::string relative_path(const std::filesystem::path& path, const std::filesystem::path& folder) {
    const auto text = to_utf8(path);
    if (is_connection(text)) return without_password(text);
    const auto relative = path.lexically_relative(folder);
    return relative.empty() ? text : to_utf8(relative);
}

void put(toml::table& table, const char* key, const std::string& value) {
    if (!value.empty()) table.insert(key, value);
}

std::map<std::string, NumberConvention> read_numbers(const toml::table& table, TomlErrors& errors) {
    std::map<std::string, NumberConvention> numbers;
    TomlReader reader(table, errors);
    for (const auto& [key, value] : table) {
        std::string id;
        reader.read(key.str(), id);
        const auto convention = number_convention_from_id(id);
        if (convention && *convention != NumberConvention::automatic)
            numbers.emplace(key.str(), *convention);
        else
            errors.add(&value, tr("how numbers are written has to be \"point\" or \"comma\""));
    }
    return numbers;
}

std::optional<PointColumns> read_points(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    PointColumns points;
    reader.read("x", points.x);
    reader.read("y", points.y);
    reader.refuse_unknown_keys();
    if (!points.x.empty()) return points;
    errors.add(&table, tr("points need the column of their x"));
    return {};
}

Box read_box(TomlReader& reader, const char* key) {
    std::vector<double> box;
    reader.read(key, box);
    if (box.empty()) return {};
    if (box.size() == 4 && box[0] < box[2] && box[1] < box[3]) return {box[0], box[1], box[2], box[3]};
    reader.errors().add(reader.node(key), tr("an extent has to be four numbers: west, south, east, north"));
    return {};
}

void read_max_zoom(TomlReader& reader, int& max_zoom) {
    if (!reader.has("max_zoom")) return;
    reader.read("max_zoom", max_zoom);
    constexpr int deepest = 24;
    if (max_zoom < 0 || max_zoom > deepest)
        reader.errors().add(reader.node("max_zoom"), tr("the deepest zoom of map tiles has to be from 0 to 24"));
}

ImportOptions import_from_toml(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    ImportOptions import;
    reader.read("encoding", import.encoding);
    reader.read("separator", import.separator);
    reader.read("header_row", import.header_row);
    reader.read("header_rows", import.header_rows);
    reader.read("keep_totals", import.keep_totals);
    if (const auto* numbers = reader.table("numbers")) import.numbers = read_numbers(*numbers, errors);
    reader.read("long_form", import.long_form);
    if (const auto* points = reader.table("points")) import.points = read_points(*points, errors);
    reader.read("no_points", import.no_points);
    reader.read("swap_axes", import.swap_axes);
    reader.read("repair", import.repair);
    reader.read("where", import.where);
    import.extent = read_box(reader, "extent");
    read_max_zoom(reader, import.max_zoom);
    reader.refuse_unknown_keys();
    return import;
}

toml::table import_to_toml(const ImportOptions& import) {
    toml::table table;
    put(table, "encoding", import.encoding);
    put(table, "separator", import.separator);
    if (import.header_row != 0) table.insert("header_row", import.header_row);
    if (import.header_rows != 0) table.insert("header_rows", import.header_rows);
    if (import.keep_totals) table.insert("keep_totals", true);
    toml::table numbers;
    for (const auto& [column, convention] : import.numbers)
        numbers.insert(column, to_id(convention));
    if (!numbers.empty()) table.insert("numbers", std::move(numbers));
    put(table, "long_form", import.long_form);
    if (import.points) {
        toml::table points{{"x", import.points->x}};
        put(points, "y", import.points->y);
        table.insert("points", std::move(points));
    }
    if (import.no_points) table.insert("no_points", true);
    if (import.swap_axes) table.insert("swap_axes", true);
    if (!import.repair) table.insert("repair", false);
    put(table, "where", import.where);
    if (const Box& box = import.extent; !box.empty())
        table.insert("extent", toml::array{box.min_x, box.min_y, box.max_x, box.max_y});
    if (import.max_zoom >= 0) table.insert("max_zoom", import.max_zoom);
    return table;
}

KeyRole read_role(TomlReader& reader, KeyRole otherwise) {
    std::string id;
    reader.read("role", id);
    if (id.empty()) return otherwise;
    if (const auto role = key_role_from_id(id)) return *role;
    reader.errors().add(reader.node("role"), tr("a key's role has to be \"code\", \"name\", \"parent\" or \"exact\""));
    return otherwise;
}

KeyPair read_key_pair(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    KeyPair pair;
    reader.read("field", pair.field);
    reader.read("foreign_field", pair.foreign_field);
    if (pair.foreign_field.empty()) pair.foreign_field = pair.field;
    pair.role = read_role(reader, KeyRole::exact);
    if (pair.field.empty()) errors.add(&table, tr("a further key needs a field"));
    reader.refuse_unknown_keys();
    return pair;
}

ConfirmedMatch read_confirmed(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    ConfirmedMatch match;
    reader.read("row", match.row);
    reader.read("feature", match.feature);
    if (match.row.empty()) errors.add(&table, tr("a confirmed match needs its row"));
    reader.refuse_unknown_keys();
    return match;
}

}  // namespace

Source source_from_toml(const toml::table& table, const std::filesystem::path& folder, TomlErrors& errors) {
    TomlReader reader(table, errors);
    Source source;
    std::string path;
    reader.read("id", source.id);
    reader.read("path", path);
    reader.read("layer", source.layer);
    reader.read("crs", source.crs);
    reader.read("attribution", source.attribution);
    reader.read("date", source.date);
    reader.read("invented", source.invented);
    if (const auto* import = reader.table("import")) source.import = import_from_toml(*import, errors);
    if (source.id.empty()) errors.add(&table, tr("a source needs an id"));
    if (path.empty()) {
        errors.add(&table, fmt::format(fmt::runtime(tr("source \"{}\" needs a path")), source.id));
    } else {
        const std::filesystem::path written(path);
        source.path = is_connection(path) || written.is_absolute() ? written : (folder / written).lexically_normal();
    }
    reader.refuse_unknown_keys();
    return source;
}

toml::table source_to_toml(const Source& source, const std::filesystem::path& folder) {
    toml::table table{{"id", source.id}, {"path", relative_path(source.path, folder)}};
    put(table, "layer", source.layer);
    put(table, "crs", source.crs);
    put(table, "attribution", source.attribution);
    put(table, "date", source.date);
    if (source.invented) table.insert("invented", true);
    if (auto import = import_to_toml(source.import); !import.empty()) table.insert("import", std::move(import));
    return table;
}

Join join_from_toml(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    Join join;
    reader.read("source", join.source);
    reader.read("key", join.key);
    reader.read("foreign_key", join.foreign_key);
    if (join.foreign_key.empty()) join.foreign_key = join.key;
    reader.read("time_field", join.time_field);
    join.role = read_role(reader, KeyRole::code);
    for (const auto* pair : reader.tables("further"))
        join.further.push_back(read_key_pair(*pair, errors));
    for (const auto* match : reader.tables("confirmed"))
        join.confirmed.push_back(read_confirmed(*match, errors));
    if (join.source.empty() || join.key.empty()) errors.add(&table, tr("a join needs a source and a key"));
    reader.refuse_unknown_keys();
    return join;
}

toml::table join_to_toml(const Join& join) {
    toml::table table{{"source", join.source}, {"key", join.key}, {"foreign_key", join.foreign_key}};
    put(table, "time_field", join.time_field);
    if (join.role != KeyRole::code) table.insert("role", to_id(join.role));
    toml::array further;
    for (const KeyPair& pair : join.further)
        further.push_back(
            toml::table{{"field", pair.field}, {"foreign_field", pair.foreign_field}, {"role", to_id(pair.role)}});
    if (!further.empty()) table.insert("further", std::move(further));
    toml::array confirmed;
    for (const ConfirmedMatch& match : join.confirmed)
        confirmed.push_back(toml::table{{"row", match.row}, {"feature", match.feature}});
    if (!confirmed.empty()) table.insert("confirmed", std::move(confirmed));
    return table;
}

}  // namespace diaban
