#include "data/postgis/condition.h"

namespace diaban::pg {

bool is_one_condition(std::string_view sql) {
    int depth = 0;
    char quote = '\0';
    for (std::size_t i = 0; i < sql.size(); ++i) {
        const char c = sql[i], next = i + 1 < sql.size() ? sql[i + 1] : '\0';
        // In some kinds of text a backslash hides the quote behind it; where such a text ends is not for us to guess.
        if (c == '\0' || (c == '\\' && (next == '\'' || next == '"'))) return false;
        if (quote != '\0') {
            if (c == quote) quote = '\0';
            continue;
        }
        if (c == '\'' || c == '"') quote = c;
        if (c == '(') ++depth;
        if (c == ')' && --depth < 0) return false;
        if (c == ';' || c == '$' || (c == '-' && next == '-') || (c == '/' && next == '*')) return false;
    }
    return quote == '\0' && depth == 0;
}

}  // namespace diaban::pg
