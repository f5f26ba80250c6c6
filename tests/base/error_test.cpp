#include "base/error.h"

#include <gtest/gtest.h>

#include "base/diagnostic.h"
#include "base/units.h"

namespace diaban {
namespace {

TEST(Error, says_where_what_and_what_to_do) {
    const Error error{ErrorKind::bad_input,
                      "the layer has no features",
                      {"communes.gpkg", "communes", "", 3},
                      "Choose another layer."};
    EXPECT_EQ(to_text(error), "communes.gpkg, layer communes, row 3: the layer has no features. Choose another layer.");
}

TEST(Error, without_a_place_is_the_sentence_alone) {
    EXPECT_EQ(to_text(Error{ErrorKind::failure, "no display", {}, {}}), "no display.");
}

TEST(Error, kinds_have_the_documented_exit_codes) {
    EXPECT_EQ(exit_code(ErrorKind::wrong_usage), 2);
    EXPECT_EQ(exit_code(ErrorKind::bad_input), 3);
    EXPECT_EQ(exit_code(ErrorKind::failure), 4);
}

TEST(Check, throws_in_every_build) {
    EXPECT_THROW(DIABAN_CHECK(1 + 1 == 3), std::logic_error);
    EXPECT_NO_THROW(DIABAN_CHECK(1 + 1 == 2));
}

TEST(Diagnostic, is_a_sentence_with_its_place_first) {
    const Diagnostic d{
        DiagnosticKind::unmatched_feature, Severity::warning, {"", "communes", "", {}}, 2, "Hà Tu; Cô Tô"};
    EXPECT_EQ(to_text(d), "layer communes: 2 features have no row in the joined table: Hà Tu; Cô Tô.");
}

TEST(Diagnostic, counts_one_in_the_singular) {
    const Diagnostic d{DiagnosticKind::invalid_ring, Severity::warning, {}, 1, ""};
    EXPECT_EQ(to_text(d), "1 feature has an invalid ring.");
}

TEST(Diagnostics, are_exported_as_csv_with_quotes_where_needed) {
    const Diagnostics list{{DiagnosticKind::other, Severity::error, {"a,b.csv", "", "x", 7}, 1, "say \"no\""}};
    EXPECT_EQ(to_csv(list),
              "severity,kind,file,layer,field,row,count,detail\nerror,other,\"a,b.csv\",,x,7,1,\"say \"\"no\"\"\"\n");
    EXPECT_EQ(to_csv({}), "severity,kind,file,layer,field,row,count,detail\n");
}

TEST(Units, only_do_arithmetic_that_means_something) {
    EXPECT_EQ(Metres(3) + Metres(4), Metres(7));
    EXPECT_DOUBLE_EQ(Metres(5000) / Metres(1000), 5);
    EXPECT_DOUBLE_EQ(kilometres(Metres(1500)), 1.5);
    EXPECT_DOUBLE_EQ(square_kilometres(SquareMetres(2e6)), 2);
    EXPECT_LT(Metres(1), Metres(2));
}

}  // namespace
}  // namespace diaban
