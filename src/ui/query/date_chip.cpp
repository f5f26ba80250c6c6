// A date in the rows of the builder: typed as 2025-07-01, or picked from a month.
#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/query/rows.h"

namespace diaban::ui {

namespace {

namespace chrono = std::chrono;

std::optional<int> number_in(std::string_view text, std::size_t from, std::size_t length) {
    int value = 0;
    const char* begin = text.data() + from;
    const auto [end, error] = std::from_chars(begin, begin + length, value);
    return error == std::errc() && end == begin + length ? std::optional(value) : std::nullopt;
}

std::optional<chrono::year_month_day> day_of(int year, int month, int day) {
    if (month < 1 || day < 1) return std::nullopt;
    const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                      chrono::day(static_cast<unsigned>(day))};
    return date.ok() ? std::optional(date) : std::nullopt;
}

/// Three whole numbers with one kind of sign between them; nothing else may follow.
std::optional<std::array<int, 3>> three_numbers(std::string_view text, char sign) {
    const std::size_t first = text.find(sign);
    const std::size_t second = first == std::string_view::npos ? first : text.find(sign, first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto a = number_in(text, 0, first);
    const auto b = number_in(text, first + 1, second - first - 1);
    const auto c = number_in(text, second + 1, text.size() - second - 1);
    if (!a || !b || !c) return std::nullopt;
    return std::array{*a, *b, *c};
}

/// "2025-07-01" whatever follows it (a time), "2025-7-1", and as people write it here: "1/7/2025", "01.07.2025".
/// Nothing for what is no day.
std::optional<chrono::year_month_day> read_date(std::string_view text) {
    const bool iso = text.size() >= 10 && text[4] == '-' && text[7] == '-';
    if (iso) text = text.substr(0, 10);
    if (const auto ymd = three_numbers(text, '-'); ymd && (*ymd)[0] >= 1000)
        return day_of((*ymd)[0], (*ymd)[1], (*ymd)[2]);
    for (const char sign : {'/', '.', '-'})
        if (const auto dmy = three_numbers(text, sign); dmy && (*dmy)[2] >= 1000)
            return day_of((*dmy)[2], (*dmy)[1], (*dmy)[0]);
    return std::nullopt;
}

std::string written(const chrono::year_month_day& date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

/// The days of a month, a week a line; which one was clicked.
std::optional<chrono::day> month_of_days(const chrono::year_month& month, const chrono::year_month_day& chosen) {
    const chrono::weekday first(chrono::sys_days(month / chrono::day(1)));
    const unsigned last = static_cast<unsigned>((month / chrono::last).day());
    const unsigned before = first.iso_encoding() - 1;  // Monday comes first
    const float cell = px(28);
    std::optional<chrono::day> clicked;
    const float left = ImGui::GetCursorPosX();
    for (unsigned day = 1; day <= last; ++day) {
        const unsigned column = (before + day - 1) % 7;
        if (day == 1 || column > 0) {
            if (day > 1) ImGui::SameLine(0, 0);
            ImGui::SetCursorPosX(left + static_cast<float>(column) * cell);
        }
        const bool now = chosen == month / chrono::day(day);
        ImGui::PushStyleVar(ImGuiStyleVar_SelectableTextAlign, {0.5F, 0.5F});
        if (ImGui::Selectable((std::to_string(day) + "##day").c_str(), now, 0, {cell, ImGui::GetFrameHeight()}))
            clicked = chrono::day(day);
        ImGui::PopStyleVar();
    }
    return clicked;
}

/// True when a day was picked. The month that is looked at is kept where popups keep such things.
bool calendar(std::string& date) {
    const auto now =
        read_date(date).value_or(chrono::year_month_day(chrono::floor<chrono::days>(chrono::system_clock::now())));
    ImGuiStorage& storage = *ImGui::GetStateStorage();
    const ImGuiID key = ImGui::GetID("month");
    const int of_date = static_cast<int>(now.year()) * 12 + static_cast<int>(static_cast<unsigned>(now.month())) - 1;
    if (ImGui::IsWindowAppearing()) storage.SetInt(key, of_date);
    int month = storage.GetInt(key, of_date);
    const auto step = [&](const char* id, const char* picture, const char* tip, int by) {
        if (icon_button(id, picture, tip)) month += by;
    };
    step("year before", icon::chevron_left, tr("A year earlier"), -12);
    ImGui::SameLine(0, 0);
    step("month before", icon::chevron_left, tr("A month earlier"), -1);
    ImGui::SameLine(0, px(8));
    ImGui::AlignTextToFramePadding();
    ImGui::PushFont(fonts().medium);
    text(fmt::format("{:04}-{:02}", month / 12, month % 12 + 1));
    ImGui::PopFont();
    ImGui::SameLine(0, px(8));
    step("month after", icon::chevron_right, tr("A month later"), 1);
    ImGui::SameLine(0, 0);
    step("year after", icon::chevron_right, tr("A year later"), 12);
    storage.SetInt(key, month);
    const chrono::year_month shown{chrono::year(month / 12), chrono::month(static_cast<unsigned>(month % 12 + 1))};
    const auto day = month_of_days(shown, now);
    if (!day) return false;
    date = written(shown / *day);
    ImGui::CloseCurrentPopup();
    return true;
}

}  // namespace

bool date_chip(Rows& rows, Flow& flow, const char* id, std::string& date) {
    FindState& state = rows.state;
    ImGui::PushID(id);
    const float width = text_width("2025-07-01") + px(18);
    flow.place(width, beside_width(ChipKind::verb, icon::calendar));
    const ImGuiID own = ImGui::GetID("##typed");
    std::string typed = date;
    bool changed = text_entry(rows, "##typed", tr("2025-07-01"), typed, width);
    if (changed) {
        // What is no day is given back: the field shows the one that counts, and the row says why.
        const auto read = read_date(typed);
        changed = read.has_value();
        if (read) {
            date = written(*read);
            state.wrong_field = 0;
        } else {
            state.wrong_field = own;
            state.wrong_entry = fmt::format(fmt::runtime(tr("“{}” is no date: write it as 2025-07-01.")), typed);
        }
    }
    tooltip(tr("A date: year-month-day, or day/month/year"));
    if (chip(flow, "calendar", ChipKind::verb, icon::calendar, tr("Pick a day"))) ImGui::OpenPopup("calendar");
    if (begin_popup_at_item("calendar")) {
        changed |= calendar(date);
        ImGui::EndPopup();
    }
    if (state.wrong_field == own) rows.wrong_entry = state.wrong_entry;
    ImGui::PopID();
    return changed;
}

}  // namespace diaban::ui
