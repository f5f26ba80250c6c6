#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "data/join/match.h"
#include "data/join/names.h"
#include "decorated_names.h"
#include "files.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Texts = std::vector<std::string>;
using Integers = std::vector<int64_t>;

Column texts(const std::string& name, Texts values) {
    std::vector<uint8_t> present;
    for (const std::string& value : values)
        present.push_back(value.empty() ? 0 : 1);
    return Column(name, ColumnType::text, std::move(values), std::move(present));
}

DatasetPtr table(const std::string& name, std::vector<Column> columns) {
    auto dataset = std::make_shared<Dataset>();
    dataset->name = name;
    dataset->from.path = name + ".csv";
    const std::size_t rows = columns.empty() ? 0 : columns.front().size();
    dataset->table = Table(std::move(columns), rows);
    return dataset;
}

/// Units in two districts: Bắc Sơn is a ward in one and a commune in the other, Hải Hòa a commune in both.
DatasetPtr units() {
    return table(
        "units",
        {texts("code", {"06838", "06841", "06862", "07000", "07001", "07002"}),
         texts("name", {"Xã Bình Liêu", "Xã Hoành Mô", "Phường Bắc Sơn", "Xã Bắc Sơn", "Xã Hải Hòa", "Xã Hải Hòa"}),
         texts("district", {"Huyện Bình Liêu", "Huyện Bình Liêu", "Thành phố Uông Bí", "Huyện Ba Chẽ", "Huyện Tiên Yên",
                            "Thành phố Móng Cái"})});
}

JoinSpec by_name(DatasetPtr rows) {
    JoinSpec spec;
    spec.name = "rows";
    spec.table = std::move(rows);
    spec.key = "name";
    spec.foreign_key = "ten";
    spec.role = KeyRole::name;
    return spec;
}

MatchReport report_of(const Dataset& base, const JoinSpec& spec) {
    auto matched = match_rows(base, spec);
    if (!matched) throw std::runtime_error(to_text(matched.error()));
    return std::move(matched->report);
}

/// "matched name 06838", "ambiguous 07001 07002": state, rule, features or suggestions.
Texts lines_of(const MatchReport& report) {
    Texts lines;
    for (std::size_t row = 0; row < report.rows.size(); ++row) {
        std::string line = to_id(report.rows[row].state);
        if (report.rows[row].rule != MatchRule::none) line += " " + to_id(report.rows[row].rule);
        for (const uint32_t feature : report.key_of(row).features)
            line += " " + report.features[feature].id;
        for (const Suggestion& suggestion : report.key_of(row).suggestions)
            line += " " + report.features[suggestion.feature].id + "?";
        lines.push_back(line);
    }
    return lines;
}

void expect_to_add_up(const MatchReport& report, std::size_t rows) {
    std::size_t states = 0;
    for (const auto state : {MatchState::matched, MatchState::suggested, MatchState::ambiguous, MatchState::unmatched,
                             MatchState::duplicate, MatchState::no_key, MatchState::no_time, MatchState::refused})
        states += report.count(state);
    EXPECT_EQ(states, rows);
    EXPECT_EQ(report.rows.size(), rows);
    std::size_t rules = 0;
    for (const auto rule :
         {MatchRule::confirmed, MatchRule::code, MatchRule::name_in_parent, MatchRule::name, MatchRule::bare_name})
        rules += report.count(rule);
    EXPECT_EQ(rules, report.count(MatchState::matched));
}

TEST(JoinByName, takes_names_as_people_mean_them) {
    const auto rows = table("rows", {texts("ten", {"X. BÌNH LIÊU", "Hoành-Mô", "P. Bắc Sơn", "xã Bắc Sơn (mới)"})});
    EXPECT_THAT(
        lines_of(report_of(*units(), by_name(rows))),
        ElementsAre("matched name 06838", "matched bare_name 06841", "matched name 06862", "matched name 07000"));
}

