#include "geo/crs/vietnam_zones.h"

#include <algorithm>
#include <cmath>

#include "geo/planar.h"

namespace diaban {
namespace {

// Mainland and coastal waters, Phú Quốc, Côn Đảo, Phú Quý and Bạch Long Vĩ included; drawn by hand to about 20 km,
// which is enough to tell a province from its neighbour's across the border.
constexpr Point vietnam[] = {
    {102.14, 22.40}, {102.45, 22.77}, {103.00, 22.50}, {103.35, 22.80}, {103.97, 22.52}, {104.35, 22.75},
    {104.80, 22.92}, {105.33, 23.40}, {105.90, 22.98}, {106.70, 22.90}, {106.75, 22.70}, {106.60, 22.35},
    {106.70, 22.00}, {107.05, 21.85}, {107.40, 21.62}, {107.99, 21.56}, {108.25, 21.45}, {108.20, 20.60},
    {108.00, 19.90}, {106.60, 18.80}, {107.10, 17.60}, {108.50, 16.60}, {109.35, 15.40}, {109.70, 13.50},
    {109.70, 11.50}, {109.25, 10.30}, {107.00, 8.40},  {104.60, 8.20},  {104.00, 9.60},  {103.60, 9.90},
    {103.75, 10.50}, {104.45, 10.43}, {105.05, 10.95}, {105.80, 10.95}, {106.17, 10.98}, {105.85, 11.25},
    {105.85, 11.65}, {106.45, 11.67}, {106.42, 11.97}, {107.20, 12.30}, {107.55, 12.35}, {107.50, 13.00},
    {107.60, 13.50}, {107.35, 14.00}, {107.53, 14.70}, {107.60, 15.10}, {107.20, 15.80}, {107.00, 16.25},
    {106.58, 16.50}, {106.53, 17.00}, {105.75, 17.65}, {105.15, 18.40}, {104.60, 18.85}, {103.90, 19.30},
    {104.05, 19.65}, {104.60, 19.60}, {104.95, 20.10}, {104.65, 20.25}, {104.40, 20.45}, {104.60, 20.70},
    {104.10, 20.95}, {103.65, 20.70}, {103.15, 20.85}, {102.90, 21.25}, {102.95, 21.70}, {102.65, 21.68},
    {102.50, 22.00}, {102.14, 22.40}};

// Central meridians by province: Circular 973/2001/TT-TCDC of the General Department of Land Administration; EPSG codes
// from the EPSG dataset, whose areas of use name the same provinces. Places (provincial centres, and more for provinces
// that are long) are approximate, in degrees. The provinces are those of before July 2025: coordinates come in their
// zones, and a merged province keeps, by nearness, the zone of what it was merged from.
constexpr ZoneSeat seats[] = {
    // 103°00′ Lai Châu, Điện Biên; 104°00′ Sơn La; 104°30′ Kiên Giang, Cà Mau
    {103.2, 22.3, 9205},
    {103.05, 21.45, 9205},
    {103.9, 21.25, 9206},
    {104.6, 20.95, 9206},
    {104.95, 9.95, 9207},
    {104.0, 10.2, 9207},
    {105.0, 9.05, 9207},
    // 104°45′ Lào Cai, Yên Bái, Nghệ An, Phú Thọ, An Giang
    {104.1, 22.35, 9208},
    {104.6, 21.8, 9208},
    {104.5, 19.3, 9208},
    {105.3, 19.0, 9208},
    {105.1, 21.35, 9208},
    {105.2, 10.5, 9208},
    // 105°00′ Thanh Hóa, Vĩnh Phúc, Hà Nội, Hà Nam, Ninh Bình, Đồng Tháp, Cần Thơ, Hậu Giang, Bạc Liêu
    {105.4, 20.05, 5897},
    {105.55, 21.35, 5897},
    {105.75, 21.0, 5897},
    {105.95, 20.55, 5897},
    {105.9, 20.2, 5897},
    {105.6, 10.55, 5897},
    {105.55, 10.1, 5897},
    {105.6, 9.8, 5897},
    {105.5, 9.3, 5897},
    // 105°30′ Hà Giang, Hải Dương, Hà Tĩnh, Bắc Ninh, Hưng Yên, Thái Bình, Nam Định, Tây Ninh, Vĩnh Long, Sóc Trăng,
    // Trà Vinh
    {105.0, 22.75, 9209},
    {106.35, 20.95, 9209},
    {105.75, 18.3, 9209},
    {106.1, 21.1, 9209},
    {106.05, 20.8, 9209},
    {106.4, 20.5, 9209},
    {106.2, 20.25, 9209},
    {106.15, 11.4, 9209},
    {106.0, 10.1, 9209},
    {105.9, 9.6, 9209},
    {106.3, 9.8, 9209},
    // 105°45′ Cao Bằng, Long An, Tiền Giang, Bến Tre, Hải Phòng, Hồ Chí Minh City, Bình Dương
    {106.1, 22.75, 9210},
    {106.2, 10.7, 9210},
    {106.3, 10.4, 9210},
    {106.45, 10.1, 9210},
    {106.65, 20.8, 9210},
    {106.7, 10.75, 9210},
    {106.7, 11.2, 9210},
    // 106°00′ Tuyên Quang, Hòa Bình, Quảng Bình; 106°15′ Quảng Trị, Bình Phước; 106°30′ Bắc Kạn, Thái Nguyên
    {105.25, 22.1, 9211},
    {105.35, 20.7, 9211},
    {106.3, 17.6, 9211},
    {106.95, 16.75, 9212},
    {106.9, 11.75, 9212},
    {105.85, 22.25, 9213},
    {105.85, 21.7, 9213},
    // 107°00′ Bắc Giang, Thừa Thiên Huế; 107°15′ Lạng Sơn; 107°30′ Kon Tum
    {106.45, 21.35, 9214},
    {107.5, 16.35, 9214},
    {106.65, 21.85, 9215},
    {107.0, 21.65, 9215},
    {107.9, 14.65, 9216},
    // 107°45′ Quảng Ninh, Đồng Nai, Bà Rịa–Vũng Tàu, Lâm Đồng, Đà Nẵng, Quảng Nam
    {106.55, 21.07, 5899},
    {106.8, 21.05, 5899},
    {107.1, 21.05, 5899},
    {107.4, 21.35, 5899},
    {107.9, 21.45, 5899},
    {107.55, 21.0, 5899},
    {107.2, 11.05, 5899},
    {107.25, 10.5, 5899},
    {108.1, 11.75, 5899},
    {108.1, 16.05, 5899},
    {108.0, 15.55, 5899},
    // 108°00′ Quảng Ngãi; 108°15′ Ninh Thuận, Khánh Hòa, Bình Định
    {108.75, 15.0, 5898},
    {108.9, 11.7, 9217},
    {109.05, 12.3, 9217},
    {108.95, 14.1, 9217},
    // 108°30′ Đắk Lắk, Đắk Nông, Phú Yên, Gia Lai, Bình Thuận
    {108.2, 12.8, 9218},
    {107.7, 12.2, 9218},
    {109.1, 13.1, 9218},
    {108.25, 13.8, 9218},
    {108.0, 11.1, 9218}};

}  // namespace

std::span<const ZoneSeat> vn2000_zone_seats() {
    return seats;
}

const ZoneSeat& nearest_zone_seat(Point degrees) {
    const auto distance = [&](const ZoneSeat& seat) { return rough_distance(degrees, {seat.lon, seat.lat}).value(); };
    return *std::ranges::min_element(seats, {}, distance);
}

Metres rough_distance(Point a, Point b) {
    constexpr double metres_per_degree = 111'195, radians = 0.017453292519943295;
    return Metres(std::hypot((a.x - b.x) * std::cos((a.y + b.y) / 2 * radians), a.y - b.y) * metres_per_degree);
}

bool in_vietnam(Point degrees) {
    return ring_contains(vietnam, degrees);
}

}  // namespace diaban
