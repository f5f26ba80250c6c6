#include "base/error.h"

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"

namespace diaban {

tl::unexpected<Error> fail(ErrorKind kind, std::string what, Place where, std::string remedy) {
    return tl::unexpected(Error{kind, std::move(what), std::move(where), std::move(remedy)});
}

std::string to_text(const Place& where) {
    std::string text = where.file;
    const auto add = [&text](std::string part) {
        if (!text.empty()) text += ", ";
        text += part;
    };
    if (!where.layer.empty()) add(fmt::format(fmt::runtime(tr("layer {}")), where.layer));
    if (!where.field.empty()) add(fmt::format(fmt::runtime(tr("field {}")), where.field));
    if (where.row) add(fmt::format(fmt::runtime(tr("row {}")), format_integer(*where.row)));
    return text;
}

std::string to_text(const Error& error) {
    std::string text = to_text(error.where);
    if (!text.empty()) text += ": ";
    text += error.what;
    if (!ends_sentence(text)) text += ".";
    if (!error.remedy.empty()) text += " " + error.remedy;
    return text;
}

int exit_code(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::wrong_usage:
            return 2;
        case ErrorKind::bad_input:
            return 3;
        case ErrorKind::failure:
            return 4;
        case ErrorKind::cancelled:
            return 4;
    }
    return 4;
}

}  // namespace diaban