TEST(JoinByName, never_takes_a_name_that_two_units_bear) {
    const auto rows = table("rows", {texts("ten", {"Bắc Sơn", "Xã Hải Hoà", "Phường Hải Hòa"})});
    EXPECT_THAT(lines_of(report_of(*units(), by_name(rows))),
                ElementsAre("ambiguous 06862? 07000?", "ambiguous 07001? 07002?", "suggested 07001? 07002?"));
}

TEST(JoinByName, finds_it_within_the_parent_unit) {
    const auto rows = table("rows", {texts("ten", {"Bắc Sơn", "Hải Hòa", "Xã Hải Hòa", "Xã Hải Hòa", "Xã Bình Liêu"}),
                                     texts("huyen", {"H. Ba Chẽ", "Móng Cái", "TX Móng Cái", "", "Huyện Ba Chẽ"})});
    JoinSpec spec = by_name(rows);
    spec.further = {{"district", "huyen", KeyRole::parent}};
    EXPECT_THAT(lines_of(report_of(*units(), spec)),
                ElementsAre("matched bare_name 07000", "matched bare_name 07002",
                            "duplicate name_in_parent 07002",  // the town has become a city: still the one there is
                            "ambiguous 07001? 07002?", "suggested 06838?"));
}

TEST(JoinByName, without_diacritics_or_with_another_kind_is_only_suggested) {
    const auto rows = table(
        "rows",
        {texts("ten", {"Binh Lieu", "Xa Hoanh Mo", "Phường Bình Liêu", "Bình Liệu", "Xã Hoàng Mô", "Xã Vạn Ninh"})});
    EXPECT_THAT(lines_of(report_of(*units(), by_name(rows))),
                ElementsAre("suggested 06838?", "suggested 06841?", "suggested 06838?", "suggested 06838?",
                            "suggested 06841?", "unmatched"));
    const auto matched = match_rows(*units(), by_name(rows));
    for (const int32_t row : matched->rows.front())
        EXPECT_EQ(row, -1);  // a suggestion is never applied by itself
}

TEST(JoinByName, without_diacritics_is_not_sure_where_they_alone_tell_two_units_apart) {
    const auto base = table(
        "units", {texts("code", {"a", "b", "c"}), texts("name", {"Xã Thanh An", "Xã Thạnh An", "Phường Cao Xanh"})});
    EXPECT_THAT(lines_of(report_of(*base, by_name(table("rows", {texts("ten", {"xa thanh an", "Cao Xanh"})})))),
                ElementsAre("suggested a? b?", "matched bare_name c"));
    // With its kind in full, or beside names that have theirs, it is what it says.
    EXPECT_THAT(lines_of(report_of(*base, by_name(table("rows", {texts("ten", {"X. Thanh An", "Xã Thạnh An"})})))),
                ElementsAre("matched name a", "matched name b"));
    EXPECT_THAT(lines_of(report_of(*base, by_name(table("rows", {texts("ten", {"Thanh An", "Cao Xanh"})})))),
                ElementsAre("suggested a? b?", "matched bare_name c"));
}

TEST(JoinByName, suggests_the_unit_that_a_longer_text_names) {
    const auto rows = table("rows", {texts("ten", {"Trạm y tế xã Bình Liêu", "UBND P. Bắc Sơn", "Trường mầm non"})});
    EXPECT_THAT(lines_of(report_of(*units(), by_name(rows))),
                ElementsAre("suggested 06838?", "suggested 06862? 07000?", "unmatched"));
}

TEST(JoinByName, ranks_suggestions_by_slips_then_parent_then_kind) {
    const auto base = table("units", {texts("code", {"a", "b", "c", "d"}),
                                      texts("name", {"Phường Tân Tiến", "Xã Tân Tiến", "Xã Tân Tiến", "Xã Tân Tiễu"}),
                                      texts("district", {"Hạ Long", "Hạ Long", "Ba Chẽ", "Hạ Long"})});
    const auto rows = table("rows", {texts("ten", {"Xã Tan Tien"}), texts("huyen", {"TP Hạ Long"})});
    JoinSpec spec = by_name(rows);
    spec.further = {{"district", "huyen", KeyRole::parent}};
    const MatchReport report = report_of(*base, spec);
    EXPECT_THAT(lines_of(report), ElementsAre("suggested b? a? d? c?"));
    const auto& suggestions = report.key_of(0).suggestions;
    EXPECT_DOUBLE_EQ(suggestions[0].score, 1.0);
    EXPECT_DOUBLE_EQ(suggestions[1].score, 0.9);          // another kind
    EXPECT_DOUBLE_EQ(suggestions[2].score, 1 - 1 / 7.0);  // one slip in seven letters
    EXPECT_DOUBLE_EQ(suggestions[3].score, 0.8);          // another parent
}

