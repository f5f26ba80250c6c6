// What a statement may do: read the tables, and nothing else. SQLite asks before it compiles each part of a statement,
// also of those that SpatiaLite's functions run on their own.
#pragma once

#include <set>
#include <string>

#include "data/sql/reads.h"
#include "data/sql/sqlite_handles.h"

namespace diaban::sql {

class Guard {
public:
    /// From now on, for as long as it lives, nothing but reading is possible in the database.
    explicit Guard(sqlite3* database);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

    /// While it is off, everything is possible, and nothing is noted.
    void set_on(bool on) { on_ = on; }
    /// What was read so far.
    [[nodiscard]] const Reads& reads() const { return reads_; }
    /// Why something was refused, in words; empty when nothing was.
    [[nodiscard]] const std::string& refusal() const { return refusal_; }
    /// Functions that may be called, in small letters.
    [[nodiscard]] const std::set<std::string>& functions() const { return functions_; }

private:
    [[nodiscard]] int decide(int action, const char* first, const char* second);
    [[nodiscard]] int refuse(std::string why);

    sqlite3* database_;
    std::set<std::string> functions_;
    Reads reads_;
    std::string refusal_;
    bool on_ = true;
};

}  // namespace diaban::sql
