// The demo's files as the tests of it see them: read through the program's one door.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "data/read.h"

namespace diaban::demo {

inline std::filesystem::path folder() {
    return std::filesystem::path(DIABAN_SOURCE_DIR) / "data" / "quang_ninh";
}

/// One layer of one file; a failure of the test where there is not just that.
inline DatasetPtr dataset(std::string_view file) {
    Progress progress;
    auto found = read(folder() / file, {}, progress);
    if (!found) throw std::runtime_error(to_text(found.error()));
    if (found->size() != 1) throw std::runtime_error("one layer expected in " + std::string(file));
    return found->front();
}

/// A column by name, as text and as numbers.
class Rows {
public:
    explicit Rows(DatasetPtr data) : data_(std::move(data)) {}
    explicit Rows(std::string_view file) : Rows(dataset(file)) {}

    [[nodiscard]] std::size_t size() const { return data_->size(); }
    [[nodiscard]] const Dataset& data() const { return *data_; }
    [[nodiscard]] std::string text(std::string_view column, std::size_t row) const { return find(column).text(row); }
    [[nodiscard]] double number(std::string_view column, std::size_t row) const {
        return find(column).number(row).value();
    }
    [[nodiscard]] double sum(std::string_view column) const {
        double total = 0;
        for (std::size_t row = 0; row < size(); ++row)
            total += number(column, row);
        return total;
    }
    /// Row by the text of a column that tells rows apart.
    [[nodiscard]] std::map<std::string, std::size_t> by(std::string_view column) const {
        std::map<std::string, std::size_t> rows;
        for (std::size_t row = 0; row < size(); ++row)
            rows.emplace(text(column, row), row);
        return rows;
    }

private:
    [[nodiscard]] const Column& find(std::string_view column) const {
        const Column* found = data_->table.find(column);
        if (!found) throw std::runtime_error("no column " + std::string(column) + " in " + data_->name);
        return *found;
    }

    DatasetPtr data_;
};

inline const Rows& communes() {
    static const Rows rows("communes.geojson");
    return rows;
}
inline const Rows& gazetteer() {
    static const Rows rows("facts/quang_ninh_gazetteer.csv");
    return rows;
}

}  // namespace diaban::demo
