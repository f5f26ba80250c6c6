// A column of raw cells brought to Unicode, with what is to be said about it.
//
//     const EncodingGuess guess = told_encoding(cells, {.forced = options.encoding, .declared = "CP1258"});
//     RepairedText done = repair_column(cells, guess, place_of_the_column);      // cells are NFC now
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/encoding/detect.h"
#include "data/import_report.h"

namespace diaban {

/// What is said about a file's encoding beside its letters.
struct EncodingClaims {
    std::string forced;    ///< the user's choice, an encoding's id; empty: none
    std::string declared;  ///< the file's word for it, as iconv or GDAL write it ("CP1258", "UTF-8"); empty: none
};

/// The user's choice; else what the letters tell, where the declared encoding is believed when little speaks against
/// it. Cells in a declared encoding that is none of ours ("CP936") become UTF-8 when that makes better text of them.
[[nodiscard]] EncodingGuess told_encoding(std::vector<std::string>& cells, const EncodingClaims& claims);

struct RepairedText {
    std::string encoding;             ///< its id when the text was not plain Unicode; else empty
    std::vector<TextSample> samples;  ///< at most 5
    std::vector<Question> questions;  ///< when another reading is nearly as likely
    /// That text was repaired against, or without, what the file declares; that some could not be decoded.
    Diagnostics diagnostics;
};

/// Repairs every cell. `where` names the column in its `field`; rows are counted from 1.
[[nodiscard]] RepairedText repair_column(std::vector<std::string>& cells, const EncodingGuess& guess,
                                         const Place& where, const EncodingClaims& claims = {});

/// A header's cells in place, told from themselves and from the columns' verdicts.
void repair_headers(std::vector<std::string>& headers, std::span<const EncodingGuess> columns,
                    const EncodingClaims& claims = {});

}  // namespace diaban
