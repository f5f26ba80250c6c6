// The style panel's first section: what areas and markers are filled with.
#include <algorithm>
#include <cfloat>
#include <set>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/charts.h"
#include "ui/icons.h"
#include "ui/panels/style_parts.h"

namespace diaban::ui {

namespace {

std::size_t distinct_values(const Field& field, uint32_t count, std::size_t limit) {
    std::set<std::string> seen;
    for (uint32_t f = 0; f < count && seen.size() <= limit; ++f)
        seen.insert(field.text(f, 0));
    return seen.size();
}

/// The field that tells a few kinds apart, or any.
std::string likely_category(const Features& features) {
    std::string any;
    for (const Field& field : features.fields()) {
        const ColumnType type = field.column().type();
        if (type == ColumnType::real || field.has_times()) continue;
        const std::size_t kinds = distinct_values(field, features.count(), 12);
        if (kinds >= 2 && kinds <= 12) return field.name();
        if (any.empty()) any = field.name();
    }
    return any;
}

std::string likely_number(const Features& features) {
    for (const Field& field : features.fields())
        if (field.column().numeric()) return field.name();
    return {};
}

Fill fill_of_kind(int kind, const Style& style, const Features& features) {
    switch (kind) {
        case 1:
            return SingleFill{};
        case 2:
            return CategorisedFill{.field = likely_category(features), .ramp = "Set2", .colours = {}};
        case 3: {
            GraduatedFill fill;
            fill.measure = style.circles ? style.circles->measure : Measure{.numerator = likely_number(features)};
            return fill;
        }
        default:
            return std::monostate{};
    }
}

/// Colour, words and how many, on one line.
void class_line(Rgba colour, std::string_view label, int64_t count) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float side = ImGui::GetTextLineHeight();
    ImGui::Dummy({px(20), side});
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled({at.x, at.y + px(2)}, {at.x + px(20), at.y + side - px(2)}, to_u32(colour), px(3));
    draw.AddRect({at.x, at.y + px(2)}, {at.x + px(20), at.y + side - px(2)}, to_u32(palette().text, 0.18F), px(3));
    ImGui::SameLine(0, px(8));
    const std::string number = format_integer(count);
    const float end = ImGui::GetContentRegionMax().x;
    text_cut(label, end - ImGui::GetCursorPosX() - px(48));
    ImGui::SameLine(end - text_width(number), 0);
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text(number);
    ImGui::PopStyleColor();
}

int64_t count_of(const LayerResult& result, int in_class) {
    return std::ranges::count(result.class_of, in_class);
}

void no_data_line(const LayerResult& result, Style& style, StyleEdit& edit) {
    property(tr("No data"));
    edit.note(colour_button("no data", style.no_data, tr("Colour of features without a value")),
              tr("Change no-data colour"), "no_data");
    ImGui::SameLine(0, px(8));
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, format_integer(int64_t{result.no_data_count}));
}

void manual_bounds(GraduatedFill& fill, StyleEdit& edit) {
    for (std::size_t i = 0; i < fill.manual_bounds.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        property(std::string(tr("Break")) + " " + format_integer(static_cast<int64_t>(i) + 1));
        ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - ImGui::GetFrameHeight() - px(4));
        double value = fill.manual_bounds[i];
        // Applied when the field is left: half a number would reorder the breaks under the cursor.
        const bool entered = ImGui::InputDouble("##bound", &value, 0, 0, "%.6g", ImGuiInputTextFlags_EnterReturnsTrue);
        if (entered || ImGui::IsItemDeactivatedAfterEdit()) {
            fill.manual_bounds[i] = value;
            std::ranges::sort(fill.manual_bounds);
            edit.note(true, tr("Change class breaks"), "bounds");
        }
        ImGui::SameLine(0, px(4));
        if (icon_button("remove", icon::close, tr("Remove this break"), fill.manual_bounds.size() > 1)) {
            fill.manual_bounds.erase(fill.manual_bounds.begin() + static_cast<std::ptrdiff_t>(i));
            edit.note(true, tr("Remove class break"), "");
        }
        ImGui::PopID();
    }
    property("");
    if (button(tr("Add break"), fill.manual_bounds.size() < 11, -FLT_MIN)) {
        const double step = fill.manual_bounds.size() > 1 ? fill.manual_bounds.back() - fill.manual_bounds.front() : 1;
        const double last = fill.manual_bounds.empty() ? 0 : fill.manual_bounds.back();
        fill.manual_bounds.push_back(last + (step > 0 ? step / 2 : 1));
        edit.note(true, tr("Add class break"), "");
    }
}

