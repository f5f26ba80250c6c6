#include "data/raster/read_raster.h"

#include <utility>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/gdal/open_file.h"
#include "data/places/amend_report.h"
#include "data/places/settle_crs.h"
#include "data/raster/open_raster.h"

namespace diaban {

namespace {

Geometry line_along(const std::vector<Point>& points) {
    GeometryBuilder builder(GeometryKind::line);
    builder.begin_feature();
    builder.begin_part();
    builder.add_ring(points);
    return std::move(builder).finish();
}

std::string name_of(const std::filesystem::path& path, const RasterInfo& info) {
    const std::string text = to_utf8(path);
    if (is_tile_address(text)) return host_of(text);
    return info.layer.empty() ? to_nfc(to_utf8(path.stem())) : info.layer;
}

/// A picture's axes cannot be exchanged: proposals that ask for it are no help.
void drop_exchanged_axes(Dataset& dataset) {
    if (!dataset.import) return;
    amend_report(dataset, [](ImportReport& report) {
        std::erase_if(report.crs_proposals, [](const CrsProposal& proposal) { return proposal.swapped; });
        std::erase_if(report.questions,
                      [](const Question& question) { return question.kind == Question::Kind::swapped_axes; });
    });
}

}  // namespace

bool is_raster_file(const std::filesystem::path& path) {
    if (!check_path(path)) return false;
    gdal::set_up();
    const gdal::Messages messages;
    const std::string name = to_utf8(path);
    const gdal::Dataset file(GDALOpenEx(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
    if (file) return true;
    return GDALIdentifyDriverEx(name.c_str(), GDAL_OF_RASTER, nullptr, nullptr) != nullptr &&
           GDALIdentifyDriverEx(name.c_str(), GDAL_OF_VECTOR, nullptr, nullptr) == nullptr;
}

Expected<std::vector<DatasetPtr>> read_raster(const std::filesystem::path& path, const Crs& named,
                                              const ReadOptions& options) {
    const RasterName name{path, options.layer, options.import.max_zoom};
    if (!options.rasters)
        return fail(ErrorKind::bad_input, tr("it is a raster, a picture without features"), place_of(name),
                    tr("Draw it under a map; name a file with boundaries, lines, points or a table here."));
    auto raster = Raster::open(name);
    if (!raster) return tl::make_unexpected(raster.error());
    Dataset dataset;
    dataset.raster = *raster;
    const RasterInfo& info = (*raster)->info();
    dataset.name = name_of(path, info);
    dataset.from = {path, info.layer, info.driver, modified_on(path)};
    dataset.table = Table({}, 1);
    dataset.geometry = line_along((*raster)->outline());
    dataset.crs = (*raster)->crs();
    const bool address = is_tile_address(to_utf8(path));
    const Place where{.file = address ? dataset.name : to_utf8(path.filename()), .layer = {}, .field = {}, .row = {}};
    settle_crs(dataset, named, {false, options.near}, where);
    drop_exchanged_axes(dataset);
    return std::vector<DatasetPtr>{std::make_shared<const Dataset>(std::move(dataset))};
}

}  // namespace diaban
