// Texts in the rows of the builder, chosen among those that there are.
#include <algorithm>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "query/language/write.h"
#include "ui/query/rows.h"

namespace diaban::ui {

using namespace query;

namespace {

/// What the chip of a text value reads: "“built”", "“built”, “repaired”".
std::string texts_shown(const std::vector<Sum>& values) {
    std::string shown;
    for (const Sum& value : values) {
        const auto* text = std::get_if<Text>(&value.is);
        const auto* number = std::get_if<Number>(&value.is);
        shown += (shown.empty() ? "" : ", ") + (text != nullptr     ? "“" + text->text + "”"
                                                : number != nullptr ? format_number(number->value)
                                                                    : to_text(value));
    }
    return shown.empty() ? tr("choose…") : shown;
}

bool has_value(const Clause& clause, const std::string& text) {
    return std::ranges::any_of(clause.values, [&](const Sum& value) {
        const auto* is = std::get_if<Text>(&value.is);
        return is != nullptr && is->text == text;
    });
}

/// In or out: one value is compared with, several are a list.
void toggle_value(Clause& clause, const std::string& text) {
    if (has_value(clause, text)) {
        if (clause.values.size() > 1) std::erase_if(clause.values, [&](const Sum& v) { return v == text_sum(text); });
    } else {
        // An empty text was nobody's choice.
        std::erase_if(clause.values, [](const Sum& v) { return v == text_sum(""); });
        clause.values.push_back(text_sum(text));
    }
    const bool negative = clause.verb == Verb::not_equal || clause.verb == Verb::none_of;
    if (clause.values.size() > 1) clause.verb = negative ? Verb::none_of : Verb::one_of;
    if (clause.values.size() == 1) clause.verb = negative ? Verb::not_equal : Verb::equal;
}

std::optional<Field> text_field(const Rows& rows, const Sum& subject) {
    const Sum* inner = &subject;
    if (const auto* plain = std::get_if<Plain>(&subject.is)) inner = &plain->of.front();
    const auto* column = std::get_if<ColumnName>(&inner->is);
    return column != nullptr ? rows.of->features->field(column->name) : std::nullopt;
}

/// A list of the values that there are, ticked or not; what is typed can be taken though it is not among them.
bool text_list(Rows& rows, Clause& clause) {
    std::string& search = rows.state.search;
    if (ImGui::IsWindowAppearing()) {
        search.clear();
        ImGui::SetKeyboardFocusHere();
    }
    search_field("search", tr("Search or type a value"), search, px(244));
    bool changed = false;
    const std::optional<Field> field = text_field(rows, clause.subject);
    static const ColumnFacts nothing;
    const ColumnFacts& facts = field ? column_facts(rows.state, *rows.of, *field) : nothing;
    const bool known = std::ranges::any_of(facts.values, [&](const auto& v) { return v.text == search; });
    if (!search.empty() && !known) {
        const std::string use = fmt::format(fmt::runtime(tr("Use “{}”")), search);
        if (ImGui::Selectable(use.c_str()) || ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter))) {
            clause.values = {text_sum(search)};
            clause.verb =
                clause.verb == Verb::not_equal || clause.verb == Verb::none_of ? Verb::not_equal : Verb::equal;
            ImGui::CloseCurrentPopup();
            return true;
        }
    }
    const std::size_t lines = std::clamp<std::size_t>(facts.values.size(), 1, 10);
    ImGui::BeginChild("##values", {px(244), ImGui::GetFrameHeightWithSpacing() * static_cast<float>(lines)});
    for (const ColumnFacts::Value& value : facts.values) {
        if (!search.empty() && !contains_folded(value.text, search)) continue;
        ImGui::PushID(value.text.c_str());
        bool on = has_value(clause, value.text);
        const std::string count = format_integer(int64_t{value.count});
        const float room = ImGui::GetContentRegionAvail().x - text_width(count, fonts().small) - px(34);
        if (checkbox((cut_to(value.text.empty() ? tr("(empty text)") : value.text, room) + "##value").c_str(), on)) {
            toggle_value(clause, value.text);
            changed = true;
        }
        ImGui::SameLine(ImGui::GetContentRegionMax().x - text_width(count, fonts().small) - px(4));
        text_in(fonts().small, palette().muted, count);
        ImGui::PopID();
    }
    if (facts.more_values) text_muted(tr("There are more: type the one that is meant."));
    ImGui::EndChild();
    return changed;
}

}  // namespace

bool text_chip(Rows& rows, Flow& flow, Clause& clause) {
    if (chip(flow, "texts", ChipKind::value, texts_shown(clause.values), tr("Which texts"))) ImGui::OpenPopup("texts");
    if (!begin_popup_at_item("texts")) return false;
    const bool changed = text_list(rows, clause);
    ImGui::EndPopup();
    return changed;
}

}  // namespace diaban::ui
