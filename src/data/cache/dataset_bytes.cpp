#include "data/cache/dataset_bytes.h"

#include <algorithm>

namespace diaban {
namespace {

void put_texts(ByteWriter& out, std::span<const std::string> texts) {
    std::vector<uint64_t> ends;
    std::string all;
    for (const std::string& text : texts) {
        all += text;
        ends.push_back(all.size());
    }
    out.put_array(std::span<const uint64_t>(ends));
    out.put_text(all);
}

std::vector<std::string> get_texts(ByteReader& in, bool& sound) {
    const auto ends = in.get_array<uint64_t>();
    const auto all = in.get_array<char>();
    std::vector<std::string> texts;
    texts.reserve(ends.size());
    uint64_t begin = 0;
    for (const uint64_t end : ends) {
        if (end < begin || end > all.size()) {
            sound = false;
            return {};
        }
        texts.emplace_back(all.data() + begin, all.data() + end);
        begin = end;
    }
    return texts;
}

void put(ByteWriter& out, const Place& place) {
    out.put_text(place.file);
    out.put_text(place.layer);
    out.put_text(place.field);
    out.put(int64_t{place.row ? 1 : 0});
    out.put(int64_t{place.row.value_or(0)});
}

Place get_place(ByteReader& in) {
    Place place;
    place.file = in.get_text();
    place.layer = in.get_text();
    place.field = in.get_text();
    const auto has_row = in.get<int64_t>();
    const auto row = in.get<int64_t>();
    if (has_row != 0) place.row = row;
    return place;
}

void put(ByteWriter& out, const Diagnostics& diagnostics) {
    out.put(uint64_t{diagnostics.size()});
    for (const Diagnostic& d : diagnostics) {
        out.put(d.kind);
        out.put(d.severity);
        put(out, d.where);
        out.put(d.count);
        out.put_text(d.detail);
    }
}

Diagnostics get_diagnostics(ByteReader& in) {
    Diagnostics out;
    const auto count = in.get<uint64_t>();
    for (uint64_t i = 0; i < count && in.ok(); ++i) {
        Diagnostic d;
        d.kind = in.get<DiagnosticKind>();
        d.severity = in.get<Severity>();
        d.where = get_place(in);
        d.count = in.get<int64_t>();
        d.detail = in.get_text();
        out.push_back(std::move(d));
    }
    return out;
}

void put(ByteWriter& out, const Geometry& geometry) {
    out.put(geometry.kind());
    out.put(geometry.box());
    out.put_array_in_place(geometry.points());
    out.put_array_in_place(geometry.ring_offsets());
    out.put_array_in_place(geometry.part_offsets());
    out.put_array_in_place(geometry.feature_offsets());
}

bool cuts(std::span<const uint32_t> offsets, std::size_t size) {
    return !offsets.empty() && offsets.front() == 0 && offsets.back() == size && std::ranges::is_sorted(offsets);
}

std::optional<Geometry> get_geometry(ByteReader& in, const std::shared_ptr<const void>& owner) {
    const auto kind = in.get<GeometryKind>();
    const auto box = in.get<Box>();
    GeometryArrays arrays{in.get_array<Point>(), in.get_array<uint32_t>(), {}, {}, owner};
    arrays.parts = in.get_array<uint32_t>();
    arrays.features = in.get_array<uint32_t>();
    if (!in.ok()) return std::nullopt;
    if (kind == GeometryKind::none) return Geometry();
    if (kind != GeometryKind::point && kind != GeometryKind::line && kind != GeometryKind::polygon) return std::nullopt;
    const bool sound = cuts(arrays.rings, arrays.points.size()) && cuts(arrays.parts, arrays.rings.size() - 1) &&
                       cuts(arrays.features, arrays.parts.size() - 1);
    if (!sound) return std::nullopt;
    return Geometry(kind, std::move(arrays), box);
}

void put(ByteWriter& out, const Column& column) {
    out.put_text(column.name());
    out.put(column.type());
    std::vector<uint8_t> present(column.size());
    for (std::size_t i = 0; i < present.size(); ++i)
        present[i] = column.is_null(i) ? 0 : 1;
    out.put_array(std::span<const uint8_t>(present));
    out.put(uint64_t{column.values().index()});
    if (const auto* whole = std::get_if<std::vector<int64_t>>(&column.values()))
        out.put_array(std::span<const int64_t>(*whole));
    else if (const auto* real = std::get_if<std::vector<double>>(&column.values()))
        out.put_array(std::span<const double>(*real));
    else
        put_texts(out, std::get<std::vector<std::string>>(column.values()));
}

std::optional<Column> get_column(ByteReader& in) {
    std::string name = in.get_text();
    const auto type = in.get<ColumnType>();
    std::vector<uint8_t> present = in.get_vector<uint8_t>();
    const auto index = in.get<uint64_t>();
    const uint64_t wanted = type == ColumnType::text ? 2 : type == ColumnType::real ? 1 : 0;
    if (!in.ok() || type > ColumnType::date_time || index != wanted) return std::nullopt;
    Column::Values values;
    bool sound = true;
    std::size_t size = 0;
    if (index == 0) {
        values = in.get_vector<int64_t>();
        size = std::get<0>(values).size();
    } else if (index == 1) {
        values = in.get_vector<double>();
        size = std::get<1>(values).size();
    } else {
        values = get_texts(in, sound);
        size = std::get<2>(values).size();
    }
    if (!in.ok() || !sound || size != present.size()) return std::nullopt;
    return Column(std::move(name), type, std::move(values), std::move(present));
}

void put(ByteWriter& out, const ColumnReport& column) {
    out.put_text(column.name);
    out.put_text(column.header);
    out.put(column.type);
    out.put_text(column.encoding);
    out.put(uint64_t{column.samples.size()});
    for (const TextSample& sample : column.samples) {
        out.put_text(sample.before);
        out.put_text(sample.after);
    }
    out.put(column.convention);
    out.put(uint64_t{column.ambiguous});
    out.put(uint64_t{column.percent});
    out.put(uint64_t{column.unread.size()});
    for (const UnreadCell& cell : column.unread) {
        out.put(cell.row);
        out.put_text(cell.text);
    }
}

ColumnReport get_column_report(ByteReader& in) {
    ColumnReport column;
    column.name = in.get_text();
    column.header = in.get_text();
    column.type = in.get<ColumnType>();
    column.encoding = in.get_text();
    for (auto count = in.get<uint64_t>(); count > 0 && in.ok(); --count) {
        std::string before = in.get_text();
        column.samples.push_back({std::move(before), in.get_text()});
    }
    column.convention = in.get<NumberConvention>();
    column.ambiguous = in.get<uint64_t>() != 0;
    column.percent = in.get<uint64_t>() != 0;
    for (auto count = in.get<uint64_t>(); count > 0 && in.ok(); --count) {
        const auto row = in.get<int64_t>();
        column.unread.push_back({row, in.get_text()});
    }
    return column;
}

/// A report of what needed no thought: of a format that says what it holds.
bool plain(const ImportReport& report) {
    return report.left_out.empty() && report.head.empty() && report.year_groups.empty() && !report.points &&
           report.crs_proposals.empty() && report.questions.empty();
}

void put(ByteWriter& out, const ImportReport& report) {
    out.put_text(report.encoding);
    out.put_text(report.separator);
    out.put(report.header_row);
    out.put(int64_t{report.header_rows});
    out.put(report.rows_in_file);
    out.put(uint64_t{report.columns.size()});
    for (const ColumnReport& column : report.columns)
        put(out, column);
}

ImportReport get_report(ByteReader& in) {
    ImportReport report;
    report.encoding = in.get_text();
    report.separator = in.get_text();
    report.header_row = in.get<int64_t>();
    report.header_rows = static_cast<int>(in.get<int64_t>());
    report.rows_in_file = in.get<int64_t>();
    for (auto count = in.get<uint64_t>(); count > 0 && in.ok(); --count)
        report.columns.push_back(get_column_report(in));
    return report;
}

void put(ByteWriter& out, const Repairs& repairs) {
    out.put(uint64_t{repairs.list.size()});
    for (const Repair& repair : repairs.list) {
        out.put(repair.feature);
        out.put_text(repair.reason);
        out.put(repair.at);
        out.put(repair.area_before);
        out.put(repair.area_after);
        out.put(uint64_t{repair.mended});
    }
    put(out, repairs.originals);
}

std::optional<Repairs> get_repairs(ByteReader& in, const std::shared_ptr<const void>& owner) {
    Repairs repairs;
    for (auto count = in.get<uint64_t>(); count > 0 && in.ok(); --count) {
        Repair repair;
        repair.feature = in.get<uint32_t>();
        repair.reason = in.get_text();
        repair.at = in.get<Point>();
        repair.area_before = in.get<double>();
        repair.area_after = in.get<double>();
        repair.mended = in.get<uint64_t>() != 0;
        repairs.list.push_back(std::move(repair));
    }
    auto originals = get_geometry(in, owner);
    if (!originals) return std::nullopt;
    repairs.originals = std::move(*originals);
    return repairs;
}

}  // namespace

std::optional<ByteWriter> bytes_of(const Dataset& dataset) {
    if (dataset.import && !plain(*dataset.import)) return std::nullopt;
    ByteWriter out;
    out.put_text(dataset.name);
    out.put_text(dataset.from.layer);
    out.put_text(dataset.from.driver);
    out.put_text(dataset.crs.known() ? dataset.crs.definition() : std::string());
    put(out, dataset.geometry);
    out.put(uint64_t{dataset.table.row_count()});
    out.put(uint64_t{dataset.table.columns().size()});
    for (const Column& column : dataset.table.columns())
        put(out, column);
    put(out, dataset.diagnostics);
    put(out, dataset.repairs);
    out.put(uint64_t{dataset.import != nullptr});
    if (dataset.import) put(out, *dataset.import);
    return out;
}

std::optional<Dataset> dataset_of(std::span<const std::byte> bytes, const std::shared_ptr<const void>& owner) {
    ByteReader in(bytes);
    Dataset dataset;
    dataset.name = in.get_text();
    dataset.from.layer = in.get_text();
    dataset.from.driver = in.get_text();
    const std::string crs = in.get_text();
    if (!crs.empty()) {
        auto known = Crs::from_text(crs);
        if (!known) return std::nullopt;
        dataset.crs = std::move(*known);
    }
    auto geometry = get_geometry(in, owner);
    if (!geometry) return std::nullopt;
    dataset.geometry = std::move(*geometry);
    const auto rows = in.get<uint64_t>();
    std::vector<Column> columns;
    for (auto count = in.get<uint64_t>(); count > 0 && in.ok(); --count) {
        auto column = get_column(in);
        if (!column || column->size() != rows) return std::nullopt;
        columns.push_back(std::move(*column));
    }
    dataset.table = Table(std::move(columns), rows);
    dataset.diagnostics = get_diagnostics(in);
    auto repairs = get_repairs(in, owner);
    if (!repairs) return std::nullopt;
    dataset.repairs = std::move(*repairs);
    if (in.get<uint64_t>() != 0) dataset.import = std::make_shared<const ImportReport>(get_report(in));
    const bool fits = !dataset.has_geometry() || dataset.geometry.feature_count() == rows;
    if (!in.ok() || !fits) return std::nullopt;
    return dataset;
}

}  // namespace diaban
