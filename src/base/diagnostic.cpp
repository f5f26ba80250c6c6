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
        case DiagnosticKind::repaired_ring:
            return counted("{} feature had an invalid ring and was repaired",
                           "{} features had invalid rings and were repaired", d.count);
        case DiagnosticKind::duplicate_feature:
            return counted("{} row repeats another one, shape and attributes",
                           "{} rows repeat another one, shape and attributes", d.count);
        case DiagnosticKind::duplicate_shape:
            return counted("{} feature has the shape of another one", "{} features have the shape of another one",
                           d.count);
        case DiagnosticKind::sliver:
            return counted("{} part is too thin to be meant", "{} parts are too thin to be meant", d.count);
        case DiagnosticKind::overlap:
            return counted("there is {} overlap of neighbours", "there are {} overlaps of neighbours", d.count);
        case DiagnosticKind::gap:
            return counted("there is {} gap between features or within one",
                           "there are {} gaps between features or within one", d.count);
        case DiagnosticKind::missing_code:
            return counted("{} row has no code", "{} rows have no code", d.count);
        case DiagnosticKind::duplicate_code:
            return counted("{} row repeats a code", "{} rows repeat a code", d.count);
        case DiagnosticKind::unmatched_feature:
            return counted("{} feature has no row in the joined table", "{} features have no row in the joined table",
                           d.count);
        case DiagnosticKind::unmatched_row:
            return counted("{} row of the table matches no feature", "{} rows of the table match no feature", d.count);
        case DiagnosticKind::suggested_match:
            return counted("{} row is not joined: its name is only nearly a feature's",
                           "{} rows are not joined: their names are only nearly features'", d.count);
        case DiagnosticKind::ambiguous_name:
            return counted("{} row is not joined: several features bear its name",
                           "{} rows are not joined: several features bear their names", d.count);
        case DiagnosticKind::name_differs:
            return counted("{} row has the code of a feature of another name",
                           "{} rows have the codes of features of other names", d.count);
        case DiagnosticKind::unreadable_value:
            return counted("{} value could not be read", "{} values could not be read", d.count);
        case DiagnosticKind::text_encoding:
            return counted("{} text has bytes that mean nothing in its encoding",
                           "{} texts have bytes that mean nothing in their encoding", d.count);
        case DiagnosticKind::text_repaired:
            return counted("{} text was read in the encoding that its letters show",
                           "{} texts were read in the encoding that their letters show", d.count);
        case DiagnosticKind::kept_as_text:
            return tr("the field stays text, as some of its cells are no numbers");
        case DiagnosticKind::totals_left_out:
            return counted("{} row of totals was left out", "{} rows of totals were left out", d.count);
        case DiagnosticKind::layer_failed:
            return tr("the layer could not be opened");
        case DiagnosticKind::dropped_by_transform:
            return counted("{} coordinate lies outside the map's coordinate system",
                           "{} coordinates lie outside the map's coordinate system", d.count);
        case DiagnosticKind::unlabelled:
            return counted("{} feature found no room for its label", "{} features found no room for their labels",
                           d.count);
        case DiagnosticKind::undecided:
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
            return tr("Name it: in the import settings, with --crs EPSG:…, or as crs = \"EPSG:…\" in the workspace.");
        case DiagnosticKind::missing_geometry:
            return tr("Nothing to do if these rows are not meant to be mapped.");
        case DiagnosticKind::mixed_geometry:
            return {};
        case DiagnosticKind::invalid_ring:
            return tr("The shapes are drawn as they are; repair them in the source.");
        case DiagnosticKind::repaired_ring:
            return tr("Compare their shapes with the source; reading without repairs keeps the originals.");
        case DiagnosticKind::duplicate_feature:
            return tr("Remove the repeated rows in the source, or sums count them twice.");
        case DiagnosticKind::duplicate_shape:
            return tr("Nothing to do if several rows of one place are meant.");
        case DiagnosticKind::sliver:
            return tr("They are left over from cutting as a rule; remove them in the source.");
        case DiagnosticKind::overlap:
            return tr("What lies there counts twice; settle the border in the source.");
        case DiagnosticKind::gap:
            return tr("Nothing to do where a lake or foreign land is meant; else settle the border in the source.");
        case DiagnosticKind::missing_code:
        case DiagnosticKind::duplicate_code:
            return tr("Tables cannot be joined to these rows by code; mend the codes.");
        case DiagnosticKind::unmatched_feature:
            return tr("They are shown as having no data.");
        case DiagnosticKind::unmatched_row:
            return tr("Compare the keys of the table and the layer.");
        case DiagnosticKind::suggested_match:
            return tr("Confirm or refuse what the match report suggests.");
        case DiagnosticKind::ambiguous_name:
            return tr("Name the unit above (the district) as a key too, or choose in the match report.");
        case DiagnosticKind::name_differs:
            return tr("See whether the codes are those of another year, or slipped by a row.");
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
        case DiagnosticKind::kept_as_text:
        case DiagnosticKind::totals_left_out:
        case DiagnosticKind::undecided:
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
        case DiagnosticKind::repaired_ring:
            return "repaired_ring";
        case DiagnosticKind::duplicate_feature:
            return "duplicate_feature";
        case DiagnosticKind::duplicate_shape:
            return "duplicate_shape";
        case DiagnosticKind::sliver:
            return "sliver";
        case DiagnosticKind::overlap:
            return "overlap";
        case DiagnosticKind::gap:
            return "gap";
        case DiagnosticKind::missing_code:
            return "missing_code";
        case DiagnosticKind::duplicate_code:
            return "duplicate_code";
        case DiagnosticKind::unmatched_feature:
            return "unmatched_feature";
        case DiagnosticKind::unmatched_row:
            return "unmatched_row";
        case DiagnosticKind::suggested_match:
            return "suggested_match";
        case DiagnosticKind::ambiguous_name:
            return "ambiguous_name";
        case DiagnosticKind::name_differs:
            return "name_differs";
        case DiagnosticKind::unreadable_value:
            return "unreadable_value";
        case DiagnosticKind::text_encoding:
            return "text_encoding";
        case DiagnosticKind::text_repaired:
            return "text_repaired";
        case DiagnosticKind::kept_as_text:
            return "kept_as_text";
        case DiagnosticKind::totals_left_out:
            return "totals_left_out";
        case DiagnosticKind::undecided:
            return "undecided";
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
