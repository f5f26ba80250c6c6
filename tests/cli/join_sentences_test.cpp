// The sentences about joins, each tried with small odd files and the real program.
#include <gmock/gmock.h>

#include "sentences.h"

namespace diaban {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Eleven communes; two are called Hoà Bình, and two differ by a tone alone.
class JoinSentences : public Sentences {
protected:
    JoinSentences() {
        std::vector<std::string> features;
        const std::array<std::array<const char*, 3>, 11> units{{{"00070", "Thị trấn Bình Liêu", "Bình Liêu"},
                                                                {"06650", "Xã Hoà Bình", "Hạ Long"},
                                                                {"06651", "Xã Hoà Bình", "Móng Cái"},
                                                                {"06652", "Phường Móng Cái 1", "Móng Cái"},
                                                                {"06653", "Phường Móng Cái 2", "Móng Cái"},
                                                                {"06838", "Xã Thạnh An", "Vân Đồn"},
                                                                {"06839", "Xã Thanh An", "Vân Đồn"},
                                                                {"06840", "Đặc khu Cô Tô", "Cô Tô"},
                                                                {"06841", "Xã Ba Chẽ", "Ba Chẽ"},
                                                                {"06842", "Xã Quảng La", "Hạ Long"},
                                                                {"06843", "Phường Bãi Cháy", "Hạ Long"}}};
        for (const auto& [code, name, district] : units)
            features.push_back(rectangle(
                std::string(R"("code":")") + code + R"(","name":")" + name + R"(","district":")" + district + '"',
                107 + 0.1 * static_cast<double>(features.size()), 21, 0.1, 0.1));
        put("units.geojson", collection(features));
    }
    /// Joins and reads the report: the rule of each row (its state where there is none), by its key in words.
    [[nodiscard]] std::map<std::string, std::string> rules(std::vector<std::string> words) {
        words.insert(words.begin(), "join");
        words.insert(words.end(), {"-o", "out.csv", "--report", "report.csv"});
        summary = json(words);
        std::map<std::string, std::string> by_key;
        for (const auto& row : rows_of("report.csv"))
            if (row.at(2) != "no_row") by_key[row.at(1)] = row.at(3).empty() ? row.at(2) : row.at(3) + " " + row.at(4);
        return by_key;
    }
    Json summary;
};

TEST_F(JoinSentences, on_one_key_or_several_name_and_district) {
    put("t.csv", "Tên xã,Huyện,Số hộ\nHoà Bình,Hạ Long,1\nHoà Bình,TP. Móng Cái,2\n");
    const auto found = rules({"units.geojson", "t.csv"});
    EXPECT_EQ(found.at("Hoà Bình · Hạ Long"), "bare_name 06650");
    EXPECT_EQ(found.at("Hoà Bình · TP. Móng Cái"), "bare_name 06651");
    EXPECT_EQ(summary["keys"][0]["foreign_field"], "Tên xã") << "a district repeats, and is no key";
    EXPECT_EQ(summary["keys"][1]["role"], "parent");
}

TEST_F(JoinSentences, on_one_key_or_several_code_and_year) {
    put("t.csv", "ma_xa,nam,so_ho\n06650,2024,5\n06650,2025,6\n06651,2025,7\n");
    EXPECT_EQ(rules({"units.geojson", "t.csv"}).size(), 2U);
    EXPECT_EQ(summary["time_field"], "nam");
    EXPECT_EQ(column("out.csv", "code", "so_ho_2025").at("06650"), "6");
    EXPECT_EQ(column("out.csv", "code", "so_ho_2024").at("06651"), "");
}

TEST_F(JoinSentences, by_code_then_by_name_within_the_parent_unit_then_by_suggestion) {
    put("t.csv",
        "ma,ten,huyen,n\n6841,Xã Ba Chẽ,Ba Chẽ,1\n06842,Xã Quảng La,Hạ Long,1\n06840,Đặc khu Cô Tô,Cô Tô,1\n"
        "06838,Xã Thạnh An,Vân Đồn,1\n,Xã Hoà Bình,Hạ Long,2\n,Phường Bãi Chấy,Hạ Long,3\n");
    const auto found = rules({"units.geojson", "t.csv"});
    EXPECT_EQ(found.at("06841 · Xã Ba Chẽ · Ba Chẽ"), "code 06841") << "the lost zero is given back";
    EXPECT_EQ(found.at("Xã Hoà Bình · Hạ Long"), "name_in_parent 06650");
    EXPECT_EQ(found.at("Phường Bãi Chấy · Hạ Long"), "suggested");
}

TEST_F(JoinSentences, names_compare_as_people_mean_them) {
    const std::string decomposed = "Xa\u0303 Qua\u0309ng La";
    put("t.csv", "ten,n\nX. Ba Chẽ,1\n" + decomposed + ",2\nphường MÓNG CÁI-2,3\nP. Móng  Cái I,4\nTT Bình Liêu,5\n" +
                     "ĐK Cô Tô,6\nP.Bãi Cháy,7\nthạnh an,8\n");
    auto found = rules({"units.geojson", "t.csv"});
    EXPECT_EQ(found.at("X. Ba Chẽ"), "name 06841");
    EXPECT_EQ(found.at("Xã Quảng La"), "name 06842");
    EXPECT_EQ(found.at("phường MÓNG CÁI-2"), "name 06653");
    EXPECT_EQ(found.at("TT Bình Liêu"), "name 00070");
    EXPECT_EQ(found.at("ĐK Cô Tô"), "name 06840");
    EXPECT_EQ(found.at("P.Bãi Cháy"), "name 06843");
    EXPECT_EQ(found.at("thạnh an"), "bare_name 06838");
    EXPECT_EQ(summary["matched"], 8) << "the Roman numeral too";
    put("tones.csv", "ten,n\nXã Hòa Bình,1\nBa Chẽ,1\n");
    EXPECT_EQ(rules({"units.geojson", "tones.csv"}).at("Xã Hòa Bình"), "ambiguous")
        << "the tone mark's place is none of the difference; that two bear the name is";
}

TEST_F(JoinSentences, without_diacritics_only_as_a_suggestion) {
    put("t.csv", "ten,n\nxa ba che,1\nPHUONG BAI CHAY,2\ndac khu co to,3\n");
    const ProgramResult refused = run({"join", "units.geojson", "t.csv", "-o", "out.gpkg", "--report", "report.csv"});
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("3 suggested"));
    EXPECT_THAT(refused.err, HasSubstr("--accept"));
    EXPECT_FALSE(exists("out.gpkg"));
    EXPECT_THAT(text_of("report.csv"), HasSubstr("06841 Xã Ba Chẽ")) << "what waits for a yes has to be seen";
    (void)rules({"units.geojson", "t.csv", "--accept", "0.9"});
    EXPECT_EQ(summary["matched"], 3);
}

