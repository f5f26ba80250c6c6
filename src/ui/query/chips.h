// What sentences are made of in the builder: words and chips that flow over the lines of a narrow panel, and the lists
// that chips open.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/widgets.h"

namespace diaban::ui {

/// Puts items side by side, into a new line where one does not fit. The first line ends earlier: its end is for what
/// stands at the row's right edge.
class Flow {
public:
    /// `margin`: left free at the right of every line.
    explicit Flow(float reserved_at_the_first, float margin = 0);
    /// Before an item of this width (ImGui units) is drawn. `beside`: of what comes right after it, on the same line.
    void place(float width, float beside = 0);
    /// The widest that the next item can be.
    [[nodiscard]] float line() const { return full_ - (empty_ ? reserved_ : 0); }

private:
    float left_, end_, full_, reserved_;
    float pen_ = 0, line_y_ = 0;
    bool empty_ = true, first_ = true;
};

/// What is named (a column, a layer), what is said of it, and with which value: told apart by colour.
enum class ChipKind { name, verb, value };

void word(Flow& flow, std::string_view text);
bool chip(Flow& flow, const char* id, ChipKind kind, std::string_view shown, std::string_view tip);
/// How much of a line a chip takes behind what it belongs to: a unit behind its number.
[[nodiscard]] float beside_width(ChipKind kind, std::string_view shown);
/// The colours of a chip's field, for widgets of ImGui that take its place (PopStyleColor(3)).
void push_value_colours();

/// ImGui::BeginPopup, below the last item (above it low on the screen), inside of the window. `width`: how wide it will
/// be at most, in logical pixels; once it is open its own width counts.
bool begin_popup_at_item(const char* id, float width = 330);

struct Option {
    std::string label;
    std::string hint;     ///< at the right, muted
    std::string group;    ///< a small heading above the first one of each
    std::string why_not;  ///< not to be chosen, and why
};
/// A searchable list in a popup that is open; which one was chosen. `search` is what is typed. Options are made while
/// it is open only. `current`: marked; none of them where it is beyond their end.
std::optional<std::size_t> option_list(const char* id, const std::function<std::vector<Option>()>& options,
                                       std::size_t current, std::string& search);
/// A chip that opens such a list.
std::optional<std::size_t> choice_chip(Flow& flow, const char* id, ChipKind kind, std::string_view shown,
                                       std::string_view tip, const std::function<std::vector<Option>()>& options,
                                       std::string_view current, std::string& search);

}  // namespace diaban::ui