void method_rows(const LayerResult& result, GraduatedFill& fill, StyleEdit& edit) {
    static constexpr ClassMethod methods[] = {ClassMethod::quantile,           ClassMethod::equal_interval,
                                              ClassMethod::natural_breaks,     ClassMethod::pretty,
                                              ClassMethod::standard_deviation, ClassMethod::manual};
    std::vector<std::string> names;
    for (const ClassMethod method : methods)
        names.push_back(to_text(method));
    auto now = static_cast<int>(std::ranges::find(methods, fill.method) - std::begin(methods));
    property(tr("Method"));
    if (choice("##method", names, now)) {
        fill.method = methods[now];
        // Breaks set by hand begin where the last method left them.
        const auto& bounds = result.classes.bounds;
        if (fill.method == ClassMethod::manual && fill.manual_bounds.empty() && bounds.size() > 2)
            fill.manual_bounds.assign(bounds.begin() + 1, bounds.end() - 1);
        edit.note(true, tr("Change class method"), "method");
    }
    if (fill.method == ClassMethod::manual) return manual_bounds(fill, edit);
    property(tr("Classes"));
    edit.note(integer_stepper("classes", fill.classes, 2, 9), tr("Change class count"), "classes");
}

void graduated_rows(const LayerResult& result, Style& style, GraduatedFill& fill, StyleEdit& edit) {
    const Features& features = *result.features;
    edit.note(measure_rows(features, fill.measure), tr("Change mapped value"), "measure");
    method_rows(result, fill, edit);
    property(tr("Colours"));
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - ImGui::GetFrameHeight() - px(4));
    const int classes = std::max(result.classes.count(), 3);
    edit.note(ramp_picker("ramp", fill.ramp, {RampKind::sequential, RampKind::diverging}, classes, fill.reversed),
              tr("Change colours"), "ramp");
    ImGui::SameLine(0, px(4));
    if (icon_button("reverse", icon::invert_colors, tr("Reverse the colours"), true, fill.reversed)) {
        fill.reversed = !fill.reversed;
        edit.note(true, tr("Reverse colours"), "");
    }
    gap(8);
    if (const auto values = MeasureValues::bind(features, fill.measure)) {
        const auto all = values->all_values(features.count(), features.times().size());
        histogram(all, result.classes, result.class_colours, 56);
        if (features.times().size() > 1)
            text_in(fonts().small, palette().muted, tr("Values of all years; the classes are the same for each."));
    }
    gap(8);
    const auto labels = class_labels(result.classes);
    for (std::size_t i = labels.size(); i-- > 0;) {
        const Rgba colour = i < result.class_colours.size() ? result.class_colours[i] : style.no_data;
        class_line(colour, labels[i], count_of(result, static_cast<int>(i)));
    }
    no_data_line(result, style, edit);
}

void categorised_rows(const LayerResult& result, Style& style, CategorisedFill& fill, StyleEdit& edit) {
    property(tr("Field"));
    if (field_choice("##field", *result.features, FieldsOf::all, fill.field)) {
        fill.colours.clear();
        edit.note(true, tr("Change category field"), "field");
    }
    property(tr("Colours"));
    if (ramp_picker("ramp", fill.ramp, {RampKind::categorical, RampKind::sequential}, 6, false)) {
        fill.colours.clear();
        edit.note(true, tr("Change colours"), "ramp");
    }
    gap(4);
    constexpr std::size_t most = 40;
    for (std::size_t i = 0; i < std::min(result.categories.size(), most); ++i) {
        const std::string& category = result.categories[i];
        Rgba colour = i < result.category_colours.size() ? result.category_colours[i] : style.no_data;
        ImGui::PushID(static_cast<int>(i));
        if (colour_button("category", colour, tr("Change this colour"))) {
            fill.colours[category] = colour;
            edit.note(true, tr("Change category colour"), ("category " + category).c_str());
        }
        ImGui::SameLine(0, px(8));
        ImGui::AlignTextToFramePadding();
        const std::string number = format_integer(count_of(result, static_cast<int>(i)));
        const float end = ImGui::GetContentRegionMax().x;
        text_cut(category.empty() ? tr("(empty)") : category, end - ImGui::GetCursorPosX() - px(48));
        ImGui::SameLine(end - text_width(number), 0);
        text_in(fonts().regular, palette().muted, number);
        ImGui::PopID();
    }
    if (result.categories.size() > most)
        text_muted(std::string(tr("and more:")) + " " +
                   format_integer(static_cast<int64_t>(result.categories.size() - most)));
    no_data_line(result, style, edit);
}

}  // namespace

void fill_section(const LayerResult& result, Style& style, StyleEdit& edit) {
    const bool points = result.features->base().geometry.kind() == GeometryKind::point;
    if (!begin_section(points ? tr("Colour") : tr("Fill"))) return;
    ImGui::PushID("fill");
    const std::string kinds[] = {tr("None"), tr("Single"), tr("Category"), tr("Classes")};
    auto kind = static_cast<int>(style.fill.index());
    if (segmented("kind", kinds, kind)) {
        style.fill = fill_of_kind(kind, style, *result.features);
        edit.note(true, tr("Change fill"), "");
    }
    gap(4);
    if (auto* single = std::get_if<SingleFill>(&style.fill)) {
        property(tr("Colour"));
        edit.note(colour_button("single", single->colour, tr("Fill colour"), true), tr("Change fill colour"), "fill");
    } else if (auto* categorised = std::get_if<CategorisedFill>(&style.fill)) {
        categorised_rows(result, style, *categorised, edit);
    } else if (auto* graduated = std::get_if<GraduatedFill>(&style.fill)) {
        graduated_rows(result, style, *graduated, edit);
    }
    ImGui::PopID();
}

}  // namespace diaban::ui
