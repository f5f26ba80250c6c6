#include "geo/crs/find_crs.h"

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "geo/crs/proj_handles.h"

namespace diaban {

namespace {

struct FreeList {
    void operator()(PROJ_CRS_INFO** list) const { proj_crs_info_list_destroy(list); }
};
using CrsInfoList = std::unique_ptr<PROJ_CRS_INFO*, FreeList>;

struct Entry {
    ListedCrs crs;
    std::string number;       ///< "5899"
    std::string folded_name;  ///< for searching
    std::string folded;       ///< all of it
};

std::vector<Entry> read_list() {
    std::vector<Entry> entries;
    int count = 0;
    const CrsInfoList list(proj_get_crs_info_list_from_database(proj::thread_context(), "EPSG", nullptr, &count));
    for (int i = 0; list && i < count; ++i) {
        const PROJ_CRS_INFO& info = *list.get()[i];
        const bool flat = info.type == PJ_TYPE_GEOGRAPHIC_2D_CRS || info.type == PJ_TYPE_PROJECTED_CRS;
        if (!flat || info.deprecated != 0) continue;
        Entry entry;
        entry.number = info.code;
        entry.crs = {"EPSG:" + entry.number, info.name, info.area_name ? info.area_name : ""};
        entry.folded_name = fold(entry.crs.name);
        entry.folded = "epsg:" + entry.number + " " + entry.folded_name + " " + fold(entry.crs.area);
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    const std::string folded = fold(text);
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        if (end > at) words.push_back(folded.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

}  // namespace

std::vector<ListedCrs> find_crs(std::string_view text, std::size_t most) {
    static const std::vector<Entry> entries = read_list();
    const std::vector<std::string> words = words_of(text);
    if (words.empty()) return {};
    const auto all_in = [&](const std::string& where) {
        return std::ranges::all_of(words, [&](const auto& word) { return where.find(word) != std::string::npos; });
    };
    std::vector<ListedCrs> by_rank[3];
    for (const Entry& entry : entries) {
        if (!all_in(entry.folded)) continue;
        const bool code = words.size() == 1 && (words[0] == entry.number || words[0] == "epsg:" + entry.number);
        by_rank[code ? 0 : all_in(entry.folded_name) ? 1 : 2].push_back(entry.crs);
    }
    std::vector<ListedCrs> found;
    for (const auto& rank : by_rank)
        for (const ListedCrs& crs : rank)
            if (found.size() < most) found.push_back(crs);
    return found;
}

}  // namespace diaban
