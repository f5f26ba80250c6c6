#include "ui/query/rows.h"

#include <algorithm>
#include <cfloat>
#include <utility>

#include "base/format.h"
#include "base/i18n.h"
#include "query/language/parse.h"
#include "query/language/write.h"
#include "ui/icons.h"

namespace diaban::ui {

using namespace query;

namespace {

/// What a row's menu or a group's button asks for: done when all is drawn, since it moves what is being drawn.
struct Wish {
    enum class Kind { none, replace, remove, duplicate, negate, join, rejoin, move };
    Kind kind = Kind::none;
    Path path;
    Joint joint = Joint::all_of;
    Condition condition = {};
    std::size_t to = 0;
    bool as_text = false;  ///< join: to be written as text first
};

struct Tree {
    Rows& rows;
    Wish wish = {};
    bool changed = false;
};

/// The counts of a group's part; null where the counts are of another condition.
const Hits* part_hits(const Hits* hits, std::size_t parts, std::size_t part) {
    return hits != nullptr && hits->parts.size() == parts ? &hits->parts[part] : nullptr;
}

std::string count_text(const Hits* hits) {
    return hits != nullptr ? format_integer(int64_t{hits->count}) : std::string();
}

void offer_starters(Tree& tree, const Path& path, Joint joint) {
    bool as_text = false;
    if (auto made = starter_list(tree.rows, as_text))
        tree.wish = {Wish::Kind::join, path, joint, std::move(*made), 0, as_text && tree.rows.outermost};
}

// ── what can be done with a row ──

void alternatives(Tree& tree, const Path& path, const char* title, Joint joint) {
    if (!ImGui::BeginMenu(title)) return;
    offer_starters(tree, path, joint);
    ImGui::EndMenu();
}

void row_menu(Tree& tree, const Condition& condition, const Path& path, std::size_t neighbours) {
    const auto item = [](const char* icon, const char* name, bool enabled = true) {
        return ImGui::MenuItem((std::string(icon) + "  " + name).c_str(), nullptr, false, enabled);
    };
    const bool negated = std::holds_alternative<Not>(condition.is);
    alternatives(tree, path, tr("Or…"), Joint::any_of);
    alternatives(tree, path, tr("And…"), Joint::all_of);
    ImGui::Separator();
    if (item(icon::minus, negated ? tr("No longer not") : tr("Not"))) tree.wish = {Wish::Kind::negate, path};
    if (item(icon::duplicate, tr("Duplicate"))) tree.wish = {Wish::Kind::duplicate, path};
    if (!path.empty() && neighbours > 1) {
        if (item(icon::arrow_up, tr("Move up"), path.back() > 0))
            tree.wish = {Wish::Kind::move, path, {}, {}, path.back() - 1};
        if (item(icon::arrow_down, tr("Move down"), path.back() + 1 < neighbours))
            tree.wish = {Wish::Kind::move, path, {}, {}, path.back() + 1};
    }
    if (tree.rows.outermost && item(icon::pencil, tr("Write it as text"))) {
        tree.rows.state.as_text = path;
        tree.rows.state.row_text = to_text(condition);
        tree.rows.state.row_error.reset();
    }
    ImGui::Separator();
    if (item(icon::remove, tr("Remove"))) tree.wish = {Wish::Kind::remove, path};
}

float edge_width(const std::string& count) {
    return (count.empty() ? 0 : text_width(count, fonts().small) + px(4)) + px(22);
}

/// The count and the menu at the right edge of a row's first line, at this height.
void row_edge(Tree& tree, const Condition& condition, const Path& path, std::size_t neighbours, const Hits* hits,
              float y) {
    const std::string count = count_text(hits);
    const float right = ImGui::GetContentRegionMax().x - px(6);
    if (!count.empty()) {
        ImGui::SetCursorPos({right - edge_width(count), y});
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = text_width(count, fonts().small);
        ImGui::InvisibleButton("##count", {width, ImGui::GetFrameHeight()});
        draw_text({at.x, at.y + (ImGui::GetFrameHeight() - fonts().small->FontSize) / 2}, palette().muted, count,
                  fonts().small);
        tooltip(tr("So many meet this condition alone"));
    }
    ImGui::SetCursorPos({right - px(20), y});
    if (icon_button("more", icon::more, tr("What can be done with this condition"))) ImGui::OpenPopup("row");
    if (begin_popup_at_item("row")) {
        row_menu(tree, condition, path, neighbours);
        ImGui::EndPopup();
    }
}

/// The row as text; the chips come back when it can be read and Enter is pressed or the field left.
void text_row(Tree& tree, const Condition& condition, const Path& path) {
    FindState& state = tree.rows.state;
    if (ImGui::IsWindowAppearing()) state.row_error.reset();
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - px(34));
    const bool entered = ImGui::InputText("##row_text", &state.row_text, ImGuiInputTextFlags_EnterReturnsTrue);
    const bool left = ImGui::IsItemDeactivated() && !entered;
    if (ImGui::IsItemEdited()) state.row_error.reset();
    if (entered) {
        auto parsed = parse_condition(state.row_text);
        if (parsed) {
            state.as_text.reset();
            if (*parsed != condition) tree.wish = {Wish::Kind::replace, path, {}, std::move(*parsed)};
        } else {
            state.row_error = parsed.error();
        }
    } else if (left && !state.row_error && state.row_text == to_text(condition)) {
        state.as_text.reset();
    }
    ImGui::SameLine(0, px(4));
    if (icon_button("chips", icon::close, tr("Back to chips, as it was"))) state.as_text.reset();
    if (state.as_text && state.row_error) notice(palette().error, icon::alert_circle, to_text(*state.row_error));
}

void row_body(Tree& tree, Condition& condition, const Path& path, Flow& flow) {
    Condition* inner = &condition;
    if (auto* inverted = std::get_if<Not>(&condition.is)) {
        if (chip(flow, "not", ChipKind::verb, tr("not"), tr("Click to take “not” away")))
            tree.wish = {Wish::Kind::negate, path};
        inner = &inverted->of.front();
    }
    tree.changed |= condition_chips(tree.rows, flow, *inner);
}

bool is_row(const Condition& condition) {
    if (const auto* inverted = std::get_if<Not>(&condition.is)) return parts_of(inverted->of.front()) == nullptr;
    return parts_of(condition) == nullptr;
}

/// A condition on a card; what is wrong with it below.
void row(Tree& tree, Condition& condition, const Path& path, std::size_t neighbours, const Hits* hits) {
    const Palette& p = palette();
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    Rows& rows = tree.rows;
    const bool wrong = rows.troubled && *rows.troubled == path;
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    draw.ChannelsSplit(2);
    draw.ChannelsSetCurrent(1);
    ImGui::SetCursorScreenPos({from.x, from.y + px(5)});
    ImGui::Indent(px(7));
    const float top = ImGui::GetCursorPosY();
    const Condition before = condition;
    rows.wrong_entry.clear();
    ImGui::BeginGroup();
    if (rows.outermost && rows.state.as_text && *rows.state.as_text == path) {
        text_row(tree, condition, path);
    } else {
        Flow flow(edge_width(count_text(hits)) + px(6), px(7));
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(4), px(4)});
        row_body(tree, condition, path, flow);
        ImGui::PopStyleVar();
    }
    ImGui::EndGroup();
    const float bottom = ImGui::GetItemRectMax().y;
    const ImVec2 after = ImGui::GetCursorPos();
    row_edge(tree, before, path, neighbours, hits, top);
    ImGui::SetCursorPos(after);
    ImGui::Unindent(px(7));
    draw.ChannelsSetCurrent(0);
    const ImVec2 high{from.x + width, bottom + px(5)};
    draw.AddRectFilled(from, high, to_u32(mix(p.panel, p.text, 0.035)), px(6));
    draw.AddRect(from, high, to_u32(wrong ? p.error : p.line), px(6));
    draw.ChannelsMerge();
    ImGui::SetCursorScreenPos({from.x, high.y});
    ImGui::Dummy({width, 0});
    if (wrong && rows.state.live.error()) notice(p.error, icon::alert_circle, to_text(*rows.state.live.error()));
    if (!rows.wrong_entry.empty()) notice(p.error, icon::alert_circle, rows.wrong_entry);
}