TEST_F(JoinSentences, suggestions_are_ranked_by_edit_distance_same_parent_same_kind) {
    put("t.csv", "ten,huyen,n\nXã Ba Chẽ,Ba Chẽ,0\nPhường Bãi Cháy,Hạ Long,0\nXã Hoà Bìn,Móng Cái,1\n");
    (void)rules({"units.geojson", "t.csv", "--name", "name=ten", "--parent", "district=huyen"});
    const std::string suggestions = rows_of("report.csv").at(2).at(6);
    EXPECT_THAT(suggestions, testing::StartsWith("06651 Xã Hoà Bình")) << "the one of its own district comes first";
    EXPECT_THAT(suggestions, HasSubstr("06650 Xã Hoà Bình"));
}

TEST_F(JoinSentences, a_name_alone_is_no_key_where_two_units_bear_it) {
    put("t.csv", "ten,n\nXã Hoà Bình,1\nXã Ba Chẽ,2\n");
    EXPECT_EQ(rules({"units.geojson", "t.csv"}).at("Xã Hoà Bình"), "ambiguous");
    EXPECT_THAT(said(summary["diagnostics"], "ambiguous_name"), HasSubstr("Xã Hoà Bình"));
    EXPECT_THAT(text_of("report.csv"), AllOf(HasSubstr("06650 Xã Hoà Bình"), HasSubstr("06651 Xã Hoà Bình")));
}

