// Values in the rows of the builder: numbers, distances, texts.
#include <algorithm>
#include <cfloat>
#include <cmath>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "query/language/parse.h"
#include "query/language/words.h"
#include "query/language/write.h"
#include "ui/icons.h"
#include "ui/query/rows.h"

namespace diaban::ui {

using namespace query;

namespace {

/// As many decimals as the value has, up to six.
int decimals_of(double value) {
    for (int decimals = 0; decimals < 6; ++decimals) {
        const double scale = std::pow(10.0, decimals);
        if (std::abs(std::round(value * scale) - value * scale) < 1e-6 * std::max(1.0, std::abs(value * scale)))
            return decimals;
    }
    return 6;
}

/// To two digits that matter, so that a drag passes through 4.8, 4.9, 5, 5.1 and not through 4.8372.
double rounded(double value, int digits) {
    if (value == 0 || !std::isfinite(value)) return value;
    const double scale = std::pow(10.0, digits - 1 - std::floor(std::log10(std::abs(value))));
    return std::round(value * scale) / scale;
}

void set_metres(Distance& distance, double metres) {
    distance.value = distance.unit == LengthUnit::kilometre ? metres / 1000 : metres;
}

const char* unit_text(NumberUnit unit) {
    switch (unit) {
        case NumberUnit::none:
            return "";
        case NumberUnit::percent:
            return "%";
        case NumberUnit::metre:
            return "m";
        case NumberUnit::kilometre:
            return "km";
        case NumberUnit::square_metre:
            return "m²";
        case NumberUnit::hectare:
            return "ha";
        case NumberUnit::square_kilometre:
            return "km²";
    }
    return "";
}

std::vector<NumberUnit> units_for(ValueKind kind) {
    switch (kind) {
        case ValueKind::share:
        case ValueKind::number:
            return {NumberUnit::none, NumberUnit::percent};
        case ValueKind::length:
            return {NumberUnit::metre, NumberUnit::kilometre};
        case ValueKind::area:
            return {NumberUnit::square_metre, NumberUnit::hectare, NumberUnit::square_kilometre};
        default:
            return {NumberUnit::none};
    }
}

double in_base_unit(NumberUnit unit) {
    switch (unit) {
        case NumberUnit::percent:
            return 0.01;
        case NumberUnit::kilometre:
            return 1000;
        case NumberUnit::hectare:
            return 1e4;
        case NumberUnit::square_kilometre:
            return 1e6;
        default:
            return 1;
    }
}

/// The same size in the next unit that the kind is measured in.
void next_unit(Number& number, ValueKind kind) {
    const std::vector<NumberUnit> units = units_for(kind);
    const auto now = std::ranges::find(units, number.unit);
    const NumberUnit next = now == units.end() || now + 1 == units.end() ? units.front() : *(now + 1);
    number.value = rounded(number.value * in_base_unit(number.unit) / in_base_unit(next), 9);
    number.unit = next;
}

struct Range {
    double speed = 1, low = -1e12, high = 1e12;
    bool whole = false;
};

/// How a number is dragged: over a column's values in about 300 pixels, over everything else by its own size.
Range range_of(Rows& rows, const Clause& clause, const Number& number, ValueKind kind) {
    Range range;
    const auto* column = std::get_if<ColumnName>(&clause.subject.is);
    const std::optional<Field> field = column != nullptr ? rows.of->features->field(column->name) : std::nullopt;
    if (field) {
        const ColumnFacts& facts = column_facts(rows.state, *rows.of, *field);
        range.speed = std::max((facts.high - facts.low) / 300, 1e-6);
        range.whole = facts.whole && number.value == std::floor(number.value);
        if (range.whole) range.speed = std::max(range.speed, 0.1);
        return range;
    }
    if (kind != ValueKind::number) range.low = 0;
    const bool counted = std::holds_alternative<Aggregate>(clause.subject.is);
    range.whole = counted && std::get<Aggregate>(clause.subject.is).kind == AggregateKind::count;
    range.speed = std::max(std::abs(number.value) / 100, range.whole ? 0.1 : 0.02);
    if (range.whole) range.low = 0;
    return range;
}

bool number_value(Rows& rows, Flow& flow, const Clause& clause, Number& number) {
    const ValueKind kind = kind_of(clause.subject, *rows.of->features);
    const Range range = range_of(rows, clause, number, kind);
    const bool many = units_for(kind).size() > 1 && (kind != ValueKind::number || number.unit != NumberUnit::none);
    const char* shown = number.unit == NumberUnit::none ? tr("(ratio)") : unit_text(number.unit);
    bool changed = number_chip(rows, flow, "##number", number.value, range.speed, range.low, range.high,
                               kind == ValueKind::degrees ? "°"
                               : many                     ? ""
                                                          : unit_text(number.unit),
                               range.whole, many ? beside_width(ChipKind::verb, shown) : 0);
    if (!many) return changed;
    if (chip(flow, "unit", ChipKind::verb, shown, tr("Another unit"))) {
        next_unit(number, kind);
        changed = true;
    }
    return changed;
}

bool pattern_value(Rows& rows, Flow& flow, Clause& clause) {
    auto* text = std::get_if<Text>(&clause.values.front().is);
    if (text == nullptr) return formula_chip(rows, flow, "pattern", clause.values.front());
    const float width = std::clamp(text_width(text->text) + px(24), px(80), flow.line());
    flow.place(width);
    const bool changed = text_entry(rows, "##pattern", tr("text"), text->text, width);
    if (clause.verb == Verb::like || clause.verb == Verb::not_like) tooltip(tr("% stands for any letters, _ for one."));
    return changed;
}

bool boolean_value(Flow& flow, Clause& clause) {
    auto* number = std::get_if<Number>(&clause.values.front().is);
    if (number == nullptr) return false;
    if (!chip(flow, "boolean", ChipKind::value, number->value != 0 ? tr("yes") : tr("no"),
              tr("Click to turn it round")))
        return false;
    number->value = number->value != 0 ? 0 : 1;
    return true;
}

/// One value of a comparison, by what it is.
bool one_value(Rows& rows, Flow& flow, const Clause& clause, Sum& value, ValueKind kind) {
    if (auto* number = std::get_if<Number>(&value.is)) return number_value(rows, flow, clause, *number);
    if (auto* text = std::get_if<Text>(&value.is); text != nullptr && kind == ValueKind::date)
        return date_chip(rows, flow, "date", text->text);
    return formula_chip(rows, flow, "value", value);
}

}  // namespace

bool number_chip(Rows& rows, Flow& flow, const char* id, double& value, double speed, double low, double high,
                 const std::string& unit, bool whole, float beside) {
    const ImGuiID own = ImGui::GetID(id);
    const bool typing = rows.state.field == own;
    // As many decimals as it has; as many as the drag has steps while it is dragged.
    const int steps = rows.state.dragged == own ? std::min(decimals_for_step(speed * 2), 3) : 0;
    const int decimals = whole ? 0 : std::max(decimals_of(value), steps);
    const std::string shown = format_number(value, decimals) + unit;
    const float width = std::max(text_width(shown) + px(16), px(typing ? 72 : 30));
    flow.place(width, beside);
    ImGui::SetNextItemWidth(width);
    push_value_colours();
    ImGuiIO& io = ImGui::GetIO();
    const bool before = io.ConfigDragClickToInputText;
    io.ConfigDragClickToInputText = true;  // a click types, a drag drags
    double next = value;
    const bool moved = drag_number(id, next, speed, low, high, unit.c_str(), decimals);
    io.ConfigDragClickToInputText = before;
    ImGui::PopStyleColor(3);
    const bool active = ImGui::IsItemActive();
    if (active) {
        rows.state.dragged = own;
    } else if (rows.state.dragged == own) {
        rows.state.dragged = 0;
    }
    if (active && io.WantTextInput) {
        rows.state.field = own;
    } else if (typing) {
        rows.state.field = 0;
    }
    if (!active) tooltip(tr("Drag to change it, click to type it"));
    if (!moved) return false;
    value = next;
    if (active && !io.WantTextInput) rows.merge = std::string("drag/") + std::to_string(own);
    return true;
}

bool distance_chips(Rows& rows, Flow& flow, const char* id, Distance& distance, double low, double high) {
    ImGui::PushID(id);
    const double unit = distance.unit == LengthUnit::kilometre ? 1000 : 1;
    double value = distance.value;
    bool changed = false;
    const bool kilometres = distance.unit == LengthUnit::kilometre;
    const char* shown = kilometres ? "km" : "m";
    if (number_chip(rows, flow, "##number", value, std::max(std::abs(value) / 100, 1e-3), low / unit, high / unit, "",
                    false, beside_width(ChipKind::verb, shown))) {
        // A dragged number passes through round ones; a typed one stays as it is.
        distance.value = rows.merge.empty() ? value : rounded(value, 2);
        changed = true;
    }
    if (chip(flow, "unit", ChipKind::verb, shown, tr("Metres or kilometres"))) {
        const double metres = distance.metres().value();
        distance.unit = kilometres ? LengthUnit::metre : LengthUnit::kilometre;
        set_metres(distance, metres);
        changed = true;
    }
    ImGui::PopID();
    return changed;
}

bool distance_slider(Rows& rows, const char* id, Distance& distance, double low, double high) {
    double metres = std::clamp(distance.metres().value(), low, high);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(4), px(0)});
    ImGui::PushStyleVar(ImGuiStyleVar_GrabMinSize, px(14));
    ImGui::PushStyleVar(ImGuiStyleVar_GrabRounding, px(7));
    ImGui::SetNextItemWidth(-px(7));
    const bool moved =
        ImGui::SliderScalar(id, ImGuiDataType_Double, &metres, &low, &high, "",
                            ImGuiSliderFlags_Logarithmic | ImGuiSliderFlags_NoRoundToFormat | ImGuiSliderFlags_NoInput);
    ImGui::PopStyleVar(3);
    if (!ImGui::IsItemActive()) tooltip(fmt::format("{} – {}", format_length_metres(low), format_length_metres(high)));
    if (!moved) return false;
    const double next = rounded(metres, 2);
    if (next == distance.metres().value()) return false;
    set_metres(distance, next);
    rows.merge = std::string("drag/") + std::to_string(ImGui::GetID(id));
    return true;
}

