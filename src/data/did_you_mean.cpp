#include "data/did_you_mean.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"

namespace diaban {

std::string did_you_mean(std::string_view name, const std::vector<std::string>& known) {
    const std::string nearest = nearest_word(name, known);
    if (!nearest.empty()) return fmt::format(fmt::runtime(tr("Did you mean “{}”?")), nearest);
    if (known.empty()) return {};
    constexpr std::size_t most = 12;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, known.size()); ++i)
        list += (i ? ", " : "") + known[i];
    if (known.size() > most) list += ", …";
    return fmt::format(fmt::runtime(tr("There are: {}.")), list);
}

}  // namespace diaban
