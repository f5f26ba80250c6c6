// Which encoding the text of one column is in, told from the letters themselves: the reading whose words look most like
// Vietnamese syllables, or like other text, wins. Files' own claims are not asked.
//
//     const EncodingGuess guess = detect_encoding(cells);       // raw cells of one column: bytes, or UTF-8
//     for (std::string& cell : cells) cell = repair_text(cell, guess);
//
// Text that is Unicode already stays as it is, also when only some cells of the column are.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/encoding/encoding.h"
#include "data/import_report.h"

namespace diaban {

struct EncodingGuess {
    Encoding encoding = Encoding::utf8;
    /// The legacy bytes were taken for windows-1252 somewhere on the way and stored as Unicode: "B×nh Liªu" in UTF-8.
    bool via_latin1 = false;
    double confidence = 1;  ///< 0 to 1
    /// Another reading is nearly as likely: worth asking. `runner_up` is that one; utf-8 means leaving the text alone.
    bool ambiguous = false;
    std::optional<Encoding> runner_up;
    double share = 1;     ///< about which part of the cells with such letters is in the encoding; others are Unicode
    bool forced = false;  ///< the user's choice, not a guess
    std::vector<TextSample> samples;  ///< of what changes; at most 5

    /// Whether the text is anything but plain Unicode.
    [[nodiscard]] bool repairs() const { return encoding != Encoding::utf8 || via_latin1; }
};

/// For one column's raw cells. Without any byte beyond ASCII: utf8, certainly. `prior`, such as the verdict on the
/// columns for their headers, decides where the cells themselves say little.
[[nodiscard]] EncodingGuess detect_encoding(std::span<const std::string> cells, const EncodingGuess* prior = nullptr);

/// The user's choice for a column, an encoding's id: cells that cannot be in it stay Unicode. Nothing for an unknown
/// id.
[[nodiscard]] std::optional<EncodingGuess> forced_encoding(std::string_view id, std::span<const std::string> cells);

/// One cell as NFC text. Malformed bytes become U+FFFD.
[[nodiscard]] std::string repair_text(std::string_view cell, const EncodingGuess& guess);

/// A translated sentence that puts an ambiguous guess to the user, with samples of both readings.
[[nodiscard]] std::string question_text(const EncodingGuess& guess, std::string_view column,
                                        std::span<const std::string> cells);

// ── whole files ──

struct FileEncoding {
    /// Nothing: 8-bit, to be told column by column.
    std::optional<Encoding> encoding;
    std::size_t bom = 0;  ///< bytes of the byte order mark
};

/// UTF-8 or UTF-16 by byte order mark, UTF-16 without one by where its zero bytes are, UTF-8 by being well-formed.
[[nodiscard]] FileEncoding detect_file_encoding(std::string_view bytes);

/// UTF-16 becomes UTF-8, byte order marks go; everything else is left as it is.
[[nodiscard]] std::string to_utf8_file(std::string_view bytes);

}  // namespace diaban
