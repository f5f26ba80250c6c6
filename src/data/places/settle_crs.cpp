#include "data/places/settle_crs.h"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/places/amend_report.h"
#include "geo/crs/propose_crs.h"

namespace diaban {

namespace {

bool beyond_degrees(Point p) {
    constexpr double slack = 1e-6;  // longitudes up to 360 occur in data that crosses the antimeridian
    return std::abs(p.x) > 360 + slack || std::abs(p.y) > 90 + slack;
}

/// How many coordinates cannot be degrees; the box tells at once when none can.
int64_t count_beyond_degrees(const Geometry& geometry) {
    const Box& box = geometry.box();
    if (!beyond_degrees({box.min_x, box.min_y}) && !beyond_degrees({box.max_x, box.max_y})) return 0;
    return std::ranges::count_if(geometry.points(), beyond_degrees);
}

std::vector<Point> exchanged(std::vector<Point> points) {
    for (Point& p : points)
        std::swap(p.x, p.y);
    return points;
}

/// One pass: what a dataset's coordinates, the CRS and the user's hints have in common.
class Settling {
public:
    Settling(Dataset& dataset, const CrsHints& hints, const Place& where)
        : dataset_(dataset), hints_(hints), where_(where) {}

    void unnamed();
    void named_degrees();
    void named_metres();

private:
    [[nodiscard]] const std::vector<CrsProposal>& proposals();
    [[nodiscard]] std::string looks();
    [[nodiscard]] std::string best_in_words();
    /// Proposals and question into the report.
    void ask(Question::Kind kind, const std::string& text);
    void ask_for_crs(const std::string& text);
    void warn(std::string text) {
        dataset_.diagnostics.push_back({DiagnosticKind::undecided, Severity::warning, where_, 1, std::move(text)});
    }
    void refuse(std::string text);
    void look_for_exchanged_degrees();
    void propose_exchanged();

