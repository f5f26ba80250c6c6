#include "base/format.h"
#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"

namespace diaban::ui {

void problems_section(Ui& ui, ImportItem& item) {
    static_cast<void>(ui);
    const Diagnostics& all = item.dataset->diagnostics;
    if (item.dataset->geometry.kind() == GeometryKind::polygon) {
        bool repair = item.options.repair;
        if (checkbox(tr("Repair invalid polygons"), repair)) {
            item.options.repair = repair;
            decided(ui, item);
            return;
        }
        tooltip(
            tr("Rings that cross themselves are mended; what the area lost or gained is told, and the original is "
               "kept beside."));
        gap(6);
    }
    if (all.empty()) return empty_state(icon::check, tr("Nothing to report"), tr("Everything was read as it stands."));
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        for (const Diagnostic& diagnostic : all) {
            if (diagnostic.severity != severity) continue;
            const Rgba colour = severity == Severity::error     ? palette().error
                                : severity == Severity::warning ? palette().warning
                                                                : palette().muted;
            const char* picture = severity == Severity::error     ? icon::alert_circle
                                  : severity == Severity::warning ? icon::alert
                                                                  : icon::information;
            text_in(fonts().regular, colour, picture);
            ImGui::SameLine(px(26));
            ImGui::BeginGroup();
            text_in(fonts().regular, palette().text, to_text(diagnostic));
            if (const std::string advice = remedy(diagnostic.kind); !advice.empty())
                text_in(fonts().small, palette().muted, advice);
            ImGui::EndGroup();
            gap(4);
        }
    }
}

}  // namespace diaban::ui
