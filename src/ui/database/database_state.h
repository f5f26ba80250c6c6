// What the database dialog works with while it is open, and what it remembers of the last time. The password is in
// memory alone, and only until the dialog is closed; the session keeps the one that worked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "data/postgis/postgis.h"

namespace diaban::ui {

/// A connection whose password stands beside it.
struct Connection {
    std::string text;  ///< "PG:host=…", "service=province"; without a password
    std::string password;
    bool operator==(const Connection&) const = default;
};
/// Takes a password that was typed into the connection out of it: "PG:… password=x", "postgresql://me:x@host/db".
[[nodiscard]] Connection split_password(std::string_view typed);

struct DatabaseForm {
    bool as_text = false;  ///< `connection` counts, else the four fields
    std::string host = "localhost", port = "5432", database, user;
    std::string connection;
    std::string password;
};
/// What the form says; an empty text while it says too little.
[[nodiscard]] Connection connection_of(const DatabaseForm& form);

/// What a job brings home for the dialog; nobody minds when the dialog is gone by then.
struct DatabaseErrand {
    std::shared_ptr<Progress> progress;
    bool done = false;
    Connection connection;
    std::optional<Error> error;
    std::vector<PgTable> tables;  ///< of listing
    std::size_t added = 0;        ///< of reading
};

struct DatabaseState {
    bool open = false;
    DatabaseForm form;
    std::shared_ptr<DatabaseErrand> listing;
    std::shared_ptr<DatabaseErrand> adding;
    std::set<std::string> picked;  ///< tables, as layer_name() calls them
    std::string search;
    std::string where;
    bool only_view = false;
    std::string password_again;  ///< typed into the question for another password
};

}  // namespace diaban::ui
