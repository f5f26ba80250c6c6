#include "data/dataset.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "data/folded_words.h"

namespace diaban {

namespace {

/// The place in `wanted` of the best word of the name: a name that is just the word counts before one that holds it.
/// -1 when none occurs.
int rank_of(const std::string& name, std::span<const std::string_view> wanted) {
    const auto words = folded_words(name);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (words.size() == 1 && words[0] == wanted[i]) return static_cast<int>(i);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (std::find(words.begin(), words.end(), wanted[i]) != words.end()) return static_cast<int>(wanted.size() + i);
    return -1;
}

/// Nearly all rows have a value, and nearly no two the same: a slip here and there is what diagnostics are for.
bool identifies(const Column& column) {
    if (column.type() != ColumnType::text && column.type() != ColumnType::integer) return false;
    if (column.size() == 0) return true;
    const std::size_t values = column.size() - column.null_count();
    if (values * 10 < column.size() * 7) return false;
    std::unordered_set<std::string> distinct;
    for (std::size_t row = 0; row < column.size(); ++row)
        if (!column.is_null(row)) distinct.insert(column.text(row));
    return distinct.size() * 10 > values * 7;
}

template <class Suits>
std::string best_column(const Table& table, std::span<const std::string_view> wanted, Suits suits) {
    std::string best;
    int best_rank = -1;
    for (const Column& column : table.columns()) {
        const int rank = rank_of(column.name(), wanted);
        if (rank < 0 || (best_rank >= 0 && rank >= best_rank) || !suits(column)) continue;
        best = column.name();
        best_rank = rank;
    }
    return best;
}

/// Whether the box is on the globe and spans no more than half of it.
bool half_a_globe(const Box& box) {
    return box.width() <= 180 && box.min_x >= -360 && box.max_x <= 360 && box.min_y >= -90 && box.max_y <= 90;
}

/// Of the coordinates that are on the globe. Data on both sides of the antimeridian whose shapes do not run around the
/// globe, such as Fiji's, gets a narrow box that crosses it.
Box box_of_degrees(const Geometry& geometry) {
    Box plain, eastern;
    bool runs_around = false;
    for (uint32_t r = 0; r < geometry.ring_count(); ++r) {
        const std::span<const Point> ring = geometry.ring(r);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point p = ring[i];
            if (!(std::abs(p.x) <= 360 && std::abs(p.y) <= 90)) continue;
            plain.extend(p);
            eastern.extend(Point{p.x < 0 ? p.x + 360 : p.x, p.y});
            runs_around = runs_around || (i > 0 && std::abs(p.x - ring[i - 1].x) > 180);
        }
    }
    return !runs_around && plain.width() > 180 && eastern.width() < 180 ? eastern : plain;
}

}  // namespace

Box Dataset::lon_lat_box() const {
    if (!has_geometry() || !crs.known() || geometry.box().empty()) return {};
    if (crs.geographic() && !half_a_globe(geometry.box())) return box_of_degrees(geometry);
    const auto to_degrees = Transform::between(crs, Crs::wgs84());
    return to_degrees ? to_degrees->apply(geometry.box()) : Box{};
}

std::string guess_code_column(const Table& table) {
    static constexpr std::array<std::string_view, 13> wanted{"code",  "ma",   "pcode", "maxa", "madvhc", "mahc", "gso",
                                                             "geoid", "fips", "iso",   "id",   "gid",    "fid"};
    return best_column(table, wanted, identifies);
}

std::string guess_name_column(const Table& table) {
    static constexpr std::array<std::string_view, 9> wanted{"name",  "ten",   "tenxa", "tendvhc", "hoten",
                                                            "title", "label", "nom",   "namevi"};
    return best_column(table, wanted, [](const Column& column) {
        return column.type() == ColumnType::text && (column.size() == 0 || column.null_count() * 2 < column.size());
    });
}

}  // namespace diaban