/// "and" or "or" between two parts; a click makes it the other one.
void joint_word(Tree& tree, Joint joint, const Path& group) {
    const bool all = joint == Joint::all_of;
    Flow flow(0);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(4), px(1)});
    if (chip(flow, "joint", ChipKind::verb, all ? tr("and") : tr("or"),
             all ? tr("All of them have to be met. Click for: one is enough.")
                 : tr("One of them is enough. Click for: all have to be met.")))
        tree.wish = {Wish::Kind::rejoin, group, all ? Joint::any_of : Joint::all_of};
    ImGui::PopStyleVar();
}

void part(Tree& tree, Condition& condition, Path path, std::size_t neighbours, const Hits* hits);

void group_parts(Tree& tree, Condition& group, const Path& path, const Hits* hits) {
    std::vector<Condition>& parts = *parts_of(group);
    const Joint joint = joint_of(group).value_or(Joint::all_of);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        if (i > 0) joint_word(tree, joint, path);
        Path inner = path;
        inner.push_back(i);
        part(tree, parts[i], std::move(inner), parts.size(), part_hits(hits, parts.size(), i));
        ImGui::PopID();
    }
}

void add_button(Tree& tree, const char* name, const Path& path, Joint joint) {
    if (ImGui::Button((std::string(icon::plus) + "  " + name).c_str())) ImGui::OpenPopup("starters");
    if (!begin_popup_at_item("starters", 260)) return;
    offer_starters(tree, path, joint);
    ImGui::EndPopup();
}

