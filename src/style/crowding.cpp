#include <fmt/format.h>

#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"
#include "style/style.h"

namespace diaban {

std::string to_id(CrowdingMode mode) {
    switch (mode) {
        case CrowdingMode::automatic:
            return "automatic";
        case CrowdingMode::markers:
            return "markers";
        case CrowdingMode::clusters:
            return "clusters";
        case CrowdingMode::density:
            return "density";
    }
    throw std::logic_error("a CrowdingMode out of range");
}

std::string to_text(CrowdingMode mode) {
    switch (mode) {
        case CrowdingMode::automatic:
            return tr("Automatic");
        case CrowdingMode::markers:
            return tr("Markers");
        case CrowdingMode::clusters:
            return tr("Clusters");
        case CrowdingMode::density:
            return tr("Density surface");
    }
    throw std::logic_error("a CrowdingMode out of range");
}

Expected<CrowdingMode> crowding_mode_from_id(std::string_view id) {
    if (id == "auto") return CrowdingMode::automatic;
    std::vector<std::string> ids;
    for (const CrowdingMode mode : crowding_modes()) {
        if (to_id(mode) == id) return mode;
        ids.push_back(to_id(mode));
    }
    const std::string nearest = nearest_word(id, ids);
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("points cannot be shown as “{}”")), id), {},
                nearest.empty() ? fmt::format(fmt::runtime(tr("Choose one of {}.")), fmt::join(ids, ", "))
                                : fmt::format(fmt::runtime(tr("Did you mean “{}”?")), nearest));
}

const std::vector<CrowdingMode>& crowding_modes() {
    static const std::vector<CrowdingMode> all{CrowdingMode::automatic, CrowdingMode::markers, CrowdingMode::clusters,
                                               CrowdingMode::density};
    return all;
}

}  // namespace diaban
