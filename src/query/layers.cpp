#include "query/layers.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"
#include "data/did_you_mean.h"

namespace diaban {

Expected<const QueryLayer*> QueryLayers::require(std::string_view id_or_name) const {
    auto found = std::ranges::find(list, id_or_name, &QueryLayer::id);
    if (found == list.end()) {
        const auto called = [wanted = fold(id_or_name)](const QueryLayer& layer) { return fold(layer.name) == wanted; };
        found = std::ranges::find_if(list, called);
        const auto other = found == list.end() ? found : std::find_if(found + 1, list.end(), called);
        if (other != list.end())
            return fail(ErrorKind::wrong_usage,
                        fmt::format(fmt::runtime(tr("several layers are called “{}”")), id_or_name), {},
                        fmt::format(fmt::runtime(tr("Write “{}” or “{}”.")), found->id, other->id));
    }
    if (found == list.end()) {
        std::vector<std::string> known;
        for (const QueryLayer& layer : list)
            known.push_back(layer.id);
        return fail(ErrorKind::wrong_usage, fmt::format(fmt::runtime(tr("there is no layer “{}”")), id_or_name), {},
                    did_you_mean(id_or_name, known));
    }
    if (!found->features)
        return fail(ErrorKind::bad_input, tr("the layer's data could not be read"),
                    {.file = found->file, .layer = found->name, .field = {}, .row = {}});
    return &*found;
}

}  // namespace diaban