TEST(JoinByName, suggests_five_at_most_and_no_other_number) {
    Texts names, codes;
    for (int i = 1; i <= 9; ++i)
        names.push_back("Phường " + std::to_string(i)), names.push_back("Xã Tân Lập" + std::string(1, char('a' + i)));
    for (std::size_t i = 0; i < names.size(); ++i)
        codes.push_back("c" + std::to_string(i));
    const auto base = table("units", {texts("code", codes), texts("name", names)});
    const MatchReport report = report_of(*base, by_name(table("rows", {texts("ten", {"Phường 12", "Xã Tân Lập"})})));
    EXPECT_EQ(report.rows[0].state, MatchState::unmatched);
    EXPECT_EQ(report.key_of(1).suggestions.size(), 5U);
}

TEST(Join, tries_the_code_first_and_then_the_name) {
    const auto rows =
        table("rows", {Column("ma", ColumnType::integer, Integers{6838, 99999, 6862, 0, 7000}, {1, 1, 1, 0, 1}),
                       texts("ten", {"", "Xã Hoành Mô", "P. Bắc Sơn", "Xã Bắc Sơn", "Xã Vạn Yên"})});
    JoinSpec spec{.name = "rows", .table = rows, .key = "code", .foreign_key = "ma", .time_field = {}};
    spec.further = {{"name", "ten", KeyRole::name}};
    const auto matched = match_rows(*units(), spec);
    ASSERT_TRUE(matched);
    EXPECT_THAT(lines_of(matched->report), ElementsAre("matched code 06838", "matched name 06841", "matched code 06862",
                                                       "matched name 07000", "duplicate code 07000"));
    EXPECT_EQ(matched->report.key_of(0).words, "06838");
    EXPECT_EQ(matched->report.key_of(1).words, "99999 · Xã Hoành Mô");
    EXPECT_THAT(texts_of(matched->diagnostics),
                ElementsAre("rows.csv, layer rows, field ma: codes had lost their leading zeros: 6838 is taken as "
                            "06838.",
                            "rows.csv, layer rows, field ma: 2 features have no row in the joined table: Xã Hải Hòa.",
                            "rows.csv, layer rows, field ma: 1 row repeats a code: 07000 · Xã Vạn Yên.",
                            "rows.csv, layer rows, field ma: 1 row has the code of a feature of another name: 07000 · "
                            "Xã Vạn Yên is Xã Bắc Sơn."));
}

TEST(Join, on_several_codes_wants_all_of_them) {
    const auto base = table("units", {texts("province", {"22", "22", "24"}), texts("unit", {"1", "2", "1"})});
    const auto rows = table("rows", {texts("t", {"24", "22", "22", "25"}), texts("x", {"1", "2", "", "1"})});
    JoinSpec spec{.name = "rows", .table = rows, .key = "province", .foreign_key = "t", .time_field = {}};
    spec.further = {{"unit", "x", KeyRole::code}};
    EXPECT_THAT(report_of(*base, spec).rows[0].state, MatchState::matched);
    const auto matched = match_rows(*base, spec);
    EXPECT_THAT(matched->rows.front(), ElementsAre(-1, 1, 0));
    EXPECT_EQ(matched->report.rows[2].state, MatchState::no_key);
    EXPECT_EQ(matched->report.rows[3].state, MatchState::unmatched);
}

