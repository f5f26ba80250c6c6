// PNG. libpng's errors arrive through a callback, which throws, so that no long jump crosses objects of ours.
#include <png.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "base/file.h"
#include "base/i18n.h"
#include "render/image.h"

namespace diaban {
namespace {

[[noreturn]] void on_error(png_structp, png_const_charp message) {
    throw std::runtime_error(message);
}
void on_warning(png_structp, png_const_charp) {}

struct WriteHandle {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning);
    png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
    WriteHandle() = default;
    WriteHandle(const WriteHandle&) = delete;
    WriteHandle& operator=(const WriteHandle&) = delete;
    ~WriteHandle() { png_destroy_write_struct(&png, &info); }
};

struct ReadHandle {
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning);
    png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
    ReadHandle() = default;
    ReadHandle(const ReadHandle&) = delete;
    ReadHandle& operator=(const ReadHandle&) = delete;
    ~ReadHandle() { png_destroy_read_struct(&png, &info, nullptr); }
};

void append(png_structp png, png_bytep data, png_size_t length) {
    auto* out = static_cast<std::string*>(png_get_io_ptr(png));
    for (std::size_t i = 0; i < length; ++i)
        out->push_back(static_cast<char>(data[i]));
}

void take(png_structp png, png_bytep data, png_size_t length) {
    auto* in = static_cast<std::string_view*>(png_get_io_ptr(png));
    if (in->size() < length) png_error(png, "the file ends early");
    std::memcpy(data, in->data(), length);
    in->remove_prefix(length);
}

bool opaque(const Image& image) {
    for (std::size_t i = 3; i < image.rgba.size(); i += 4)
        if (image.rgba[i] != 255) return false;
    return true;
}

std::string encode(const Image& image, double pixel_ratio) {
    WriteHandle handle;
    if (handle.info == nullptr) throw std::bad_alloc();
    std::string out;
    png_set_write_fn(handle.png, &out, append, nullptr);
    // Without its opaque alpha a picture is a quarter smaller.
    const bool plain = opaque(image);
    png_set_IHDR(handle.png, handle.info, static_cast<png_uint_32>(image.width), static_cast<png_uint_32>(image.height),
                 8, plain ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    const auto per_metre = static_cast<png_uint_32>(std::lround(96 * pixel_ratio / 0.0254));
    png_set_pHYs(handle.png, handle.info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_set_sRGB(handle.png, handle.info, PNG_sRGB_INTENT_PERCEPTUAL);
    std::string key = "Software";
    std::string value = "Diaban";
    png_text text{};
    text.compression = PNG_TEXT_COMPRESSION_NONE;
    text.key = key.data();
    text.text = value.data();
    png_set_text(handle.png, handle.info, &text, 1);
    // Flat colours: the cheap filters and a low level are as small as the dear ones, and several times faster.
    png_set_compression_level(handle.png, 4);
    png_set_filter(handle.png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE | PNG_FILTER_SUB | PNG_FILTER_UP);
    png_write_info(handle.png, handle.info);
    if (plain) png_set_filler(handle.png, 0, PNG_FILLER_AFTER);
    const auto row_bytes = static_cast<std::size_t>(image.width) * 4;
    for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y)
        png_write_row(handle.png, image.rgba.data() + y * row_bytes);
    png_write_end(handle.png, handle.info);
    return out;
}

Image decode(std::string_view bytes) {
    ReadHandle handle;
    if (handle.info == nullptr) throw std::bad_alloc();
    png_set_read_fn(handle.png, &bytes, take);
    png_read_info(handle.png, handle.info);
    png_set_expand(handle.png);
    png_set_strip_16(handle.png);
    png_set_gray_to_rgb(handle.png);
    png_set_add_alpha(handle.png, 255, PNG_FILLER_AFTER);
    png_set_interlace_handling(handle.png);
    png_read_update_info(handle.png, handle.info);
    Image image;
    image.width = static_cast<int>(png_get_image_width(handle.png, handle.info));
    image.height = static_cast<int>(png_get_image_height(handle.png, handle.info));
    const auto row_bytes = static_cast<std::size_t>(image.width) * 4;
    if (png_get_rowbytes(handle.png, handle.info) != row_bytes) png_error(handle.png, "an unusual pixel format");
    image.rgba.resize(row_bytes * static_cast<std::size_t>(image.height));
    std::vector<png_bytep> rows;
    for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y)
        rows.push_back(image.rgba.data() + y * row_bytes);
    png_read_image(handle.png, rows.data());
    png_read_end(handle.png, nullptr);
    return image;
}

}  // namespace

Expected<void> write_png(const Image& image, const std::filesystem::path& path, double pixel_ratio) {
    if (image.width <= 0 || image.height <= 0)
        return fail(ErrorKind::failure, tr("The picture is empty"), {.file = to_utf8(path)});
    DIABAN_CHECK(image.rgba.size() ==
                 static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
    std::string bytes;
    try {
        bytes = encode(image, pixel_ratio);
    } catch (const std::exception& e) {
        return fail(ErrorKind::failure, std::string(tr("The picture could not be written")) + ": " + e.what(),
                    {.file = to_utf8(path)});
    }
    return write_file(path, bytes);
}

Expected<Image> read_png(const std::filesystem::path& path) {
    const auto bytes = read_file(path);
    if (!bytes) return tl::unexpected(bytes.error());
    try {
        return decode(*bytes);
    } catch (const std::exception& e) {
        return fail(ErrorKind::bad_input, std::string(tr("The file is no readable PNG picture")) + ": " + e.what(),
                    {.file = to_utf8(path)}, tr("Choose another file."));
    }
}

}  // namespace diaban
