#include "workspace/carried_toml.h"

#include <initializer_list>
#include <utility>

#include "base/i18n.h"

namespace diaban {

namespace {

/// The keys of a table of texts, each with where it belongs: one list serves reading and writing.
template <class Text>
using Texts = std::initializer_list<std::pair<const char*, Text*>>;

void read_texts(TomlReader& reader, Texts<std::string> texts) {
    for (const auto& [key, text] : texts)
        reader.read(key, *text);
}

toml::table write_texts(Texts<const std::string> texts) {
    toml::table table;
    for (const auto& [key, text] : texts)
        if (!text->empty()) table.insert(key, *text);
    return table;
}

/// `visit` is called with the texts of a recipe, which may be const.
template <class Pairs, class Visit>
auto with_texts_of_pairs(Pairs& p, Visit visit) {
    return visit({{"source", &p.source},
                  {"from", &p.columns.from},
                  {"to", &p.columns.to},
                  {"from_name", &p.columns.from_name},
                  {"to_name", &p.columns.to_name},
                  {"share", &p.columns.share},
                  {"basis", &p.columns.basis},
                  {"source_field", &p.columns.source},
                  {"corrected", &p.columns.corrected},
                  {"mentions", &p.columns.mentions}});
}

template <class Names, class Visit>
auto with_texts_of_names(Names& n, Visit visit) {
    return visit({{"source", &n.source},
                  {"id", &n.columns.id},
                  {"name", &n.columns.name},
                  {"list", &n.columns.list},
                  {"separator", &n.columns.separator},
                  {"parent", &n.columns.parent}});
}

template <class Overlay, class Visit>
auto with_texts_of_overlay(Overlay& o, Visit visit) {
    return visit({{"old", &o.old_units},
                  {"old_id", &o.old_id},
                  {"old_name", &o.old_name},
                  {"new", &o.new_units},
                  {"new_id", &o.new_id},
                  {"new_name", &o.new_name},
                  {"points", &o.points},
                  {"weight", &o.weight}});
}

void need(const toml::table& table, TomlErrors& errors, bool there, const char* what) {
    if (!there) errors.add(&table, what);
}

PairsOf read_pairs(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    PairsOf pairs;
    with_texts_of_pairs(pairs, [&](Texts<std::string> texts) { read_texts(reader, texts); });
    need(table, errors, !pairs.source.empty() && !pairs.columns.from.empty() && !pairs.columns.to.empty(),
         tr("pairs need a source and the columns \"from\" and \"to\""));
    reader.refuse_unknown_keys();
    return pairs;
}

NamesOf read_names(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    NamesOf names;
    with_texts_of_names(names, [&](Texts<std::string> texts) { read_texts(reader, texts); });
    need(table, errors, !names.source.empty() && !names.columns.id.empty() && !names.columns.list.empty(),
         tr("names need a source and the columns \"id\" and \"list\""));
    reader.refuse_unknown_keys();
    return names;
}

OverlayOf read_overlay(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    OverlayOf overlay;
    with_texts_of_overlay(overlay, [&](Texts<std::string> texts) { read_texts(reader, texts); });
    need(table, errors,
         !overlay.old_units.empty() && !overlay.old_id.empty() && !overlay.new_units.empty() && !overlay.new_id.empty(),
         tr("an overlay needs \"old\" and \"new\" and the columns \"old_id\" and \"new_id\""));
    reader.refuse_unknown_keys();
    return overlay;
}

ColumnRule read_rule(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    ColumnRule rule;
    std::string kind;
    reader.read("column", rule.column);
    reader.read("kind", kind);
    reader.read("numerator", rule.numerator);
    reader.read("denominator", rule.denominator);
    reader.read("scale", rule.scale);
    if (const auto known = carry_kind_from_id(kind))
        rule.kind = *known;
    else
        errors.add(reader.node("kind"),
                   tr("a column is carried over as a \"whole_count\", \"count\", \"rate\", \"mean\" "
                      "or \"label\", or \"leave_out\""));
    need(table, errors, !rule.column.empty(), tr("a rule needs its column"));
    reader.refuse_unknown_keys();
    return rule;
}

Correction read_correction(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    Correction correction;
    reader.read("from", correction.from);
    reader.read("to", correction.to);
    reader.read("share", correction.share);
    reader.read("source", correction.source);
    need(table, errors, !correction.from.empty() && !correction.to.empty(),
         tr("a correction needs \"from\" and \"to\""));
    reader.refuse_unknown_keys();
    return correction;
}

toml::table rule_to_toml(const ColumnRule& rule) {
    toml::table table{{"column", rule.column}, {"kind", to_id(rule.kind)}};
    if (!rule.numerator.empty()) table.insert("numerator", rule.numerator);
    if (!rule.denominator.empty()) table.insert("denominator", rule.denominator);
    if (rule.scale != 1) table.insert("scale", rule.scale);
    return table;
}

toml::table correction_to_toml(const Correction& correction) {
    toml::table table{{"from", correction.from}, {"to", correction.to}, {"share", correction.share}};
    if (!correction.source.empty()) table.insert("source", correction.source);
    return table;
}

toml::table overlay_to_toml(const OverlayOf& overlay) {
    return with_texts_of_overlay(overlay, [](Texts<const std::string> texts) { return write_texts(texts); });
}

}  // namespace

CarriedSource carried_from_toml(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    CarriedSource carried;
    reader.read("id", carried.id);
    reader.read("data", carried.data);
    reader.read("key", carried.key);
    reader.read("time_field", carried.time_field);
    reader.read("reverse", carried.reverse);
    int ways = 0;
    if (const auto* pairs = reader.table("pairs")) carried.by = read_pairs(*pairs, errors), ++ways;
    if (const auto* names = reader.table("names")) carried.by = read_names(*names, errors), ++ways;
    if (const auto* overlay = reader.table("overlay")) carried.by = read_overlay(*overlay, errors), ++ways;
    if (const auto* shares = reader.table("shares_by")) carried.shares_by = read_overlay(*shares, errors);
    for (const auto* rule : reader.tables("rules"))
        carried.rules.push_back(read_rule(*rule, errors));
    for (const auto* correction : reader.tables("corrections"))
        carried.corrections.push_back(read_correction(*correction, errors));
    need(table, errors, !carried.id.empty() && !carried.data.empty() && !carried.key.empty(),
         tr("a carried source needs an id, its data and their key"));
    need(table, errors, ways == 1, tr("a carried source needs one of \"pairs\", \"names\" and \"overlay\""));
    reader.refuse_unknown_keys();
    return carried;
}

toml::table carried_to_toml(const CarriedSource& carried) {
    toml::table table{{"id", carried.id}, {"data", carried.data}, {"key", carried.key}};
    if (!carried.time_field.empty()) table.insert("time_field", carried.time_field);
    if (carried.reverse) table.insert("reverse", true);
    if (const auto* pairs = std::get_if<PairsOf>(&carried.by))
        table.insert("pairs",
                     with_texts_of_pairs(*pairs, [](Texts<const std::string> texts) { return write_texts(texts); }));
    if (const auto* names = std::get_if<NamesOf>(&carried.by))
        table.insert("names",
                     with_texts_of_names(*names, [](Texts<const std::string> texts) { return write_texts(texts); }));
    if (const auto* overlay = std::get_if<OverlayOf>(&carried.by)) table.insert("overlay", overlay_to_toml(*overlay));
    if (carried.shares_by) table.insert("shares_by", overlay_to_toml(*carried.shares_by));
    toml::array rules, corrections;
    for (const ColumnRule& rule : carried.rules)
        rules.push_back(rule_to_toml(rule));
    if (!rules.empty()) table.insert("rules", std::move(rules));
    for (const Correction& correction : carried.corrections)
        corrections.push_back(correction_to_toml(correction));
    if (!corrections.empty()) table.insert("corrections", std::move(corrections));
    return table;
}

}  // namespace diaban
