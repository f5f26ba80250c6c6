// The ranked list as a file that a spreadsheet opens.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "plan/rank.h"

namespace diaban::ui {

/// CSV with the header rank,name,score,incomplete and, for each criterion, its value (numerator and denominator too
/// where it is a ratio, and which part of it is assumed where any of them is). Numbers in full, with a point; empty
/// where there is none. UTF-8 with a byte order mark, without which spreadsheets garble Vietnamese names. A `note` that
/// is not empty (that the data are invented, say) stands in a last column on every row, so that no row travels without
/// it.
[[nodiscard]] std::string ranking_csv(const Features& features, const std::vector<Criterion>& criteria,
                                      const std::vector<Ranked>& ranked, std::size_t time,
                                      const std::function<std::string(uint32_t)>& name, const std::string& note = {});

}  // namespace diaban::ui