    Dataset& dataset_;
    const CrsHints& hints_;
    const Place& where_;
    std::optional<std::vector<CrsProposal>> proposals_;
};

const std::vector<CrsProposal>& Settling::proposals() {
    if (!proposals_) {
        proposals_ = propose_crs(dataset_.geometry, hints_.near);
        // Against the file, whose axes may have been exchanged already.
        for (CrsProposal& proposal : *proposals_)
            proposal.swapped = proposal.swapped != hints_.swap_axes;
    }
    return *proposals_;
}

/// "they look like VN-2000 / TM-3 107-45 (EPSG:5899), or else …"; empty: like nothing.
std::string Settling::looks() {
    if (proposals().empty()) return {};
    const CrsProposal& best = proposals().front();
    return proposals().size() == 1 ? fmt::format(fmt::runtime(tr("its coordinates look like {}")), in_words(best))
                                   : fmt::format(fmt::runtime(tr("its coordinates look like {}, or else {}")),
                                                 in_words(best), in_words(proposals()[1]));
}

/// With the words that choose the best: "…; name it with --crs EPSG:5899".
std::string Settling::best_in_words() {
    if (proposals().empty()) return {};
    const CrsProposal& best = proposals().front();
    const std::string text = looks();
    if (best.crs.code().empty()) return text + "; " + tr("choose one when importing");
    const std::string option = "--crs " + best.crs.code() + (best.swapped ? " --swap-axes" : "");
    return text + "; " + fmt::format(fmt::runtime(tr("name it with {}")), option);
}

void Settling::ask(Question::Kind kind, const std::string& text) {
    amend_report(dataset_, [&](ImportReport& report) {
        report.crs_proposals = proposals();
        report.questions.push_back({kind, {}, text});
    });
}

void Settling::ask_for_crs(const std::string& text) {
    const bool other_order = !proposals().empty() && proposals().front().swapped != hints_.swap_axes;
    ask(Question::Kind::crs, text);
    if (other_order)
        ask(Question::Kind::swapped_axes,
            fmt::format(fmt::runtime(tr("Its coordinates look like {}.")), in_words(proposals().front())));
}

void Settling::refuse(std::string text) {
    const std::string best = best_in_words();
    text += "; ";
    text += best.empty() ? tr("name the right one in the workspace (crs = \"EPSG:…\")") : best;
    dataset_.diagnostics.push_back({DiagnosticKind::undecided, Severity::error, where_, 1, text});
    dataset_.crs = Crs();
    ask_for_crs(best.empty() ? tr("Its coordinates cannot be in the coordinate system that it names.")
                             : fmt::format(fmt::runtime(tr("It cannot be in the coordinate system that it names: {}.")),
                                           looks()));
}

/// The dataset's own CRS with the axes exchanged comes first among the proposals.
void Settling::propose_exchanged() {
    (void)proposals();
    Box box;
    if (const auto to_degrees = Transform::between(dataset_.crs, Crs::wgs84()))
        for (const Point p : to_degrees->apply(exchanged(main_points(dataset_.geometry.points()))))
            if (std::isfinite(p.x)) box.extend(p);
    const bool swapped = !hints_.swap_axes;
    std::erase_if(*proposals_, [&](const CrsProposal& p) { return p.crs == dataset_.crs && p.swapped == swapped; });
    proposals_->insert(proposals_->begin(), {dataset_.crs, swapped, box, 1, tr("lands where this one is used")});
    const std::string text = tr("its coordinates make sense only with the axes exchanged");
    warn(text + (hints_.swap_axes ? "; " + std::string(tr("leave out --swap-axes"))
                                  : "; " + std::string(tr("exchange them with --swap-axes"))));
    ask(Question::Kind::swapped_axes, tr("Its coordinates make sense only with the axes exchanged."));
}

/// Degrees in both orders: only where data are expected can tell.
void Settling::look_for_exchanged_degrees() {
    if (!hints_.near || hints_.near->empty()) return;
    const auto points = main_points(dataset_.geometry.points());
    constexpr double most = 0.5;
    if (share_inside(points, *hints_.near) == 0 && share_inside(exchanged(points), *hints_.near) > most)
        propose_exchanged();
}

void Settling::unnamed() {
    const Box& box = dataset_.geometry.box();
    const bool degrees = box.min_x >= -180 && box.max_x <= 180 && box.min_y >= -90 && box.max_y <= 90;
    if (degrees) dataset_.crs = Crs::wgs84();
    // Columns of degrees need no file to name a CRS.
    if (degrees && dataset_.import && dataset_.import->points) {
        look_for_exchanged_degrees();
        return;
    }
    const std::string detail =
        degrees ? tr("its coordinates look like degrees, so WGS 84 is assumed") : best_in_words();
    dataset_.diagnostics.push_back({DiagnosticKind::no_crs, Severity::warning, where_, 1, detail});
    if (degrees) {
        amend_report(dataset_, [&](ImportReport& report) { report.crs_proposals = proposals(); });
        look_for_exchanged_degrees();
        return;
    }
    ask_for_crs(detail.empty() ? tr("The file names no coordinate system.")
                               : fmt::format(fmt::runtime(tr("The file names no coordinate system: {}.")), looks()));
}

void Settling::named_degrees() {
    const auto& points = dataset_.geometry.points();
    const int64_t beyond = count_beyond_degrees(dataset_.geometry);
    if (beyond * 2 > static_cast<int64_t>(points.size())) {
        refuse(
            fmt::format(fmt::runtime(tr("it says that its coordinates are degrees ({}), which they cannot be, so its "
                                        "coordinate system is taken as unknown")),
                        dataset_.crs.name()));
        return;
    }
    if (beyond > 0)
        dataset_.diagnostics.push_back(
            {DiagnosticKind::other, Severity::warning, where_, beyond,
             fmt::format(fmt::runtime(tr_n("{} coordinate is not on the globe; mend it in the source",
                                           "{} coordinates are not on the globe; mend them in the source",
                                           static_cast<long>(beyond))),
                         format_integer(beyond))});
    look_for_exchanged_degrees();
}

/// The share of the coordinates that land where the CRS is meant to be used, give or take three degrees.
double share_in_area(const std::vector<Point>& points, const Crs& crs, const Transform& to_degrees) {
    std::vector<Point> landed;
    for (const Point p : to_degrees.apply(points))
        if (std::isfinite(p.x)) landed.push_back(p);
    constexpr double about = 3;
    const double share = share_inside(landed, crs.area_of_use().grown(about));
    return points.empty() ? 1 : share * static_cast<double>(landed.size()) / static_cast<double>(points.size());
}

void Settling::named_metres() {
    const auto to_degrees = Transform::between(dataset_.crs, Crs::wgs84());
    if (!to_degrees || dataset_.crs.area_of_use().empty()) return;
    constexpr double hardly_any = 0.1, most = 0.5;
    const auto points = main_points(dataset_.geometry.points());
    if (share_in_area(points, dataset_.crs, *to_degrees) > hardly_any) return;
    const Box& box = dataset_.geometry.box();
    if (box.min_x >= -360 && box.max_x <= 360 && box.min_y >= -360 && box.max_y <= 360) {
        refuse(fmt::format(fmt::runtime(tr("its coordinates are degrees and cannot be in the coordinate system that it "
                                           "names ({}), which is taken as unknown")),
                           dataset_.crs.name()));
        return;
    }
    if (share_in_area(exchanged(points), dataset_.crs, *to_degrees) > most) {
        propose_exchanged();
        return;
    }
    const std::string best = best_in_words();
    const std::string text = fmt::format(
        fmt::runtime(tr("its coordinates lie far from where its coordinate system is used ({})")), dataset_.crs.name());
    warn(text + (best.empty() ? "" : "; " + best));
    std::string question = fmt::format(
        fmt::runtime(tr("Its coordinates lie far from where its coordinate system is used ({})")), dataset_.crs.name());
    if (!best.empty()) question += "; " + looks();
    ask_for_crs(question + ".");
}

}  // namespace

void settle_crs(Dataset& dataset, const Crs& named, const CrsHints& hints, const Place& where) {
    if (hints.swap_axes) dataset.geometry = with_axes_exchanged(dataset.geometry);
    if (named.known()) {
        dataset.crs = named;
    } else if (dataset.crs.geographic() && !dataset.geometry.box().empty()) {
        // Told from columns before the axes were exchanged.
        const auto& points = dataset.geometry.points();
        if (count_beyond_degrees(dataset.geometry) * 2 > static_cast<int64_t>(points.size())) dataset.crs = Crs();
    }
    if (dataset.geometry.box().empty()) return;
    Settling settling(dataset, hints, where);
    if (!dataset.crs.known())
        settling.unnamed();
    else if (dataset.crs.geographic())
        settling.named_degrees();
    else
        settling.named_metres();
}

}  // namespace diaban
