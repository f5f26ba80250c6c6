// A label's text in the forms that it may take: on one line, on two, a little smaller.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scene/typeset.h"

namespace diaban {

struct LabelForm {
    std::vector<std::string> lines;
    TextStyle style;
    double width = 0;  ///< of the widest line, with the halo
    double height = 0;
    double cost = 0;  ///< how much worse than the first form
};

/// The preferred form first.
[[nodiscard]] std::vector<LabelForm> label_forms(const std::string& text, const Labels& labels, double text_scale);

/// What no form of a text is smaller than, found without laying it out: most features of a map seen from afar have no
/// room for any label, and need not be measured to know it.
struct LeastForm {
    double width = 0;
    double height = 0;
    double area = 0;
};
[[nodiscard]] LeastForm least_form(std::string_view text, const Labels& labels, double text_scale);

/// The text cut at the blank that makes its two lines most alike; one line when there is none.
[[nodiscard]] std::vector<std::string> two_lines(const std::string& text, const TextStyle& style);

/// The form's lines, centred in a box of its size whose top left is `at`.
void add_label_items(const LabelForm& form, Pixel at, std::vector<PixelItem>& out);

}  // namespace diaban