TEST(Join, wants_exact_pairs_to_agree_besides) {
    const auto base = table("units", {texts("code", {"a", "a"}), texts("year", {"2021", "2025"})});
    const auto rows =
        table("rows", {texts("code", {"a", "a"}), Column("y", ColumnType::integer, Integers{2025, 2030})});
    JoinSpec spec{.name = "rows", .table = rows, .key = "code", .foreign_key = "code", .time_field = {}};
    spec.further = {{"year", "y", KeyRole::exact}};
    const auto matched = match_rows(*base, spec);
    EXPECT_THAT(matched->rows.front(), ElementsAre(-1, 0));
    EXPECT_EQ(matched->report.rows[1].state, MatchState::unmatched);
}

TEST(Join, gives_several_features_of_one_code_the_row_and_says_so) {
    const auto base = table("units", {texts("code", {"a", "a", "b"})});
    const auto rows = table("rows", {texts("code", {"a", "b", "b", "b"})});
    const MatchReport report =
        report_of(*base, {.name = "rows", .table = rows, .key = "code", .foreign_key = "code", .time_field = {}});
    ASSERT_EQ(report.shared_keys.size(), 1U);
    EXPECT_THAT(report.keys[report.shared_keys[0]].features, ElementsAre(0, 1));
    ASSERT_EQ(report.repeated.size(), 1U);
    EXPECT_EQ(report.repeated[0].feature, 2U);
    EXPECT_THAT(report.repeated[0].rows, ElementsAre(1, 2, 3));
    EXPECT_EQ(summary(report), "2 of 4 rows matched: 2 by code; 2 repeated; 1 key is that of several features");
    EXPECT_EQ(report.features[0].id, "a #1");  // no two features have one id
    EXPECT_EQ(report.features[1].id, "a #2");
}

TEST(Join, gives_zeros_back_though_a_stray_word_stands_among_the_codes) {
    const auto rows = table("rows", {texts("ma", {"6838", "6841", "Tổng"})});
    EXPECT_THAT(lines_of(report_of(
                    *units(), {.name = "rows", .table = rows, .key = "code", .foreign_key = "ma", .time_field = {}})),
                ElementsAre("matched code 06838", "matched code 06841", "unmatched"));
}

TEST(Join, takes_a_spreadsheets_sign_for_text_off_a_code) {
    const auto rows = table("rows", {texts("ma", {"'06838", "'06862"})});
    const MatchReport report =
        report_of(*units(), {.name = "rows", .table = rows, .key = "code", .foreign_key = "ma", .time_field = {}});
    EXPECT_THAT(lines_of(report), ElementsAre("matched code 06838", "matched code 06862"));
}

TEST(Join, remembers_what_was_confirmed_and_refused_for_next_months_table) {
    const auto rows = table("rows", {texts("ten", {"Binh Lieu", "Xã Hải Hòa", "Hoanh Mo", "Binh Lieu"}),
                                     Column("nam", ColumnType::integer, Integers{2024, 2024, 2024, 2025})});
    JoinSpec spec = by_name(rows);
    spec.time_field = "nam";
    const MatchReport before = report_of(*units(), spec);
    EXPECT_EQ(before.count(MatchState::matched), 0U);
    remember(spec.confirmed, confirm(before, 0, 1));  // a slip, taken back at once
    remember(spec.confirmed, confirm(before, 0, before.key_of(0).suggestions.front().feature));
    remember(spec.confirmed, confirm(before, 1, 5));
    remember(spec.confirmed, refuse(before, 2));
    EXPECT_THAT(spec.confirmed, ElementsAre(ConfirmedMatch{"Binh Lieu", "06838"}, ConfirmedMatch{"Xã Hải Hòa", "07002"},
                                            ConfirmedMatch{"Hoanh Mo", ""}));
    EXPECT_THAT(lines_of(report_of(*units(), spec)), ElementsAre("matched confirmed 06838", "matched confirmed 07002",
                                                                 "refused confirmed", "matched confirmed 06838"));

    spec.table = table("rows", {texts("ten", {"xã Hải Hoà", "BINH  LIEU"})});
    spec.time_field.clear();
    EXPECT_THAT(lines_of(report_of(*units(), spec)), ElementsAre("matched confirmed 07002", "matched confirmed 06838"));
}