/// A group inside of the whole: a line at its left, its count and menu on a line above.
void group(Tree& tree, Condition& condition, const Path& path, std::size_t neighbours, const Hits* hits) {
    const Palette& p = palette();
    Condition* inner = &condition;
    const Hits* inner_hits = hits;
    Path inner_path = path;
    const bool negated = std::holds_alternative<Not>(condition.is);
    if (negated) {
        inner = &parts_of(condition)->front();
        inner_hits = part_hits(hits, 1, 0);
        inner_path.push_back(0);
    }
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::Indent(px(10));
    const float top = ImGui::GetCursorPosY();
    const bool any = joint_of(*inner) == Joint::any_of;
    ImGui::AlignTextToFramePadding();
    text_in(fonts().small, p.muted,
            negated ? (any ? tr("None of these") : tr("Not all of these"))
            : any   ? tr("One of these")
                    : tr("All of these"));
    const ImVec2 after = ImGui::GetCursorPos();
    const Condition before = condition;
    row_edge(tree, before, path, neighbours, hits, top);
    ImGui::SetCursorPos(after);
    group_parts(tree, *inner, inner_path, inner_hits);
    if (const auto* parts = parts_of(*inner); parts != nullptr && !parts->empty()) {
        inner_path.push_back(parts->size() - 1);
        ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(6), px(2)});
        add_button(tree, any ? tr("or") : tr("and"), inner_path, any ? Joint::any_of : Joint::all_of);
        ImGui::PopStyleVar();
    }
    ImGui::Unindent(px(10));
    const float bottom = ImGui::GetCursorScreenPos().y - ImGui::GetStyle().ItemSpacing.y;
    ImGui::GetWindowDrawList()->AddRectFilled({from.x, from.y}, {from.x + px(2), bottom}, to_u32(p.accent, 0.6F),
                                              px(1));
}

void part(Tree& tree, Condition& condition, Path path, std::size_t neighbours, const Hits* hits) {
    if (is_row(condition)) {
        row(tree, condition, path, neighbours, hits);
    } else {
        group(tree, condition, path, neighbours, hits);
    }
}

/// The wish carried out on the whole.
Condition granted(Condition whole, Wish wish) {
    switch (wish.kind) {
        case Wish::Kind::none:
            return whole;
        case Wish::Kind::replace:
            return replaced(std::move(whole), wish.path, std::move(wish.condition));
        case Wish::Kind::remove:
            return removed(std::move(whole), wish.path);
        case Wish::Kind::duplicate:
            return duplicated(std::move(whole), wish.path);
        case Wish::Kind::negate:
            return negated(std::move(whole), wish.path);
        case Wish::Kind::join:
            if (whole.keeps_all()) return std::move(wish.condition);
            return joined(std::move(whole), wish.path, wish.joint, std::move(wish.condition));
        case Wish::Kind::rejoin:
            return rejoined(std::move(whole), wish.path, wish.joint);
        case Wish::Kind::move:
            return moved(std::move(whole), wish.path, wish.to);
    }
    return whole;
}

