#include "base/i18n.h"

#include <libintl.h>

#include <clocale>

#include "base/file.h"

namespace diaban {

namespace {
constexpr const char* domain = "diaban";
}

void set_up_translation() {
    std::setlocale(LC_MESSAGES, "");
    std::setlocale(LC_CTYPE, "C.UTF-8");
    std::setlocale(LC_NUMERIC, "C");
    const auto catalogues = program_data_dir() / "translations";
    bindtextdomain(domain, catalogues.c_str());
    bind_textdomain_codeset(domain, "UTF-8");
}

const char* tr(const char* message) {
    return dgettext(domain, message);
}

const char* tr_n(const char* singular, const char* plural, long n) {
    return dngettext(domain, singular, plural, static_cast<unsigned long>(n < 0 ? -n : n));
}

}  // namespace diaban