bool text_entry(Rows& rows, const char* id, const char* hint, std::string& value, float width) {
    FindState& state = rows.state;
    const ImGuiID own = ImGui::GetID(id);
    std::string shown = state.field == own ? state.field_text : value;
    ImGui::SetNextItemWidth(width);
    push_value_colours();
    const bool entered = ImGui::InputTextWithHint(id, hint, &shown, ImGuiInputTextFlags_EnterReturnsTrue);
    ImGui::PopStyleColor(3);
    const bool left = ImGui::IsItemDeactivatedAfterEdit();
    if (ImGui::IsItemActive()) {
        state.field = own;
        state.field_text = shown;
    } else if (state.field == own) {
        state.field = 0;
    }
    if ((!entered && !left) || shown == value) return false;
    value = shown;
    return true;
}

bool formula_chip(Rows& rows, Flow& flow, const char* id, Sum& sum) {
    ImGui::PushID(id);
    const std::string now = to_text(sum);
    const LayerNames names = [&](const std::string& layer) { return layer_name(rows.state, layer); };
    if (chip(flow, "formula", ChipKind::value, in_words(sum, names), now)) {
        ImGui::OpenPopup("formula");
        rows.state.row_text = now;
        rows.state.row_error.reset();
    }
    bool changed = false;
    if (begin_popup_at_item("formula")) {
        if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
        ImGui::SetNextItemWidth(px(260));
        if (ImGui::InputText("##text", &rows.state.row_text)) {
            const auto parsed = parse_sum(rows.state.row_text);
            rows.state.row_error = parsed ? std::nullopt : std::optional(parsed.error());
            if (parsed && *parsed != sum) {
                sum = *parsed;
                rows.merge = "formula";
                changed = true;
            }
        }
        if (ImGui::IsItemFocused() && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter)) && !rows.state.row_error)
            ImGui::CloseCurrentPopup();
        if (rows.state.row_error) {
            ImGui::PushTextWrapPos(px(260));
            notice(palette().error, icon::alert_circle, to_text(*rows.state.row_error));
            ImGui::PopTextWrapPos();
        } else {
            text_in(fonts().small, palette().muted, tr("Columns, numbers, + − × ÷, count(…), distance(…)"));
        }
        ImGui::EndPopup();
    }
    ImGui::PopID();
    return changed;
}

