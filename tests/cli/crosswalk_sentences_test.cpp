// The sentences about the reform of 2025, each tried with small odd files and the real program. Expected numbers are
// worked out by hand.
#include <gmock/gmock.h>

#include "sentences.h"

namespace diaban {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Old units A, B, C (and D, which nothing knows), new ones 06001 and 06002; B was split.
class CrosswalkSentences : public Sentences {
protected:
    CrosswalkSentences() {
        put("data.csv",
            "xa_cu,nam,so_ho,ty_le,sdd,tre\nXã A,2021,10,20,2,10\nXã B,2021,7,,,5\nXã B,2022,8,50,4,8\n"
            "Xã C,2021,11,10,1,10\n");
        put("new.csv",
            "code,name,merged_from\n06001,Xã X,\"Xã A, một phần Xã B\"\n06002,Xã Y,\"Xã C, phần còn lại của Xã B\"\n");
        put("pairs.csv",
            "from,to,share,source\nXã A,06001,100,NQ 1679\nXã B,06001,60,NQ 1679\nXã B,06002,40,NQ 1679\n"
            "Xã C,06002,\"100%\",NQ 1679\n");
        put("old.geojson", collection({rectangle(R"("ma":"00001","ten":"Xã A","dan":101)", 107, 21, 0.1, 0.1),
                                       rectangle(R"("ma":"00002","ten":"Xã B","dan":50)", 107.1, 21, 0.1, 0.1),
                                       rectangle(R"("ma":"00003","ten":"Xã C","dan":7)", 107.2, 21, 0.05, 0.1)}));
        put("new.geojson", collection({rectangle(R"("code":"06001","name":"Xã X")", 107, 21, 0.15, 0.1),
                                       rectangle(R"("code":"06002","name":"Xã Y")", 107.15, 21, 0.1, 0.1)}));
    }
    /// Carries over, and returns a column of out.csv by unit; `said_` is what was said.
    std::map<std::string, std::string> carried(std::vector<std::string> words, const std::string& value,
                                               const std::string& key = "unit") {
        words.insert(words.begin(), "crosswalk");
        words.insert(words.end(), {"-o", "out.csv"});
        told = json(words);
        return column("out.csv", key, value);
    }
    /// Whether every total is kept but for what is said to be lost.
    void expect_totals_kept() const {
        ASSERT_FALSE(told["totals"].empty());
        for (const Json& total : told["totals"])
            EXPECT_DOUBLE_EQ(total["before"].get<double>(), total["after"].get<double>() + total["lost"].get<double>())
                << total;
    }
    const std::vector<std::string> rate{"--rate", "ty_le=sdd/tre*100"};
    [[nodiscard]] std::vector<std::string> with_rate(std::vector<std::string> words) const {
        words.insert(words.end(), rate.begin(), rate.end());
        return words;
    }
    Json told;
};

TEST_F(CrosswalkSentences, by_a_table_of_correspondences_with_shares) {
    put("flat.csv", "xa_cu,so_ho\nXã A,10\nXã B,7\nXã C,11\n");
    const auto households = carried({"flat.csv", "new.csv", "--pairs", "pairs.csv"}, "so_ho");
    EXPECT_EQ(households.at("06001"), "14") << "10 + 60 % of 7, rounded so that the sum stays";
    EXPECT_EQ(households.at("06002"), "14");
    EXPECT_EQ(told["assumed_units"], 0) << "the table says so";
    expect_totals_kept();
}

TEST_F(CrosswalkSentences, by_name_lists_like_merged_from_split_units_recognised) {
    put("flat.csv", "xa_cu,so_ho\nXÃ A,10\nX. B,7\nXã C,11\n");
    const auto households = carried({"flat.csv", "new.csv"}, "so_ho");
    EXPECT_EQ(std::stoi(households.at("06001")) + std::stoi(households.at("06002")), 28);
    EXPECT_EQ(told["assumed_units"], 1);
    EXPECT_THAT(said(told["diagnostics"]), HasSubstr("names in several mergers"));
    EXPECT_THAT(text_of("out.csv"), HasSubstr("Xã B 50.0% (assumed equal)"));
}

TEST_F(CrosswalkSentences, by_overlaying_old_and_new_boundaries_area_weighted) {
    const auto people = carried({"old.geojson", "new.geojson"}, "dan");
    EXPECT_EQ(people.at("06001"), "126") << "101 + half of 50";
    EXPECT_EQ(people.at("06002"), "32");
    EXPECT_THAT(text_of("out.csv"), HasSubstr("Xã B 50.0% (estimated by area)"));
    expect_totals_kept();
}

TEST_F(CrosswalkSentences, weighted_by_points_such_as_villages_households) {
    const auto point = [](const std::string& households, double x) {
        return R"({"type":"Feature","properties":{"ho":)" + households +
               R"(},"geometry":{"type":"Point","coordinates":[)" + std::to_string(x) + ",21.05]}}";
    };
    put("villages.geojson",
        collection({point("30", 107.11), point("10", 107.16), point("null", 107.05), point("5", 100)}));
    put("flat.csv", "ma,dan\n1,101\n2,50\n3,7\n");  // zeros lost
    const auto people = carried(
        {"flat.csv", "new.geojson", "--old-units", "old.geojson", "--weights", "villages.geojson", "--weight", "ho"},
        "dan");
    EXPECT_EQ(people.at("06001"), "139") << "101 + 37.5 of 50, rounded; 30 of 40 households live there";
    EXPECT_EQ(people.at("06002"), "19");
    EXPECT_THAT(said(told["diagnostics"]),
                AllOf(HasSubstr("points without a weight or a place, left out: 1"),
                      HasSubstr("points outside the old units, left out: 1"), HasSubstr("shared by area: 2")));
}

TEST_F(CrosswalkSentences, names_tell_where_and_boundaries_how_much) {
    put("flat.csv", "xa_cu,so_ho\nXã A,10\nXã B,7\nXã C,11\n");
    put("old2.geojson", collection({rectangle(R"("ten":"Xã B")", 107.1, 21, 0.2, 0.1)}));
    put("new2.geojson",
        collection({rectangle(R"("code":"06001","merged_from":"Xã A, một phần Xã B")", 107, 21, 0.25, 0.1),
                    rectangle(R"("code":"06002","merged_from":"Xã C, một phần Xã B")", 107.25, 21, 0.1, 0.1)}));
    const auto sources =
        carried({"flat.csv", "new2.geojson", "--old-units", "old2.geojson", "--old-id", "ten"}, "sources");
    EXPECT_THAT(sources.at("06001"), HasSubstr("Xã B 75.0% (estimated by area)"));
}

TEST_F(CrosswalkSentences, counts_are_split_so_that_totals_are_kept_exactly) {
    put("flat.csv", "xa_cu,so_ho,dien_tich\nXã A,1,0.1\nXã B,1,0.2\nXã C,1,0.3\n");
    const auto households = carried({"flat.csv", "new.csv", "--count", "dien_tich"}, "so_ho");
    EXPECT_EQ(std::stoi(households.at("06001")) + std::stoi(households.at("06002")), 3) << "largest remainder";
    expect_totals_kept();
}

TEST_F(CrosswalkSentences, rates_are_recomputed_from_numerator_and_denominator_never_averaged) {
    const auto rates =
        carried(with_rate({"data.csv", "new.csv", "--pairs", "pairs.csv", "--time", "nam"}), "ty_le", "unit");
    EXPECT_EQ(rates.at("06001"), "50") << "of 2022, the last row: 60 % of 4 of 60 % of 8, whatever the rounding";
    EXPECT_EQ(rates.at("06002"), "50");
    put("flat.csv", "xa_cu,ty_le,sdd,tre\nXã A,20,2,10\nXã B,,,5\nXã C,5,2,40\n");
    put("merged.csv", "from,to\nXã A,06001\nXã B,06001\nXã C,06001\n");
    EXPECT_EQ(carried(with_rate({"flat.csv", "new.csv", "--pairs", "merged.csv"}), "ty_le").at("06001"), "8")
        << "4 of 50, not the mean of 20 and 5; Xã B, which counted no stunted children, is in neither";
    EXPECT_EQ(column("out.csv", "unit", "tre").at("06001"), "55");
    EXPECT_THAT(text_of("out.csv"), HasSubstr("no value of sdd: Xã B"));
    const ProgramResult refused = run({"crosswalk", "flat.csv", "new.csv", "--pairs", "merged.csv", "-o", "o.csv"});
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("--rate \"ty_le=NUMERATOR/DENOMINATOR*100\""));
}