TEST_F(JoinSentences, what_was_confirmed_is_remembered) {
    put("t.csv", "ten,n\nXã Hoà Bình,1\nXã Ba Chẽ,2\nXã Quảng Là,3\n");
    put("decisions.csv", "row,feature\nXÃ  HOÀ BÌNH,06651\nXã Quảng Là,\nXã Ba Chẽ,99999\n");
    const auto found = rules({"units.geojson", "t.csv", "--decisions", "decisions.csv"});
    EXPECT_EQ(found.at("Xã Hoà Bình"), "confirmed 06651");
    EXPECT_EQ(summary["refused"], 1);
    EXPECT_THAT(said(summary["diagnostics"]), HasSubstr("was confirmed to be “99999”, which is not there any more"));
    put("wrong.csv", "key,unit\na,b\n");
    EXPECT_EQ(run({"join", "units.geojson", "t.csv", "-o", "o.csv", "--decisions", "wrong.csv"}).code, 3);
}

TEST_F(JoinSentences, a_match_report_matched_suggested_unmatched_on_either_side_duplicates_one_to_many) {
    put("t.csv", "ten,n\nXã Ba Chẽ,1\nX. Ba Chẽ,2\nBải Cháy,3\nKhông Có,4\nHoà Bình,5\n");
    (void)rules({"units.geojson", "t.csv"});
    EXPECT_EQ(summary["matched"], 1);
    EXPECT_EQ(summary["duplicate"], 1);
    EXPECT_EQ(summary["suggested"], 1);
    EXPECT_EQ(summary["unmatched"], 1);
    EXPECT_EQ(summary["ambiguous"], 1);
    EXPECT_EQ(summary["features_without_row"], 10);
    const ProgramResult words = run({"join", "units.geojson", "t.csv", "-o", "out.csv"});
    EXPECT_THAT(words.out, HasSubstr("out.csv: 1 of 5 rows matched: 1 by name; 1 suggested; 1 ambiguous; 1 unmatched; "
                                     "1 repeated; 10 features have no row."));
    EXPECT_EQ(column("out.csv", "code", "n").at("06841"), "1") << "the first of several rows counts";
}

TEST_F(JoinSentences, nothing_is_dropped_silently_the_counts_add_up_to_the_rows_read) {
    put("t.csv",
        "BẢNG TỔNG HỢP,,\nma,nam,n\n6650,2024,1\n06650,2024,2\n,2024,3\n99999,2024,4\n06651,,5\n06652,năm ngoái,6\n"
        "70,2025,7\nTổng,,28\n");
    (void)rules({"units.geojson", "t.csv", "--key", "code=ma", "--time", "nam"});
    int64_t sum = 0;
    for (const char* state :
         {"matched", "suggested", "ambiguous", "unmatched", "duplicate", "no_key", "no_time", "refused"})
        sum += summary[state].get<int64_t>();
    EXPECT_EQ(summary["rows"], 7);
    EXPECT_EQ(sum, 7);
    EXPECT_EQ(summary["no_time"], 2);
    EXPECT_THAT(said(summary["diagnostics"], "unreadable_value"), HasSubstr("empty (06651)"));
    std::size_t rows = 0;
    for (const auto& row : rows_of("report.csv"))
        rows += row.at(2) != "no_row";
    EXPECT_EQ(rows, 7U);
    EXPECT_THAT(said(summary["diagnostics"]), HasSubstr("1 row of totals was left out: Tổng"));
}

TEST_F(JoinSentences, a_table_that_has_nothing_to_do_with_the_boundaries_is_refused_with_a_reason) {
    put("t.csv", "mon,gia\nPhở,45\nBún,40\n");
    const ProgramResult guessed = run({"join", "units.geojson", "t.csv", "-o", "out.gpkg"});
    EXPECT_EQ(guessed.code, 3);
    EXPECT_THAT(guessed.err, HasSubstr("no columns of the two say the same"));
    const ProgramResult named = run({"join", "units.geojson", "t.csv", "--name", "name=mon", "-o", "out.gpkg"});
    EXPECT_EQ(named.code, 3);
    EXPECT_THAT(named.err, HasSubstr("0 of 2 rows matched"));
    EXPECT_FALSE(exists("out.gpkg"));
    EXPECT_THAT(run({"join", "units.geojson", "t.csv", "--name", "nam=mon", "-o", "out.gpkg"}).err,
                HasSubstr("Did you mean “name”?"));
    EXPECT_EQ(run({"join", "units.geojson", "t.csv", "--parent", "district=mon", "-o", "out.gpkg"}).code, 2);
}

}  // namespace
}  // namespace diaban
