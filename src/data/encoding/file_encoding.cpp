// The encoding of whole text files, as far as it shows without looking at words.
#include "base/text.h"
#include "data/encoding/detect.h"

namespace diaban {

namespace {

/// Text is full of characters below U+0100 (blanks, digits, separators), whose other byte is zero in UTF-16.
std::optional<Encoding> utf16_without_mark(std::string_view bytes) {
    constexpr std::size_t looked_at = 4096;
    const std::string_view start = bytes.substr(0, looked_at);
    const std::size_t pairs = start.size() / 2;
    if (pairs == 0) return {};
    std::size_t low_zeros = 0, high_zeros = 0;  // at even and odd places
    for (std::size_t i = 0; i < pairs; ++i) {
        low_zeros += start[2 * i] == '\0' ? 1U : 0U;
        high_zeros += start[2 * i + 1] == '\0' ? 1U : 0U;
    }
    const auto mostly = [&](std::size_t zeros, std::size_t others) {
        return zeros * 3 >= pairs && others * 10 <= zeros;
    };
    if (mostly(high_zeros, low_zeros)) return Encoding::utf16le;
    if (mostly(low_zeros, high_zeros)) return Encoding::utf16be;
    return {};
}

}  // namespace

FileEncoding detect_file_encoding(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {Encoding::utf8, 3};
    if (bytes.starts_with("\xFF\xFE")) return {Encoding::utf16le, 2};
    if (bytes.starts_with("\xFE\xFF")) return {Encoding::utf16be, 2};
    if (const auto encoding = utf16_without_mark(bytes)) return {encoding, 0};
    if (is_utf8(bytes)) return {Encoding::utf8, 0};
    return {};
}

std::string to_utf8_file(std::string_view bytes) {
    const FileEncoding file = detect_file_encoding(bytes);
    const std::string_view content = bytes.substr(file.bom);
    if (file.encoding == Encoding::utf16le || file.encoding == Encoding::utf16be)
        return decode(content, *file.encoding).text;
    return std::string(content);
}

}  // namespace diaban