TEST_F(CrosswalkSentences, what_rests_on_an_assumption_is_marked_on_each_value) {
    const auto assumed = carried(with_rate({"data.csv", "new.csv", "--leave-out", "tre"}), "so_ho.assumed");
    EXPECT_EQ(assumed.at("06001"), "1") << "in 2022 all of it is the assumed half of Xã B";
    EXPECT_THAT(said(told["diagnostics"]), HasSubstr("values rest on assumed shares"));
}

TEST_F(CrosswalkSentences, each_pair_shows_its_source_and_can_be_corrected_and_the_correction_is_kept) {
    put("flat.csv", "xa_cu,so_ho\nXã A,10\nXã B,10\nXã C,11\n");
    const auto households =
        carried({"flat.csv", "new.csv", "--correct", "xã b=6001:0.9", "--write-pairs", "w.csv"}, "so_ho");
    EXPECT_EQ(households.at("06001"), "19");
    EXPECT_EQ(households.at("06002"), "12");
    EXPECT_THAT(text_of("w.csv"), AllOf(HasSubstr("Xã B,,06001,Xã X,0.9,corrected,the command line,true"),
                                        HasSubstr("Xã A,,06001,Xã X,1,names,new.csv,false")));
    EXPECT_EQ(carried({"flat.csv", "new.csv", "--pairs", "w.csv"}, "so_ho"), households) << "read again, it is kept";
    put("corrections.csv", "from,to,share,source\nXã B,06001,0.2,commune office\n");
    EXPECT_EQ(carried({"flat.csv", "new.csv", "--corrections", "corrections.csv"}, "so_ho").at("06001"), "12");
    const ProgramResult unknown = run({"crosswalk", "flat.csv", "new.csv", "-o", "o.csv", "--correct", "Xã Q=06001:1"});
    EXPECT_EQ(unknown.code, 3);
    EXPECT_THAT(unknown.err, HasSubstr("no unit “Xã Q”"));
}

