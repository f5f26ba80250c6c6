#include <utility>

#include "base/i18n.h"
#include "ui/panels/panels.h"
#include "ui/query/sections.h"
#include "ui/widgets.h"

namespace diaban::ui {

void query_panel(Ui& ui) {
    const std::vector<std::string> kinds{tr("Find"), tr("Coverage"), tr("Areas")};
    int current = static_cast<int>(ui.panels.query.kind);
    if (segmented("##query_kind", kinds, current)) ui.panels.query.kind = static_cast<QueryKind>(current);
    gap(6);
    const auto before = std::exchange(ui.panels.query.preview, nullptr);
    switch (ui.panels.query.kind) {
        case QueryKind::find:
            find_section(ui);
            break;
        case QueryKind::coverage:
            coverage_section(ui);
            break;
        case QueryKind::areas:
            areas_section(ui);
            break;
    }
    // The map of this frame is drawn already: it shows another mark in the next one.
    if (before != ui.panels.query.preview) ui.session.touch();
}

}  // namespace diaban::ui
