#include "data/import_report.h"

#include <algorithm>

namespace diaban {

std::string to_id(NumberConvention convention) {
    switch (convention) {
        case NumberConvention::automatic:
            return {};
        case NumberConvention::point_decimal:
            return "point";
        case NumberConvention::comma_decimal:
            return "comma";
    }
    return {};
}

std::optional<NumberConvention> number_convention_from_id(std::string_view id) {
    for (const auto convention :
         {NumberConvention::automatic, NumberConvention::point_decimal, NumberConvention::comma_decimal})
        if (to_id(convention) == id) return convention;
    return {};
}

const ColumnReport* ImportReport::find(std::string_view column) const {
    const auto it = std::ranges::find(columns, column, &ColumnReport::name);
    return it == columns.end() ? nullptr : &*it;
}

}  // namespace diaban
