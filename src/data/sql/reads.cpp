#include "data/sql/reads.h"

namespace diaban::sql {

void Reads::note_column(std::string_view table, std::string_view column) {
    columns_.emplace(in_small_letters(table), in_small_letters(column));
}

void Reads::note_function(std::string_view name) {
    functions_.insert(in_small_letters(name));
}

bool Reads::table(std::string_view name) const {
    const std::string wanted = in_small_letters(name);
    const auto first = columns_.lower_bound({wanted, ""});
    return first != columns_.end() && first->first == wanted;
}

bool Reads::column(std::string_view table, std::string_view name) const {
    return columns_.contains({in_small_letters(table), in_small_letters(name)});
}

bool Reads::function(std::string_view name) const {
    const std::string wanted = in_small_letters(name);
    return functions_.contains(wanted) || functions_.contains("st_" + wanted);
}

std::string in_small_letters(std::string_view name) {
    std::string small(name);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return small;
}

}  // namespace diaban::sql
