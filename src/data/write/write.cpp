#include "data/write/write.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "data/write/csv_writer.h"
#include "data/write/file_set.h"
#include "data/write/format.h"
#include "data/write/gdal_writer.h"
#include "data/write/plan.h"

namespace diaban {

namespace {

namespace fs = std::filesystem;

Expected<void> check_datasets(const fs::path& path, std::span<const DatasetPtr> datasets, const FormatRules& rules) {
    const Place where{.file = to_utf8(path), .layer = {}, .field = {}, .row = {}};
    if (datasets.empty()) return fail(ErrorKind::wrong_usage, tr("there is nothing to write"), where);
    if (datasets.size() > 1 && !rules.many_layers)
        return fail(ErrorKind::wrong_usage,
                    fmt::format(fmt::runtime(tr("{} layers do not go into a {} file, which holds one")),
                                datasets.size(), rules.name),
                    where, tr("Write a GeoPackage (.gpkg), or one layer at a time."));
    const bool needs_shapes = rules.format == OutFormat::shapefile || !rules.shapeless_rows;
    const Geometry& shapes = datasets.front()->geometry;
    if (needs_shapes && (shapes.kind() == GeometryKind::none || (!rules.shapeless_rows && shapes.part_count() == 0)))
        return fail(ErrorKind::wrong_usage,
                    fmt::format(fmt::runtime(tr("a table without shapes makes no {} file")), rules.name), where,
                    tr("Write a CSV (.csv) or a workbook (.xlsx)."));
    return {};
}

}  // namespace

Expected<Diagnostics> write_datasets(const fs::path& path, std::span<const DatasetPtr> datasets,
                                     const WriteOptions& options, Progress& progress) {
    progress.set_stage(fmt::format(fmt::runtime(tr("Writing {}")), to_utf8(path.filename())));
    if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
    const auto rules = format_of(path);
    if (!rules) return tl::make_unexpected(rules.error());
    if (auto fine = check_datasets(path, datasets, *rules); !fine) return tl::make_unexpected(fine.error());
    auto plan = plan_output(datasets, *rules, to_utf8(path.filename()));
    if (!plan) return tl::make_unexpected(plan.error());

    const auto write = [&](const fs::path& temporary) -> Expected<void> {
        if (rules->format == OutFormat::csv)
            return write_csv(temporary, path, plan->layers.front(), options.byte_order_mark, progress);
        return write_with_gdal(temporary, path, *rules, plan->layers, progress);
    };
    const auto written =
        rules->format == OutFormat::shapefile ? write_file_set(path, write) : write_file_with(path, write);
    if (!written) return tl::make_unexpected(written.error());
    progress.set(1);
    return std::move(plan->diagnostics);
}

Expected<void> check_output(const fs::path& path, std::span<const fs::path> inputs) {
    if (const auto rules = format_of(path); !rules) return tl::make_unexpected(rules.error());
    for (const fs::path& input : inputs)
        if (belong_together(path, input))
            return fail(ErrorKind::wrong_usage, tr("the file to write is one of those that are read"),
                        {.file = to_utf8(path)}, tr("Name another file."));
    return {};
}

std::vector<std::string> written_extensions() {
    std::vector<std::string> extensions;
    for (const FormatRules& rules : all_formats())
        extensions.emplace_back(rules.extension);
    return extensions;
}

}  // namespace diaban
