// A member of a zip file as XML, element by element (expat), read through GDAL's file system.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/progress.h"

namespace diaban {

/// The attributes of an element while it is being opened.
class Attributes {
public:
    explicit Attributes(const char** pairs) : pairs_(pairs) {}
    /// Its value; null when there is none. The name with its prefix, as the file writes it.
    [[nodiscard]] const char* find(std::string_view name) const;
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] int64_t integer(std::string_view name, int64_t otherwise) const;

private:
    const char** pairs_;
};

struct XmlHandlers {
    std::function<void(std::string_view element, const Attributes& attributes)> open;
    std::function<void(std::string_view element)> close;
    std::function<void(std::string_view characters)> text;
};

/// What came out of a zip file so far, all its members together.
struct Unpacked {
    int64_t bytes = 0;
};

[[nodiscard]] bool has_member(const std::string& zip, const std::string& member);

/// Element names come without their prefix ("row" for "x:row"). False: there is no such member. Errors: the member
/// breaks off or is no XML, or the file unpacks to so much more than it is that it can only be meant to do harm
/// (bad_input, with `where`); cancelled.
[[nodiscard]] Expected<bool> parse_zipped_xml(const std::string& zip, const std::string& member,
                                              const XmlHandlers& handlers, const Place& where, Unpacked& unpacked,
                                              Progress& progress);

}  // namespace diaban
