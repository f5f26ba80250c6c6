// The one translation call. Messages are English; gettext catalogues (domain "diaban") lie in translations/ of the
// program's data folder.
#pragma once

#include <string>

namespace diaban {

/// Binds the catalogue directory and sets the language from the environment (LANGUAGE, LC_MESSAGES, LANG).
/// Numeric locale stays "C": numbers go through base/format.h.
void set_up_translation();

/// The translation of a literal message, or the message itself.
[[nodiscard]] const char* tr(const char* message);

/// The plural form for n.
[[nodiscard]] const char* tr_n(const char* singular, const char* plural, long n);

}  // namespace diaban
