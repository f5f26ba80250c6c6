#include "geo/crs.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

#include "base/i18n.h"
#include "base/text.h"
#include "geo/crs/proj_handles.h"

namespace diaban {

struct Crs::Info {
    std::string code;
    std::string name;
    std::string definition;
    Box area;
    double metres_per_unit = 0;
    bool geographic = false;
};

namespace {

using proj::Pj;

/// PROJ takes "+proj=utm +zone=48" for an operation unless told that a CRS is meant, and "5899" for nothing at all.
std::string as_proj_understands(std::string text) {
    const bool digits = std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
    if (digits) return "EPSG:" + text;
    const bool proj_string = text.find("+proj=") != std::string::npos || text.starts_with("proj=");
    const bool pipeline = text.find("proj=pipeline") != std::string::npos;
    if (proj_string && !pipeline && text.find("type=crs") == std::string::npos) return text + " +type=crs";
    return text;
}

/// Long WKT would fill the window; its beginning tells which one it is.
std::string quoted(const std::string& text) {
    constexpr std::size_t longest = 60;
    if (text.size() <= longest) return "“" + text + "”";
    return "“" + to_nfc(text.substr(0, longest)) + "…”";
}

tl::unexpected<Error> refuse(const std::string& what, const std::string& text, const std::string& why = {}) {
    return fail(ErrorKind::bad_input, what + " " + quoted(text) + (why.empty() ? "" : " (" + why + ")"), {},
                tr("Give an EPSG code such as EPSG:5899, well-known text (WKT) or a PROJ string."));
}

/// Without heights: the horizontal part of a compound CRS, two of three dimensions.
Pj without_height(PJ_CONTEXT* context, Pj crs) {
    if (proj_get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS) crs.reset(proj_crs_get_sub_crs(context, crs.get(), 0));
    const PJ_TYPE type = crs ? proj_get_type(crs.get()) : PJ_TYPE_UNKNOWN;
    if (type == PJ_TYPE_GEOGRAPHIC_3D_CRS || type == PJ_TYPE_PROJECTED_CRS)
        if (Pj flat{proj_crs_demote_to_2D(context, nullptr, crs.get())}) return flat;
    return crs;
}

/// The CRS that a bound one (one with its own datum shift) gives coordinates in; any other, itself.
Pj unbound(PJ_CONTEXT* context, const Pj& crs) {
    return Pj(proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(context, crs.get())
                                                            : proj_clone(context, crs.get()));
}

std::string code_of(const PJ* crs) {
    const char* authority = proj_get_id_auth_name(crs, 0);
    const char* code = proj_get_id_code(crs, 0);
    return authority && code ? std::string(authority) + ":" + code : std::string();
}

/// A code only counts when it gives the same CRS back; files lie about theirs, or name an authority nobody knows.
bool stands_for(PJ_CONTEXT* context, const std::string& code, const PJ* crs) {
    const Pj from_code(proj_create(context, code.c_str()));
    return from_code && proj_is_equivalent_to_with_ctx(context, from_code.get(), crs,
                                                       PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

std::string find_code(PJ_CONTEXT* context, const PJ* crs) {
    if (std::string own = code_of(crs); !own.empty() && stands_for(context, own, crs)) return own;
    // 100: same definition and name; 90: same definition, other name (as ESRI's .prj files have).
    constexpr int sure = 90;
    int* raw_confidences = nullptr;
    const proj::List candidates(proj_identify(context, crs, nullptr, nullptr, &raw_confidences));
    const proj::Confidences confidences(raw_confidences);
    if (!candidates || proj_list_get_count(candidates.get()) == 0 || confidences.get()[0] < sure) return {};
    const Pj best(proj_list_get(context, candidates.get(), 0));
    std::string code = code_of(best.get());
    return !code.empty() && stands_for(context, code, crs) ? code : std::string();
}

double unit_in_metres(PJ_CONTEXT* context, const PJ* crs) {
    const Pj axes(proj_crs_get_coordinate_system(context, crs));
    double factor = 1;
    if (axes)
        proj_cs_get_axis_info(context, axes.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr, nullptr, nullptr);
    return factor;
}

Box area_of(PJ_CONTEXT* context, const PJ* crs) {
    // PROJ writes -1000 for what it does not know.
    Box area;
    double west = -1000, south = -1000, east = -1000, north = -1000;
    if (!proj_get_area_of_use(context, crs, &west, &south, &east, &north, nullptr) || west < -999) return area;
    if (west > east) west = -180, east = 180;
    return {west, south, east, north};
}

const std::string& no_text() {
    static const std::string none;
    return none;
}

}  // namespace

Expected<Crs> Crs::from_text(std::string_view text) {
    const std::string given = trim(text);
    if (given.empty())
        return fail(ErrorKind::bad_input, tr("No coordinate system is given"), {},
                    tr("Give an EPSG code such as EPSG:5899, well-known text (WKT) or a PROJ string."));

    PJ_CONTEXT* context = proj::thread_context();
    const proj::Complaint complaint(context);
    Pj crs(given.find('\0') == std::string::npos ? proj_create(context, as_proj_understands(given).c_str()) : nullptr);
    if (!crs) return refuse(tr("Unknown coordinate system"), given, complaint.text());
    if (!proj_is_crs(crs.get())) return refuse(tr("This is a conversion, not a coordinate system:"), given);

    crs = without_height(context, std::move(crs));
    const Pj plain = crs ? unbound(context, crs) : nullptr;
    const PJ_TYPE type = plain ? proj_get_type(plain.get()) : PJ_TYPE_UNKNOWN;
    const bool geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS;
    if (!geographic && type != PJ_TYPE_PROJECTED_CRS)
        return refuse(tr("This coordinate system has no place on a map of the Earth:"), given);

    auto info = std::make_shared<Info>();
    info->geographic = geographic;
    info->code = find_code(context, crs.get());
    info->name = proj_get_name(plain.get());
    info->area = area_of(context, plain.get());
    info->metres_per_unit = geographic ? 0 : unit_in_metres(context, plain.get());
    info->definition = info->code;
    if (info->code.empty()) {
        constexpr const char* one_line[] = {"MULTILINE=NO", nullptr};
        const char* wkt = proj_as_wkt(context, crs.get(), PJ_WKT2_2019, one_line);
        if (!wkt) return refuse(tr("Unknown coordinate system"), given, complaint.text());
        info->definition = wkt;
    }
    Crs result;
    result.info_ = std::move(info);
    return result;
}

Crs Crs::wgs84() {
    static const Crs crs = from_text("EPSG:4326").value();
    return crs;
}

bool Crs::geographic() const {
    return info_ && info_->geographic;
}
const std::string& Crs::code() const {
    return info_ ? info_->code : no_text();
}
const std::string& Crs::name() const {
    return info_ ? info_->name : no_text();
}
const std::string& Crs::definition() const {
    return info_ ? info_->definition : no_text();
}
double Crs::metres_per_unit() const {
    return info_ ? info_->metres_per_unit : 0;
}
Box Crs::area_of_use() const {
    return info_ ? info_->area : Box{};
}
bool Crs::operator==(const Crs& other) const {
    return definition() == other.definition();
}

}  // namespace diaban