/// Where a part comes to stand that is joined to the one at `path`.
Path joined_path(const Condition& whole, Path path, Joint joint) {
    if (whole.keeps_all()) return {};
    const Condition* parent = path.empty() ? nullptr : part_at(whole, Path(path.begin(), path.end() - 1));
    if (parent != nullptr && joint_of(*parent) == joint) {
        ++path.back();
    } else {
        path.push_back(1);
    }
    return path;
}

/// Where "+ Condition" adds to: behind the last part of the outermost group, joined as that is.
std::pair<Path, Joint> end_of(const Condition& whole) {
    const std::optional<Joint> joint = joint_of(whole);
    if (!joint) return {{}, Joint::all_of};
    return {{parts_of(whole)->size() - 1}, *joint};
}

}  // namespace

bool condition_rows(Rows& rows, Condition& whole, const Hits* hits) {
    Tree tree{rows};
    ImGui::PushID("conditions");
    if (joint_of(whole)) {
        group_parts(tree, whole, {}, hits);
    } else if (!whole.keeps_all()) {
        part(tree, whole, {}, 1, hits);
    }
    const auto [end, joint] = end_of(whole);
    gap(6);
    add_button(tree, tr("Condition"), end, joint);
    tooltip(tr("Add a condition to the sentence"));
    ImGui::PopID();
    if (tree.wish.kind == Wish::Kind::none) return tree.changed;
    FindState& state = rows.state;
    if (tree.wish.kind != Wish::Kind::replace) state.as_text.reset();
    if (tree.wish.as_text) {
        state.as_text = joined_path(whole, tree.wish.path, tree.wish.joint);
        state.row_text = to_text(tree.wish.condition);
        state.row_error.reset();
    }
    rows.merge.clear();
    whole = granted(std::move(whole), std::move(tree.wish));
    return true;
}

std::optional<Condition> starter_list(Rows& rows, bool& as_text) {
    struct Entry {
        Starter starter;
        const char* name;
        const char* hint;
        const char* group;
    };
    std::vector<Entry> entries{
        {Starter::attribute, tr("Attribute"), tr("a column"), tr("What it is")},
        {Starter::rate, tr("Rate"), tr("one column ÷ another"), tr("What it is")},
        {Starter::period, tr("Period"), tr("from a day to a day"), tr("What it is")},
        {Starter::nearby, tr("Number nearby"), tr("count, sum, density"), tr("What is around it")},
        {Starter::distance, tr("Distance"), tr("to the nearest"), tr("What is around it")},
        {Starter::nearest, tr("Among the nearest"), tr("so many to each"), tr("What is around it")},
        {Starter::place, tr("Place"), tr("within, touches…"), tr("What is around it")},
        {Starter::border_area, tr("Border area"), tr("runs along the line"), tr("The border")},
        {Starter::border_belt, tr("Border belt"), tr("100–1,000 m deep"), tr("The border")},
        {Starter::drawn, tr("Drawn shape"), tr("on the map"), tr("Where it is")},
    };
    const Ground ground = ground_of(rows.ui, rows.state, *rows.of);
    // Where nothing has a date a period would only be in the way.
    if (!hindrance(Starter::period, ground).empty())
        std::erase_if(entries, [](const Entry& entry) { return entry.starter == Starter::period; });
    const auto options = [&] {
        std::vector<Option> list;
        for (const Entry& entry : entries)
            list.push_back({entry.name, entry.hint, entry.group, hindrance(entry.starter, ground)});
        if (rows.outermost) list.push_back({tr("Text form"), tr("written out"), tr("By hand"), {}});
        return list;
    };
    const auto chosen = option_list("starters", options, entries.size() + 1, rows.state.search);
    if (!chosen) return std::nullopt;
    as_text = *chosen == entries.size();
    if (as_text) return started(Starter::attribute, ground);
    Condition made = started(entries[*chosen].starter, ground);
    if (entries[*chosen].starter == Starter::drawn && rows.ui.panels.measure.drawn)
        made.is = InDrawn{*rows.ui.panels.measure.drawn};
    return made;
}

}  // namespace diaban::ui
