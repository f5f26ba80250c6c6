#include "data/write/csv_writer.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

namespace diaban {

Expected<void> write_csv(const std::filesystem::path& path, const std::filesystem::path& shown, const OutLayer& layer,
                         bool byte_order_mark, Progress& progress) {
    constexpr std::size_t rows_between_looks = 1024;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    if (byte_order_mark) file << "\xEF\xBB\xBF";
    const auto line = [&](const auto& cell) {
        std::string text;
        for (std::size_t i = 0; i < layer.columns.size(); ++i) {
            if (i > 0) text += ',';
            text += csv_field(cell(layer.columns[i]));
        }
        // A line without anything on it would be no row at all.
        if (text.empty() && layer.columns.size() == 1) text = "\"\"";
        file << text << '\n';
    };
    line([](const OutColumn& column) { return column.name; });
    for (std::size_t row = 0; row < layer.rows; ++row) {
        line([row](const OutColumn& column) { return column.values->text(row); });
        if (row % rows_between_looks != 0) continue;
        if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
        progress.set(static_cast<double>(row) / static_cast<double>(layer.rows));
    }
    file.close();
    if (!file)
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("the file cannot be written ({})")), std::strerror(errno)),
                    {.file = to_utf8(shown)}, tr("Choose another folder, or make room on the disk."));
    return {};
}

}  // namespace diaban