TEST(Join, says_when_a_confirmed_feature_is_gone) {
    JoinSpec spec = by_name(table("rows", {texts("ten", {"Xã Bình Liêu"})}));
    spec.confirmed = {{"Xã Bình Liêu", "11111"}};
    const auto matched = match_rows(*units(), spec);
    EXPECT_EQ(lines_of(matched->report).front(), "matched name 06838");
    EXPECT_EQ(to_text(matched->diagnostics.front()),
              "rows.csv, layer rows, field ten: “Xã Bình Liêu” was confirmed to be “11111”, which is not there any "
              "more.");
}

TEST(MatchReport, is_summed_up_in_a_sentence_and_written_as_csv) {
    const auto rows = table("rows", {texts("ma", {"06838", "", "", "", "06838", "", "x"}),
                                     texts("ten", {"", "Hoành Mô", "Binh, Lieu", "Bắc Sơn", "", "", "Vạn Ninh"})});
    JoinSpec spec{.name = "rows", .table = rows, .key = "code", .foreign_key = "ma", .time_field = {}};
    spec.further = {{"name", "ten", KeyRole::name}};
    const MatchReport report = report_of(*units(), spec);
    expect_to_add_up(report, 7);
    EXPECT_EQ(summary(report),
              "2 of 7 rows matched: 1 by code, 1 by name without its kind; 1 suggested; 1 ambiguous; 1 unmatched; 1 "
              "repeated; 1 without a key; 4 features have no row");
    EXPECT_EQ(to_csv(report),
              "row,key,state,rule,feature,name,suggestions\n"
              "1,06838,matched,code,06838,Xã Bình Liêu,\n"
              "2,Hoành Mô,matched,bare_name,06841,Xã Hoành Mô,\n"
              "3,\"Binh, Lieu\",suggested,,,,06838 Xã Bình Liêu (0.98)\n"
              "4,Bắc Sơn,ambiguous,,,,06862 Phường Bắc Sơn (0.98); 07000 Xã Bắc Sơn (0.98)\n"
              "5,06838,duplicate,code,06838,Xã Bình Liêu,\n"
              "6,,no_key,,,,\n"
              "7,x · Vạn Ninh,unmatched,,,,\n"
              ",,no_row,,06862,Phường Bắc Sơn,\n"
              ",,no_row,,07000,Xã Bắc Sơn,\n"
              ",,no_row,,07001,Xã Hải Hòa,\n"
              ",,no_row,,07002,Xã Hải Hòa,\n");
}

TEST(MatchReport, of_no_rows_and_of_no_features_adds_up_too) {
    const auto nothing = table("rows", {texts("ten", {})});
    const MatchReport report = report_of(*units(), by_name(nothing));
    EXPECT_EQ(summary(report), "0 of 0 rows matched; 6 features have no row");
    const auto no_units = table("units", {texts("name", {})});
    const MatchReport lonely = report_of(*no_units, by_name(table("rows", {texts("ten", {"Bình Liêu"})})));
    EXPECT_EQ(summary(lonely), "0 of 1 row matched; 1 unmatched");
    expect_to_add_up(lonely, 1);
}

TEST(MatchReport, is_kept_by_the_features) {
    Features features(units());
    ASSERT_TRUE(features.join(by_name(table("rows", {texts("ten", {"Bình Liêu", "Bắc Sơn"})}))));
    ASSERT_EQ(features.join_count(), 1U);
    EXPECT_EQ(features.join_spec(0).name, "rows");
    EXPECT_EQ(features.match_report(0).count(MatchState::ambiguous), 1U);
    ASSERT_NE(features.match_report("rows"), nullptr);
    EXPECT_EQ(features.match_report("rows")->count(MatchRule::bare_name), 1U);
    EXPECT_EQ(features.match_report("others"), nullptr);
}

