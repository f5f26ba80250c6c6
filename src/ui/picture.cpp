#include "ui/picture.h"

#include <algorithm>

#include "base/i18n.h"
#include "render/image.h"
#include "render/painter.h"

namespace diaban::ui {

Expected<void> save_picture(Ui& ui, const std::filesystem::path& path, double scale) {
    if (ui.painter == nullptr) {
        return fail(ErrorKind::failure, tr("There is no graphics context to draw the picture with"));
    }
    MapRequest request;
    request.width = ui.map.frame().width;
    request.height = ui.map.frame().height;
    request.pixel_ratio = std::clamp(scale, 1.0, 8.0);
    if (ui.map.placed()) {
        request.frame = ui.map.frame();
        request.frame->pixel_ratio = request.pixel_ratio;
    }
    request.furniture = ui.furniture();
    request.furniture.sources = true;
    request.theme = ui.theme;
    request.selection = ui.session.selection;
    const Scene scene = derive(ui.session.workspace(), ui.session.datasets(), request, ui.session.cache());
    ui.painted = 0;  // the painter is about to hold another picture than the window's
    const auto image = draw_image_here(*ui.painter, scene);
    if (!image) return tl::make_unexpected(image.error());
    return write_png(*image, path, request.pixel_ratio);
}

}  // namespace diaban::ui
