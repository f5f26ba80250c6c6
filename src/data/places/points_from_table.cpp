#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/text.h"
#include "data/gdal/gdal_handles.h"
#include "data/places/point_columns.h"
#include "data/places/point_values.h"
#include "data/read/read_geometry.h"

namespace diaban {

namespace {

using Order = WrittenPoint::Order;

UnreadColumn& unread_of(TablePoints& result, const std::string& column) {
    const auto found = std::ranges::find(result.unread, column, &UnreadColumn::column);
    if (found != result.unread.end()) return *found;
    result.unread.push_back({column, {}});
    return result.unread.back();
}

void add_unread(TablePoints& result, const Column& column, std::size_t row) {
    unread_of(result, column.name()).cells.push_back({static_cast<int64_t>(row) + 1, trim(column.text(row))});
}

Geometry geometry_of(const std::vector<std::optional<Point>>& points) {
    GeometryBuilder builder(GeometryKind::point);
    builder.reserve(points.size(), points.size());
    for (const auto& point : points) {
        builder.begin_feature();
        if (!point) continue;
        builder.begin_part();
        builder.add_ring({&*point, 1});
    }
    return std::move(builder).finish();
}

/// Degrees with longitude first, nine of ten at least.
bool plausible_degrees(const Geometry& geometry) {
    const auto& points = geometry.points();
    const auto fine =
        std::ranges::count_if(points, [](Point p) { return std::abs(p.x) <= 360 && std::abs(p.y) <= 90; });
    return !points.empty() && fine * 10 >= static_cast<std::ptrdiff_t>(points.size()) * 9;
}

bool blank(const Column& column, std::size_t row) {
    return column.is_null(row) || trim(column.text(row)).empty();
}

TablePoints from_two(const Column& x, const Column& y, const PointReading& reading) {
    NumberConvention given = NumberConvention::automatic;
    for (const Column* column : {&x, &y})
        if (const auto found = reading.numbers.find(column->name()); found != reading.numbers.end())
            given = found->second;
    const Writing writing = writing_of({&x, &y}, given);
    const AxisValues in_x = axis_values(x, writing), in_y = axis_values(y, writing);
    // Letters say which is which, whatever the headers do.
    const bool exchanged = in_x.latitudes > in_x.longitudes && in_y.longitudes >= in_y.latitudes;
    TablePoints result;
    std::vector<std::optional<Point>> points(x.size());
    for (std::size_t row = 0; row < x.size(); ++row) {
        const auto &first = in_x.values[row], &second = in_y.values[row];
        if (first && second) points[row] = exchanged ? Point{*second, *first} : Point{*first, *second};
        if (blank(x, row) && blank(y, row)) continue;
        if (!first) add_unread(result, x, row);
        if (!second) add_unread(result, y, row);
    }
    result.geometry = geometry_of(points);
    return result;
}

TablePoints from_whole(const Column& column, const PointReading& reading) {
    std::vector<std::string> texts(column.size());
    std::vector<std::string_view> views;
    for (std::size_t row = 0; row < column.size(); ++row)
        views.push_back(texts[row] = column.text(row));
    const AngleLetters letters = letters_of(views);
    std::vector<std::optional<WrittenPoint>> written(column.size());
    std::vector<WrittenPoint> read;
    TablePoints result;
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (blank(column, row)) continue;
        written[row] = parse_point(texts[row], letters);
        if (written[row])
            read.push_back(*written[row]);
        else
            add_unread(result, column, row);
    }
    PointOrder order = order_of(read, reading.near);
    if (const Order told = order_in_header(column.name()); order.assumed && told != Order::unknown)
        order = {told, false};
    result.order_assumed = order.assumed && !read.empty();
    std::vector<std::optional<Point>> points(column.size());
    for (std::size_t row = 0; row < column.size(); ++row)
        if (written[row]) points[row] = lon_lat(*written[row], order.order);
    result.geometry = geometry_of(points);
    return result;
}

/// "SRID=4326;POINT(…)": the number, and the text without it.
int take_srid(std::string& text) {
    if (!fold(text.substr(0, 5)).starts_with("srid=")) return 0;
    const auto end = text.find(';');
    if (end == std::string::npos) return 0;
    const int srid = std::atoi(text.substr(5, end - 5).c_str());
    text = trim(text.substr(end + 1));
    return srid;
}

TablePoints from_wkt(const Column& column) {
    TablePoints result;
    GeometryCollector collector;
    gdal::Messages quiet;
    int srid = 0;
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (blank(column, row)) continue;
        std::string text = trim(column.text(row));
        const int own = take_srid(text);
        if (own > 0) srid = own;
        char* at = text.data();
        OGRGeometryH raw = nullptr;
        const bool fine = OGR_G_CreateFromWkt(&at, nullptr, &raw) == OGRERR_NONE && trim(at).empty();
        const gdal::Geometry geometry(raw);
        if (fine)
            collector.add(geometry.get(), static_cast<uint32_t>(row));
        else
            add_unread(result, column, row);
    }
    const auto kinds = collector.kinds();
    if (kinds.empty()) {
        result.geometry = geometry_of(std::vector<std::optional<Point>>(column.size()));
        return result;
    }
    const auto rows = [&](GeometryKind kind) { return collector.rows(kind).size(); };
    const GeometryKind most = *std::ranges::max_element(kinds, {}, rows);
    for (const GeometryKind kind : kinds)
        if (kind != most) result.other_kinds += static_cast<int64_t>(rows(kind));
    std::vector<uint32_t> all(column.size());
    for (uint32_t row = 0; row < all.size(); ++row)
        all[row] = row;
    result.geometry = collector.take(most, all);
    if (srid > 0)
        if (auto crs = Crs::from_text("EPSG:" + std::to_string(srid))) result.crs = std::move(*crs);
    return result;
}

bool holds_wkt(const Column& column) {
    if (column.type() != ColumnType::text) return false;
    std::size_t wkt = 0, seen = 0;
    for (std::size_t row = 0; row < column.size() && seen < 200; ++row) {
        if (blank(column, row)) continue;
        ++seen;
        if (looks_like_wkt(column.text(row))) ++wkt;
    }
    return wkt * 2 > seen;
}

}  // namespace

TablePoints points_from_table(const Table& table, const PointColumns& columns, const PointReading& reading) {
    const Column* x = table.find(columns.x);
    const Column* y = columns.y.empty() ? nullptr : table.find(columns.y);
    DIABAN_CHECK(x && (y || columns.y.empty()));
    TablePoints result = y ? from_two(*x, *y, reading) : holds_wkt(*x) ? from_wkt(*x) : from_whole(*x, reading);
    if (!result.crs.known() && plausible_degrees(result.geometry)) result.crs = Crs::wgs84();
    return result;
}

}  // namespace diaban
