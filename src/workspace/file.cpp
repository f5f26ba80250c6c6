#include "workspace/file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cmath>
#include <regex>
#include <set>
#include <sstream>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/did_you_mean.h"
#include "geo/crs.h"
#include "workspace/carried_toml.h"
#include "workspace/query_toml.h"
#include "workspace/source_toml.h"
#include "workspace/style_toml.h"
#include "workspace/toml_reader.h"

namespace diaban {

namespace {

Layer read_layer(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    Layer layer;
    reader.read("id", layer.id);
    reader.read("name", layer.name);
    reader.read("source", layer.source);
    for (const auto* join : reader.tables("joins"))
        layer.joins.push_back(join_from_toml(*join, errors));
    reader.read("filter", layer.filter);
    layer.columns = asked_columns_from_toml(reader, errors);
    reader.read("visible", layer.visible);
    reader.read("opacity", layer.opacity);
    if (!(layer.opacity >= 0 && layer.opacity <= 1)) {
        errors.add(reader.node("opacity"), tr("the opacity has to be from 0 to 1"));
    }
    reader.read("in_legend", layer.in_legend);
    reader.read("background", layer.background);
    if (const auto* style = reader.table("style")) read_style(*style, layer.style, errors);
    if (layer.id.empty()) errors.add(&table, tr("a layer needs an id"));
    if (layer.source.empty()) {
        errors.add(&table, fmt::format(fmt::runtime(tr("layer \"{}\" needs a source")), layer.id));
    }
    if (layer.name.empty()) layer.name = layer.id;
    reader.refuse_unknown_keys();
    return layer;
}

Criterion read_criterion(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    Criterion criterion;
    read_measure(reader, criterion.measure);
    reader.read("weight", criterion.weight);
    reader.read("more_is_worse", criterion.more_is_worse);
    reader.refuse_unknown_keys();
    return criterion;
}

/// Every id once; every source that is named is there.
void check_references(const Workspace& workspace, TomlErrors& errors) {
    std::set<std::string> ids;
    std::vector<std::string> sources;
    for (const auto& source : workspace.sources) {
        if (!ids.insert(source.id).second) {
            errors.add(nullptr, fmt::format(fmt::runtime(tr("two sources have the id \"{}\"")), source.id));
        }
        sources.push_back(source.id);
    }
    for (const CarriedSource& carried : workspace.carried) {
        for (const std::string& part : sources_of(carried)) {
            if (ids.contains(part)) continue;
            errors.add(nullptr,
                       fmt::format(fmt::runtime(tr("the carried source \"{}\" is made from \"{}\", which is not there "
                                                   "or not above it")),
                                   carried.id, part),
                       did_you_mean(part, sources));
        }
        if (!ids.insert(carried.id).second) {
            errors.add(nullptr, fmt::format(fmt::runtime(tr("two sources have the id \"{}\"")), carried.id));
        }
        sources.push_back(carried.id);
    }
    for (const SavedQuery& query : workspace.queries) {
        if (!ids.insert(query.id).second || workspace.find_layer(query.id) != nullptr)
            errors.add(nullptr, fmt::format(fmt::runtime(tr("the query \"{}\" has the id of a source, a layer or "
                                                            "another query")),
                                            query.id));
        sources.push_back(query.id);
    }
    const auto check = [&](const std::string& layer, const std::string& source) {
        if (source.empty() || ids.contains(source)) return;
        const auto nearest = nearest_word(source, sources);
        errors.add(
            nullptr,
            fmt::format(fmt::runtime(tr("layer \"{}\" names the source \"{}\", which is not there")), layer, source),
            nearest.empty() ? std::string() : fmt::format(fmt::runtime(tr("Did you mean \"{}\"?")), nearest));
    };
    std::set<std::string> layer_ids;
    for (const auto& layer : workspace.layers) {
        check(layer.id, layer.source);
        for (const auto& join : layer.joins)
            check(layer.id, join.source);
        if (!layer_ids.insert(layer.id).second) {
            errors.add(nullptr, fmt::format(fmt::runtime(tr("two layers have the id \"{}\"")), layer.id));
        }
    }
}

void read_view(TomlReader& reader, View& view) {
    std::vector<double> box;
    reader.read("view", box);
    if (box.empty()) return;
    if (box.size() != 4 || !(box[0] < box[2]) || !(box[1] < box[3])) {
        reader.errors().add(reader.node("view"), tr("the view has to be four numbers: left, bottom, right, top"));
        return;
    }
    view.extent = {box[0], box[1], box[2], box[3]};
}

toml::table write_layer(const Layer& layer) {
    toml::table table{{"id", layer.id}, {"name", layer.name}, {"source", layer.source}};
    if (!layer.filter.empty()) table.insert("filter", layer.filter);
    if (auto columns = asked_columns_to_toml(layer.columns); !columns.empty())
        table.insert("columns", std::move(columns));
    if (!layer.visible) table.insert("visible", false);
    if (layer.opacity != 1) table.insert("opacity", layer.opacity);
    if (!layer.in_legend) table.insert("in_legend", false);
    if (layer.background) table.insert("background", true);
    if (!layer.joins.empty()) {
        toml::array joins;
        for (const auto& join : layer.joins)
            joins.push_back(join_to_toml(join));
        table.insert("joins", std::move(joins));
    }
    if (auto style = style_to_toml(layer.style); !style.empty()) table.insert("style", std::move(style));
    return table;
}

/// The formatter writes 1.4 as 1.3999999999999999; people read 1.4, and so does the parser. Lines with text are left
/// alone: what stands in quotes is the user's.
std::string with_short_numbers(const std::string& toml) {
    static const std::regex long_number("-?[0-9]+\\.[0-9]{12,}(e[-+]?[0-9]+)?");
    std::string text;
    std::istringstream lines(toml);
    for (std::string line; std::getline(lines, line);) {
        if (line.find_first_of("'\"") == std::string::npos) {
            std::string shorter;
            std::size_t done = 0;
            for (std::sregex_iterator number(line.begin(), line.end(), long_number), end; number != end; ++number) {
                const auto at = static_cast<std::size_t>(number->position());
                shorter += line.substr(done, at - done) + fmt::format("{}", std::stod(number->str()));
                done = at + static_cast<std::size_t>(number->length());
            }
            line = shorter + line.substr(done);
        }
        text += line + "\n";
    }
    return text;
}

/// The version of the file, or what is wrong with it. Checked before anything else: a newer file may hold keys that
/// this program does not know, and then the version is the message that helps.
Expected<void> check_version(const toml::table& root) {
    const auto version = root["version"].value<int64_t>();
    if (!version) {
        return fail(ErrorKind::bad_input, tr("this TOML file is no Diaban workspace: it has no version"), {},
                    tr("Open a workspace that Diaban saved."));
    }
    if (*version < 1) {
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("there is no version {} of a workspace")), *version), {},
                    fmt::format(fmt::runtime(tr("Write version = {}.")), workspace_version));
    }
    if (*version > workspace_version) {
        return fail(
            ErrorKind::bad_input,
            fmt::format(fmt::runtime(tr("the workspace was saved by a newer Diaban (version {}; this one reads {})")),
                        *version, workspace_version),
            {}, tr("Update Diaban, or ask for the workspace in the older version."));
    }
    return {};
}

}  // namespace

