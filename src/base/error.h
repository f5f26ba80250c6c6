// What can go wrong because of the world outside: a user's file, a path, an argument.
//
//     Expected<Dataset> read(...);                       // a value, or an Error that says what, where and what to do
//     return fail(ErrorKind::bad_input, "…", {.file = path}, "…");
//
// A broken invariant of ours is no Error: it is an exception, or DIABAN_CHECK, which stays on in release builds.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <tl/expected.hpp>

namespace diaban {

/// Where in the user's data something is. Every part may be empty; `row` counts from 1, as a person would.
struct Place {
    std::string file;
    std::string layer;
    std::string field;
    std::optional<int64_t> row;

    bool operator==(const Place&) const = default;
};

enum class ErrorKind {
    wrong_usage,  ///< the command line or a call was off: exit code 2
    bad_input,    ///< a file or its content: exit code 3
    failure,      ///< ours, or the machine's: exit code 4
    cancelled,    ///< the user asked for it; never shown as an error
};

struct Error {
    ErrorKind kind = ErrorKind::failure;
    std::string what;  ///< one translated sentence, without a full stop
    Place where;
    std::string remedy;  ///< what the user can do about it; one sentence, may be empty

    bool operator==(const Error&) const = default;
};

template <class T>
using Expected = tl::expected<T, Error>;

/// An Expected<T> of any T that holds this error.
[[nodiscard]] tl::unexpected<Error> fail(ErrorKind kind, std::string what, Place where = {}, std::string remedy = {});

/// "communes.gpkg, layer communes, field code, row 3"; empty when nothing is known.
[[nodiscard]] std::string to_text(const Place& where);

/// "communes.gpkg, layer communes: the layer has no features. Choose another layer." — what, where and what to do.
[[nodiscard]] std::string to_text(const Error& error);

/// The process exit code of the command line for an error of this kind: 2, 3 or 4.
[[nodiscard]] int exit_code(ErrorKind kind);

/// Throws std::logic_error with the expression and its place when `condition` is false, in every build.
#define DIABAN_CHECK(condition) \
    ((condition) ? void() : throw std::logic_error(std::string(__FILE__) + ": broken invariant: " #condition))

}  // namespace diaban
