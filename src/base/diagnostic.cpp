#include "base/diagnostic.h"

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"

namespace diaban {

namespace {

/// "A {} B" in the plural that `count` asks for, the number put in.
std::string counted(const char* singular, const char* plural, int64_t count) {
    return fmt::format(fmt::runtime(tr_n(singular, plural, static_cast<long>(count))), format_integer(count));
}

std::string sentence(const Diagnostic& d) {
    switch (d.kind) {
        case DiagnosticKind::no_crs:
            return tr("the file names no coordinate system");
        case DiagnosticKind::missing_geometry:
            return counted("{} row has no geometry and is not on the map",
                           "{} rows have no geometry and are not on the map", d.count);
        case DiagnosticKind::mixed_geometry:
            return tr("the layer mixes kinds of geometry and was split");
        case DiagnosticKind::invalid_ring:
            return counted("{} feature has an invalid ring", "{} features have invalid rings", d.count);
        case DiagnosticKind::missing_code:
            return counted("{} row has no code", "{} rows have no code", d.count);
        case DiagnosticKind::duplicate_code:
            return counted("{} row repeats a code", "{} rows repeat a code", d.count);
        case DiagnosticKind::unmatched_feature:
            return counted("{} feature has no row in the joined table", "{} features have no row in the joined table",
                           d.count);
        case DiagnosticKind::unmatched_row:
            return counted("{} row of the table matches no feature", "{} rows of the table match no feature", d.count);
        case DiagnosticKind::unreadable_value:
            return counted("{} value could not be read", "{} values could not be read", d.count);
        case DiagnosticKind::text_encoding:
            return counted("{} text has bytes that mean nothing in its encoding",
                           "{} texts have bytes that mean nothing in their encoding", d.count);
        case DiagnosticKind::text_repaired:
            return counted("{} text was read in the encoding that its letters show",
                           "{} texts were read in the encoding that their letters show", d.count);
        case DiagnosticKind::layer_failed:
            return tr("the layer could not be opened");
        case DiagnosticKind::dropped_by_transform:
            return counted("{} coordinate lies outside the map's coordinate system",
                           "{} coordinates lie outside the map's coordinate system", d.count);
        case DiagnosticKind::unlabelled:
            return counted("{} feature found no room for its label", "{} features found no room for their labels",
                           d.count);
        case DiagnosticKind::other:
            return {};
    }
    return {};
}

}  // namespace

std::string to_text(const Diagnostic& diagnostic) {
    std::string text = to_text(diagnostic.where);
    std::string what = sentence(diagnostic);
    if (what.empty()) {
        what = diagnostic.detail;
    } else if (!diagnostic.detail.empty()) {
        what += ": " + diagnostic.detail;
    }
    if (!text.empty() && !what.empty()) text += ": ";
    text += what;
    if (!text.empty() && !ends_sentence(text)) text += ".";
    return text;
}

std::string remedy(DiagnosticKind kind) {
    switch (kind) {
        case DiagnosticKind::no_crs:
            return tr("Name the coordinate system in the workspace (crs = \"EPSG:…\").");
        case DiagnosticKind::missing_geometry:
            return tr("Nothing to do if these rows are not meant to be mapped.");
        case DiagnosticKind::mixed_geometry:
            return {};
        case DiagnosticKind::invalid_ring:
            return tr("The shapes are drawn as they are; repair them in the source.");
        case DiagnosticKind::missing_code:
        case DiagnosticKind::duplicate_code:
            return tr("Tables cannot be joined to these rows by code; mend the codes.");
        case DiagnosticKind::unmatched_feature:
            return tr("They are shown as having no data.");
        case DiagnosticKind::unmatched_row:
            return tr("Compare the keys of the table and the layer.");
        case DiagnosticKind::unreadable_value:
            return tr("They count as having no value; mend them in the source.");
        case DiagnosticKind::text_encoding:
            return tr("Save the file as UTF-8.");
        case DiagnosticKind::text_repaired:
            return tr("If it reads wrong, choose its encoding when opening the file.");
        case DiagnosticKind::layer_failed:
            return tr("Mend the path, or remove the layer; the others are intact.");
        case DiagnosticKind::dropped_by_transform:
            return tr("Choose another map coordinate system.");
        case DiagnosticKind::unlabelled:
            return tr("Zoom in, or make the labels smaller.");
        case DiagnosticKind::other:
            return {};
    }
    return {};
}

std::string to_id(DiagnosticKind kind) {
    switch (kind) {
        case DiagnosticKind::no_crs:
            return "no_crs";
        case DiagnosticKind::missing_geometry:
            return "missing_geometry";
        case DiagnosticKind::mixed_geometry:
            return "mixed_geometry";
        case DiagnosticKind::invalid_ring:
            return "invalid_ring";
        case DiagnosticKind::missing_code:
            return "missing_code";
        case DiagnosticKind::duplicate_code:
            return "duplicate_code";
        case DiagnosticKind::unmatched_feature:
            return "unmatched_feature";
        case DiagnosticKind::unmatched_row:
            return "unmatched_row";
        case DiagnosticKind::unreadable_value:
            return "unreadable_value";
        case DiagnosticKind::text_encoding:
            return "text_encoding";
        case DiagnosticKind::text_repaired:
            return "text_repaired";
        case DiagnosticKind::layer_failed:
            return "layer_failed";
        case DiagnosticKind::dropped_by_transform:
            return "dropped_by_transform";
        case DiagnosticKind::unlabelled:
            return "unlabelled";
        case DiagnosticKind::other:
            return "other";
    }
    return "other";
}

std::string to_id(Severity severity) {
    switch (severity) {
        case Severity::note:
            return "note";
        case Severity::warning:
            return "warning";
        case Severity::error:
            return "error";
    }
    return "note";
}

std::string to_csv(const Diagnostics& diagnostics) {
    std::string csv = "severity,kind,file,layer,field,row,count,detail\n";
    for (const auto& d : diagnostics) {
        csv += fmt::format("{},{},{},{},{},{},{},{}\n", to_id(d.severity), to_id(d.kind), csv_field(d.where.file),
                           csv_field(d.where.layer), csv_field(d.where.field),
                           d.where.row ? std::to_string(*d.where.row) : std::string(), d.count, csv_field(d.detail));
    }
    return csv;
}

}  // namespace diaban