Expected<Workspace> workspace_from_toml(std::string_view text, const std::filesystem::path& folder) {
    toml::table root;
    try {
        root = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("not valid TOML: {}")), error.description()),
                    {.row = static_cast<int64_t>(error.source().begin.line)}, tr("Mend that line."));
    }
    if (const auto version = check_version(root); !version) return tl::unexpected(version.error());

    TomlErrors errors;
    TomlReader reader(root, errors);
    Workspace workspace;
    int version = 0;
    reader.read("version", version);
    reader.read("title", workspace.title);
    reader.read("subtitle", workspace.subtitle);
    reader.read("note", workspace.note);
    reader.read("map_crs", workspace.map_crs);
    if (!workspace.map_crs.empty()) {
        if (const auto crs = Crs::from_text(workspace.map_crs); !crs)
            errors.add(reader.node("map_crs"), crs.error().what, crs.error().remedy);
    }
    reader.read("time", workspace.time);
    read_view(reader, workspace.view);
    for (const auto* table : reader.tables("sources")) {
        workspace.sources.push_back(source_from_toml(*table, folder, errors));
    }
    for (const auto* table : reader.tables("carried"))
        workspace.carried.push_back(carried_from_toml(*table, errors));
    for (const auto* table : reader.tables("layers"))
        workspace.layers.push_back(read_layer(*table, errors));
    for (const auto* table : reader.tables("criteria"))
        workspace.criteria.push_back(read_criterion(*table, errors));
    for (const auto* table : reader.tables("queries"))
        workspace.queries.push_back(query_from_toml(*table, errors));
    reader.refuse_unknown_keys();
    check_references(workspace, errors);
    if (errors.first) return tl::unexpected(*errors.first);
    return workspace;
}

