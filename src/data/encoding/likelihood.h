// How likely a reading of some bytes is as text: what tells TCVN3 from VNI from plain French.
//
//     surprise("Bình Liêu") < surprise("B×nh Liªu")
#pragma once

#include <string_view>

namespace diaban {

/// −ln of the likelihood of UTF-8 text, roughly: each word is taken as a Vietnamese syllable or as a word of another
/// language, whichever makes it likelier. The weights are frequencies of onsets, rhymes and tones in Vietnamese place
/// names, rounded and levelled towards ordinary text, and of letters in European languages; signs inside words,
/// capitals behind small letters, control characters and U+FFFD are what wrong readings are made of, and cost most.
[[nodiscard]] double surprise(std::string_view text);

/// −ln of the likelihood of a word as one Vietnamese syllable (NFC); negative when it is none. Tone marks may stand
/// where either convention puts them.
[[nodiscard]] double syllable_surprise(std::u32string_view word);

}  // namespace diaban
