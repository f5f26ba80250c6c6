// Translated sentences with their values put in, and how a command ends that could not do what it was asked.
#pragma once

#include <fmt/format.h>

#include <ostream>
#include <string>

#include "base/error.h"

namespace diaban {

/// say(tr("{} of {} rows"), part, whole).
template <class... Arguments>
[[nodiscard]] std::string say(const char* translated, const Arguments&... arguments) {
    return fmt::format(fmt::runtime(translated), arguments...);
}

/// Says what is wrong, and returns the exit code of it.
[[nodiscard]] inline int refuse(const Error& error, std::ostream& err) {
    err << "diaban: " << to_text(error) << "\n";
    return exit_code(error.kind);
}

}  // namespace diaban
