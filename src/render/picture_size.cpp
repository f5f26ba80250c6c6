#include "render/picture_size.h"

#include "base/format.h"
#include "base/i18n.h"

namespace diaban {

tl::unexpected<Error> picture_too_large(const Frame& frame) {
    return fail(ErrorKind::failure,
                std::string(tr("There is not enough memory for a picture of this size")) + ": " +
                    format_number(frame.width * frame.pixel_ratio, 0) + " × " +
                    format_number(frame.height * frame.pixel_ratio, 0),
                {}, tr("Choose a smaller size or scale."));
}

Expected<void> check_picture_size(const Frame& frame) {
    const double width = frame.width * frame.pixel_ratio;
    const double height = frame.height * frame.pixel_ratio;
    constexpr double most = 1 << 20;  // also keeps sizes inside an int
    if (width >= 0.5 && height >= 0.5 && width <= most && height <= most) return {};
    if (width > 0 && height > 0 && (width > most || height > most)) return picture_too_large(frame);
    return fail(ErrorKind::wrong_usage, tr("The picture has no size"), {},
                tr("Width and height must be at least one pixel."));
}

}  // namespace diaban
