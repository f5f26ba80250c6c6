// How likely a reading of some bytes is as text: what tells TCVN3 from VNI from plain French.
//
//     surprise("Bình Liêu") < surprise("B×nh Liªu")
#pragma once

#include <string_view>

namespace diaban {

/// −ln of the likelihood of UTF-8 text, roughly, as Vietnamese with a foreign word here and there or as text in another
/// language, whichever makes it likelier. The weights are frequencies of onsets, rhymes and tones in Vietnamese place
/// names, rounded and levelled towards ordinary text, and of letters in European languages; signs inside words,
/// capitals behind small letters, control characters and U+FFFD are what wrong readings are made of, and cost most.
[[nodiscard]] double surprise(std::string_view text);

/// The same for text that has to be Vietnamese, as what comes from an encoding that was made for it: words with marks
/// that are no syllables speak against it.
[[nodiscard]] double surprise_in_vietnamese(std::string_view text);

/// −ln of the likelihood of a word as one Vietnamese syllable (NFC); negative when it is none. Tone marks may stand
/// where either convention puts them.
[[nodiscard]] double syllable_surprise(std::u32string_view word);

}  // namespace diaban
