// What queries see of the session.
#include "ui/session.h"
#include "workspace/query_layers.h"

namespace diaban::ui {

QueryLayers Session::query_layers() {
    return diaban::query_layers(workspace(), [this](const Layer& asked) -> std::shared_ptr<const Features> {
        const LayerResultPtr result = layer(asked.id);
        return result ? result->features : nullptr;
    });
}

}  // namespace diaban::ui