bool value_chips(Rows& rows, Flow& flow, Clause& clause) {
    const ValueKind kind = kind_of(clause.subject, *rows.of->features);
    switch (clause.verb) {
        case Verb::null:
        case Verb::not_null:
            return false;
        case Verb::contains:
        case Verb::begins:
        case Verb::like:
        case Verb::not_like:
            return pattern_value(rows, flow, clause);
        case Verb::one_of:
        case Verb::none_of:
            if (kind == ValueKind::text) return text_chip(rows, flow, clause);
            break;
        default:
            break;
    }
    const bool text = std::holds_alternative<Text>(clause.values.front().is);
    if (kind == ValueKind::text && text && clause.values.size() == 1) return text_chip(rows, flow, clause);
    if (kind == ValueKind::boolean && std::holds_alternative<Number>(clause.values.front().is))
        return boolean_value(flow, clause);
    bool changed = false;
    for (std::size_t i = 0; i < clause.values.size(); ++i) {
        if (i > 0) word(flow, clause.verb == Verb::one_of || clause.verb == Verb::none_of ? tr("or") : tr("and"));
        ImGui::PushID(static_cast<int>(i));
        changed |= one_value(rows, flow, clause, clause.values[i], kind);
        ImGui::PopID();
    }
    return changed;
}

}  // namespace diaban::ui
