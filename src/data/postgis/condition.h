// A filter that a user, or somebody else's workspace file, hands to a database.
#pragma once

#include <string_view>

namespace diaban::pg {

/// Whether the text can only be one condition: no second statement, no comment, parentheses and quotes that close. What
/// it means is the database's business.
[[nodiscard]] bool is_one_condition(std::string_view sql);

}  // namespace diaban::pg