TEST(MatchReport, adds_up_for_random_tables) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto base = units();
    const Texts codes{"06838", "6841", "06862", "1", "", "x"};
    const Texts names{"Bình Liêu", "Binh Lieu", "Bắc Sơn", "X. Hải Hòa", "", "Vạn Ninh", "P Bắc Sơn"};
    for (int round = 0; round < 200; ++round) {
        Texts code, name;
        Integers year;
        std::vector<uint8_t> has_year;
        for (std::size_t row = random() % 30; row > 0; --row) {
            code.push_back(codes[random() % codes.size()]);
            name.push_back(names[random() % names.size()]);
            year.push_back(2020 + static_cast<int64_t>(random() % 3));
            has_year.push_back(random() % 5 > 0);
        }
        const std::size_t count = code.size();
        if (count > 0) has_year[0] = 1;  // a column without any time is refused
        const auto rows =
            table("rows", {texts("ma", code), texts("ten", name), Column("nam", ColumnType::integer, year, has_year)});
        JoinSpec spec{.name = "rows", .table = rows, .key = "code", .foreign_key = "ma", .time_field = {}};
        if (random() % 2) spec.time_field = "nam";
        if (random() % 2) spec.further = {{"name", "ten", KeyRole::name}};
        if (random() % 2) spec.confirmed = {{"x", ""}, {"1 · Vạn Ninh", "07000"}};
        const auto matched = match_rows(*base, spec);
        ASSERT_TRUE(matched);
        expect_to_add_up(matched->report, count);
        std::set<int32_t> joined;
        for (const auto& of_time : matched->rows)
            for (const int32_t row : of_time)
                if (row >= 0) joined.insert(row);
        EXPECT_EQ(joined.size(), matched->report.count(MatchState::matched));
        std::set<std::size_t> with_row;
        for (const auto& of_time : matched->rows)
            for (std::size_t feature = 0; feature < of_time.size(); ++feature)
                if (of_time[feature] >= 0) with_row.insert(feature);
        EXPECT_EQ(with_row.size() + matched->report.features_without_row.size(), base->size());
    }
}

TEST(JoinByName, finds_all_171_old_units_however_they_are_written) {
    const std::filesystem::path file = DIABAN_SOURCE_DIR "/../shared/data/quang_ninh_old_units.csv";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
    const auto old_units = read_one(file);
    std::set<std::string> distinct;
    for (std::size_t row = 0; row < old_units->size(); ++row)
        distinct.insert(old_units->table.find("old_full_name")->text(row));
    const Texts names(distinct.begin(), distinct.end());
    ASSERT_EQ(names.size(), 171U);
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Texts written, bare;
    for (const std::string& name : names) {
        written.push_back(decorated(name, random));
        bare.push_back(name.substr(name.find(name.starts_with("Thị trấn") ? "trấn " : " ") +
                                   (name.starts_with("Thị trấn") ? std::string("trấn ").size() : 1)));
    }
    const auto base = table("old", {texts("name", names)});
    const auto matched = match_rows(*base, by_name(table("rows", {texts("ten", written)})));
    EXPECT_EQ(summary(matched->report), "171 of 171 rows matched: 171 by name");
    for (std::size_t i = 0; i < names.size(); ++i)
        EXPECT_EQ(matched->rows.front()[i], static_cast<int32_t>(i));

    // Without their kinds, Bắc Sơn, Hải Hòa, Thanh Sơn and Đầm Hà are two units each: found by sorting the file.
    const MatchReport report = report_of(*base, by_name(table("rows", {texts("ten", bare)})));
    EXPECT_EQ(report.count(MatchState::ambiguous), 8U);
    EXPECT_EQ(report.count(MatchRule::bare_name), 163U);
    std::set<std::string> ambiguous;
    for (std::size_t row = 0; row < bare.size(); ++row)
        if (report.rows[row].state == MatchState::ambiguous) ambiguous.insert(bare[row]);
    EXPECT_THAT(ambiguous, ElementsAre("Bắc Sơn", "Hải Hòa", "Thanh Sơn", "Đầm Hà"));

    // The list as it stands names 12 of them in several mergers: there the name is that of several rows.
    JoinSpec spec = by_name(table("rows", {texts("ten", names)}));
    spec.key = "old_full_name";
    const MatchReport of_list = report_of(*old_units, spec);
    EXPECT_EQ(of_list.count(MatchState::ambiguous), 12U);
    EXPECT_EQ(of_list.count(MatchRule::name), 159U);
}

}  // namespace
}  // namespace diaban
