#include "cli/measure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

#include "cli/program.h"

namespace diaban {
namespace {

using testing::HasSubstr;

struct Said {
    int code = 0;
    std::string out, err;
};

Said measure(const MeasureWords& words) {
    std::ostringstream out, err;
    const int code = measure_command(words, out, err);
    return {code, out.str(), err.str()};
}

// Flinders Peak and Buninyong: the worked example of Geoscience Australia's GDA technical manual, 54,972.271 m at
// 306°52'05.37", back at 127°10'25.07".
const std::string flinders_peak = "144.42486788888889,-37.95103341666667";
const std::string buninyong = "143.92649552777778,-37.65282113888889";

TEST(MeasureCommand, prints_legs_bearings_and_the_total) {
    const Said said = measure({{flinders_peak, buninyong, flinders_peak}});
    EXPECT_EQ(said.code, 0);
    EXPECT_EQ(said.out,
              "1. 54,972.3 m (55.0 km) · N 53° W (306.9°)\n"
              "2. 54,972.3 m (55.0 km) · S 53° E (127.2°)\n"
              "Total: 109,944.5 m (110 km)\n");
}

TEST(MeasureCommand, prints_an_area_and_its_circumference) {
    // GeographicLib 2.1.2: printf '21 107\n21 108\n22 108\n22 107\n' | Planimeter
    const Said said = measure({{"107,21", "108,21", "108,22", "107,22"}, {}, true});
    EXPECT_EQ(said.code, 0);
    EXPECT_THAT(said.out, HasSubstr("Area: 11,473,232,814 m² (11,473 km²)\n"));
}

TEST(MeasureCommand, prints_json_with_all_digits) {
    const auto path = nlohmann::json::parse(measure({{flinders_peak, buninyong, buninyong}, {}, false, true}).out);
    ASSERT_EQ(path["legs"].size(), 2U);
    EXPECT_NEAR(path["legs"][0]["metres"].get<double>(), 54'972.271, 1e-3);
    EXPECT_NEAR(path["legs"][0]["bearing"].get<double>(), 306 + 52.0 / 60 + 5.37 / 3600, 1e-5);
    EXPECT_TRUE(path["legs"][1]["bearing"].is_null());
    EXPECT_NEAR(path["metres"].get<double>(), 54'972.271, 1e-3);

    const auto crossed = nlohmann::json::parse(measure({{"0,0", "1,1", "1,0", "0,1"}, {}, true, true}).out);
    EXPECT_TRUE(crossed["crosses_itself"].get<bool>());
    EXPECT_TRUE(crossed["square_metres"].is_null());
}

TEST(MeasureCommand, takes_projected_coordinates_east_first) {
    // In UTM zone 48N (EPSG:32648) the central meridian, 105° E, lies at 500,000 m; along it a kilometre of the grid is
    // 1 / 0.9996 km of the ground.
    const Said said = measure({{"500000,2300000", "500000,2301000"}, "EPSG:32648", false, true});
    const auto path = nlohmann::json::parse(said.out);
    EXPECT_NEAR(path["metres"].get<double>(), 1000 / 0.9996, 1e-3);
    EXPECT_NEAR(path["legs"][0]["bearing"].get<double>(), 0, 1e-6);
}

TEST(MeasureCommand, refuses_what_it_cannot_measure_with_nothing_printed) {
    const std::pair<MeasureWords, const char*> refused[] = {
        {{{"107,21"}}, "a distance needs two places or more"},
        {{{"107,21", "108,22"}, {}, true}, "an area needs three places or more"},
        {{{"107,21", "108;22"}}, "\"108;22\" is no place"},
        {{{"107,21", "108,22x"}}, "\"108,22x\" is no place"},
        {{{"107,21", "nan,22"}}, "\"nan,22\" is no place"},
        {{{"21.5,107.3", "21.6,107.4"}}, "longitude comes first"},
        {{{"500000,80", "500000,81"}}, "no longitude between"},
        {{{"1,2", "3,4"}, "EPSG:none"}, "EPSG:none"},
    };
    for (const auto& [words, why] : refused) {
        const Said said = measure(words);
        EXPECT_NE(said.code, 0) << why;
        EXPECT_EQ(said.out, "");
        EXPECT_THAT(said.err, HasSubstr(why));
    }
}

TEST(MeasureCommand, takes_western_longitudes_as_the_program_s_words) {
    const ProgramResult result = run_program({"measure", "-0.5,51.6", "-73.8,40.6", "--json"});
    EXPECT_EQ(result.code, 0) << result.err;
    // GeographicLib's example, JFK to London Heathrow; the digits are geod 9.1.1's.
    EXPECT_NEAR(nlohmann::json::parse(result.out)["metres"].get<double>(), 5'551'759.400, 1e-3);
    EXPECT_EQ(run_program({"measure"}).code, 2);
    EXPECT_EQ(run_program({"measure", "107,21"}).code, 2);
}

}  // namespace
}  // namespace diaban