std::string workspace_to_toml(const Workspace& whole, const std::filesystem::path& folder) {
    const Workspace workspace = saved_part(whole);
    toml::table root{{"version", workspace_version}};
    const auto put = [&root](const char* key, const std::string& value) {
        if (!value.empty()) root.insert(key, value);
    };
    put("title", workspace.title);
    put("subtitle", workspace.subtitle);
    put("note", workspace.note);
    put("map_crs", workspace.map_crs);
    if (workspace.time) root.insert("time", *workspace.time);
    if (const auto& box = workspace.view.extent; !box.empty()) {
        root.insert("view", toml::array{box.min_x, box.min_y, box.max_x, box.max_y});
    }
    toml::array sources;
    for (const auto& source : workspace.sources)
        sources.push_back(source_to_toml(source, folder));
    if (!sources.empty()) root.insert("sources", std::move(sources));
    toml::array carried;
    for (const CarriedSource& source : workspace.carried)
        carried.push_back(carried_to_toml(source));
    if (!carried.empty()) root.insert("carried", std::move(carried));
    toml::array layers;
    for (const auto& layer : workspace.layers)
        layers.push_back(write_layer(layer));
    if (!layers.empty()) root.insert("layers", std::move(layers));
    toml::array criteria;
    for (const auto& criterion : workspace.criteria) {
        toml::table table;
        write_measure(table, criterion.measure);
        table.insert("weight", criterion.weight);
        if (!criterion.more_is_worse) table.insert("more_is_worse", false);
        criteria.push_back(std::move(table));
    }
    if (!criteria.empty()) root.insert("criteria", std::move(criteria));
    toml::array queries;
    for (const SavedQuery& query : workspace.queries)
        queries.push_back(query_to_toml(query));
    if (!queries.empty()) root.insert("queries", std::move(queries));

    std::ostringstream out;
    out << toml::toml_formatter(root, toml::format_flags::allow_literal_strings |
                                          toml::format_flags::allow_unicode_strings |
                                          toml::format_flags::indent_array_elements)
        << "\n";
    return with_short_numbers(out.str());
}

Expected<Workspace> load_workspace(const std::filesystem::path& path) {
    const auto text = read_file(path);
    if (!text) return tl::unexpected(text.error());
    auto workspace = workspace_from_toml(*text, std::filesystem::absolute(path).parent_path());
    if (!workspace) {
        auto error = workspace.error();
        error.where.file = to_utf8(path);
        return tl::unexpected(error);
    }
    return workspace;
}

Expected<void> save_workspace(const Workspace& workspace, const std::filesystem::path& path) {
    const auto absolute = std::filesystem::absolute(path);
    return write_file(absolute, workspace_to_toml(workspace, absolute.parent_path()));
}

bool is_workspace_path(const std::filesystem::path& path) {
    return fold(to_utf8(path.extension())) == ".toml";
}

}  // namespace diaban
