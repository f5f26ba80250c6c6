#include "ui/import_state.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"

namespace diaban::ui {

ImportItem* ImportState::find(uint64_t id) {
    const auto it = std::ranges::find(items, id, &ImportItem::id);
    return it == items.end() ? nullptr : &*it;
}

const ImportItem* ImportState::find(uint64_t id) const {
    const auto it = std::ranges::find(items, id, &ImportItem::id);
    return it == items.end() ? nullptr : &*it;
}

std::string question_key(const Question& question) {
    return std::to_string(static_cast<int>(question.kind)) + " " + question.column;
}

std::vector<Question> open_questions(const Dataset& dataset) {
    std::vector<Question> questions;
    if (dataset.import) questions = dataset.import->questions;
    const bool asked = std::ranges::find(questions, Question::Kind::crs, &Question::kind) != questions.end();
    if (dataset.has_geometry() && !dataset.crs.known() && !asked)
        questions.push_back(
            {Question::Kind::crs, {}, tr("Nothing says in which coordinate system these coordinates are.")});
    return questions;
}

std::vector<Question> open_questions(const ImportItem& item) {
    if (!item.dataset) return {};
    std::vector<Question> questions = open_questions(*item.dataset);
    std::erase_if(questions, [&](const Question& question) {
        // What was decided while the file is being read again is answered, though the old reading still asks.
        switch (question.kind) {
            case Question::Kind::number_convention:
                if (item.options.numbers.contains(question.column)) return true;
                break;
            case Question::Kind::encoding:
                if (!item.options.encoding.empty()) return true;
                break;
            case Question::Kind::crs:
                if (!item.crs.empty()) return true;
                break;
            case Question::Kind::swapped_axes:
                if (item.options.swap_axes) return true;
                break;
        }
        return std::ranges::find(item.settled, question_key(question)) != item.settled.end();
    });
    return questions;
}

int open_questions(const ImportState& state) {
    std::size_t count = 0;
    for (const ImportItem& item : state.items)
        if (item.take) count += open_questions(item).size();
    return static_cast<int>(count);
}

int64_t left_out_count(const ImportReport& report, LeftOutRow::Why why) {
    return std::ranges::count(report.left_out, why, &LeftOutRow::why);
}

bool is_legacy_encoding(const std::string& id) {
    const std::string folded = fold(id);
    return !folded.empty() && folded != "ascii" && folded != "us-ascii" && !folded.starts_with("utf");
}

bool wants_assistant(const Dataset& dataset, bool tables) {
    if (!open_questions(dataset).empty()) return true;
    if (tables && !dataset.has_geometry()) return true;
    const ImportReport* report = dataset.import.get();
    if (!report) return false;
    const bool left_out = std::ranges::any_of(report->left_out, [](const LeftOutRow& row) {
        return row.why == LeftOutRow::Why::title || row.why == LeftOutRow::Why::total ||
               row.why == LeftOutRow::Why::note;
    });
    const bool converted =
        is_legacy_encoding(report->encoding) || std::ranges::any_of(report->columns, [](const ColumnReport& column) {
            return is_legacy_encoding(column.encoding) || !column.samples.empty();
        });
    return left_out || converted || report->header_rows > 1;
}

std::vector<ImportSection> sections_of(const ImportItem& item) {
    std::vector<ImportSection> sections;
    if (!item.dataset) return sections;
    const ImportReport* report = item.report();
    const bool sheet = report && (!report->head.empty() || !report->columns.empty());
    if (item.table_only() || sheet) sections.push_back(ImportSection::table);
    if (item.dataset->table.columns().size() > 0) sections.push_back(ImportSection::text);
    if (item.dataset->has_geometry() || sheet || item.table_only()) sections.push_back(ImportSection::places);
    if (item.table_only()) sections.push_back(ImportSection::join);
    sections.push_back(ImportSection::problems);
    return sections;
}

ImportSection first_section(const ImportItem& item) {
    const std::vector<Question> questions = open_questions(item);
    if (!questions.empty()) return section_of(questions.front().kind);
    const std::vector<ImportSection> sections = sections_of(item);
    return sections.empty() ? ImportSection::table : sections.front();
}

ImportSection section_of(Question::Kind kind) {
    switch (kind) {
        case Question::Kind::number_convention:
            return ImportSection::table;
        case Question::Kind::encoding:
            return ImportSection::text;
        case Question::Kind::crs:
        case Question::Kind::swapped_axes:
            return ImportSection::places;
    }
    return ImportSection::table;
}

}  // namespace diaban::ui