TEST_F(CrosswalkSentences, the_other_direction_too) {
    put("new_data.csv", "code,dan\n6001,90\n6002,30\n");
    const auto people = carried({"new_data.csv", "new.geojson", "--old-units", "old.geojson", "--reverse"}, "dan");
    EXPECT_EQ(people.at("00001"), "60") << "two thirds of the land of 06001";
    EXPECT_EQ(people.at("00002"), "45") << "a third of 06001 and half of 06002";
    EXPECT_EQ(people.at("00003"), "15");
    expect_totals_kept();
    const auto listed = carried({"new_data.csv", "new.csv", "--reverse"}, "dan");
    EXPECT_EQ(std::stoi(listed.at("Xã A")) + std::stoi(listed.at("Xã B")) + std::stoi(listed.at("Xã C")), 120);
    EXPECT_EQ(told["assumed_units"], 2);
}

TEST_F(CrosswalkSentences, any_two_partitions_not_just_these) {
    put("provinces.csv", "from,to,share\nHà Nam,Ninh Bình,1\nNam Định,Ninh Bình,1\nNinh Bình,Ninh Bình,1\n");
    put("flat.csv", "tinh,dan\nHÀ NAM,1\nNam Định,2\nninh bình,3\n");
    put("units.csv", "name\nNinh Bình\n");
    EXPECT_EQ(carried({"flat.csv", "units.csv", "--pairs", "provinces.csv"}, "dan").at("Ninh Bình"), "6");
    // Onto itself everything stays as it is.
    EXPECT_EQ(carried({"old.geojson", "old.geojson"}, "dan").at("00002"), "50");
    EXPECT_EQ(told["assumed_units"], 0);
}

TEST_F(CrosswalkSentences, pairs_that_contradict_themselves_are_refused_with_who_says_what) {
    put("flat.csv", "xa_cu,so_ho\nXã A,10\n");
    put("bad.csv", "from,to,share,source\nXã A,06001,1,NQ 1679\nXã A,06002,0.6,the newspaper\n");
    const ProgramResult refused = run({"crosswalk", "flat.csv", "new.csv", "--pairs", "bad.csv", "-o", "out.csv"});
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("06001 100.0% (NQ 1679); 06002 60.0% (the newspaper)"));
    EXPECT_FALSE(exists("out.csv"));
    put("twice.csv", "from,to,share\nXã A,06001,0.7\nXã A,06001,0.7\nXã A,06002,0.3\n");
    EXPECT_EQ(carried({"flat.csv", "new.csv", "--pairs", "twice.csv"}, "so_ho").at("06001"), "7")
        << "said twice is not twice as much";
    EXPECT_THAT(said(told["diagnostics"]), HasSubstr("pairs that come more than once: 1: Xã A"));
}

TEST_F(CrosswalkSentences, units_that_are_unknown_or_go_nowhere_are_reported_with_their_totals) {
    put("flat.csv", "xa_cu,so_ho\nXã A,10\nXã D,5\n,3\nXã E,2\n");
    put("open.csv", "from,to,share\nXã A,06001,0.9\nXã E,,\n");
    EXPECT_EQ(carried({"flat.csv", "new.csv", "--pairs", "open.csv"}, "so_ho").at("06001"), "9");
    EXPECT_THAT(
        said(told["diagnostics"]),
        AllOf(HasSubstr("does not know, not carried: 1: Xã D"), HasSubstr("rows without a unit, not carried: 1: row 3"),
              HasSubstr("goes nowhere, not carried: 1: Xã E"), HasSubstr("11 of 20 could not be carried")));
    expect_totals_kept();
}

TEST_F(CrosswalkSentences, the_demo_s_nutrition_programme_reaches_the_map_through_it) {
    const std::string demo = DIABAN_SOURCE_DIR "/data/quang_ninh/demo.toml";
    const Json file = json({"info", demo})["files"][0];
    for (const Json& source : file["sources"])
        EXPECT_TRUE(source["opened"].get<bool>()) << source;
    EXPECT_THAT(said(file["diagnostics"]), HasSubstr("33 values rest on assumed shares"));
    const auto drawn = run({"render", demo, "-o", "n.png", "--layer", "nutrition", "--size", "400x300"});
    EXPECT_EQ(drawn.code, 0) << drawn.err;
    EXPECT_THAT(drawn.out, HasSubstr("54 features"));
}

}  // namespace
}  // namespace diaban
