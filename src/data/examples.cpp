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

std::string name_of_row(const Dataset& dataset, std::size_t row) {
    for (const std::string& column : {guess_name_column(dataset.table), guess_code_column(dataset.table)}) {
        if (column.empty()) continue;
        const Column* found = dataset.table.find(column);
        if (!found->is_null(row)) return found->text(row);
    }
    return fmt::format(fmt::runtime(tr("row {}")), row + 1);
}

}  // namespace diaban
