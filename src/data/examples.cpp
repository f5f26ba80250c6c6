#include "data/examples.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"

namespace diaban {

void Examples::add(const std::string& example) {
    ++count_;
    if (example.empty() || std::find(first_.begin(), first_.end(), example) != first_.end()) return;
    if (first_.size() < most)
        first_.push_back(example);
    else
        more_ = true;
}

std::string Examples::text() const {
    std::string text;
    for (const std::string& example : first_)
        text += (text.empty() ? "" : "; ") + example;
    return more_ ? text + "; …" : text;
}

RowNames::RowNames(const Dataset& dataset) {
    for (const std::string& name : {guess_name_column(dataset.table), guess_code_column(dataset.table)})
        if (!name.empty()) columns_.push_back(dataset.table.find(name));
}

std::string RowNames::operator()(std::size_t row) const {
    for (const Column* column : columns_)
        if (!column->is_null(row)) return column->text(row);
    return fmt::format(fmt::runtime(tr("row {}")), row + 1);
}

std::string name_of_row(const Dataset& dataset, std::size_t row) {
    return RowNames(dataset)(row);
}

}  // namespace diaban
