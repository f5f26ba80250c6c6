// Boundaries and a table as one dataset, to be written as a file: what `diaban join` makes.
#pragma once

#include "data/dataset.h"
#include "data/features.h"
#include "data/join/match_report.h"

namespace diaban {

/// How a table with several times becomes one with the boundaries.
enum class TimeLayout {
    wide,       ///< one row a feature, and a column for each time: "stunted_2021", "stunted_2025"
    long_form,  ///< one row for each feature and time, with the time in a column of its own
};

struct JoinedTables {
    DatasetPtr dataset;
    MatchReport report;
    Diagnostics diagnostics;  ///< of the join alone
};

/// The boundaries' features and columns, then the table's columns under their own names; where the boundaries have such
/// a name already (case aside), with the join's name and "_" before it, and a number behind it if even that is taken.
/// A key column that says the same as the boundaries' in every joined row is not repeated, nor is the time column in
/// wide form. Every feature is there, with nulls where the table has no row for it. In long form a feature without any
/// row has one of no time. Errors: as match_rows().
[[nodiscard]] Expected<JoinedTables> join_tables(const Dataset& boundaries, const JoinSpec& spec,
                                                 TimeLayout layout = TimeLayout::wide);

/// With more columns, a row for each feature: under their own names, or with the prefix, likewise.
[[nodiscard]] DatasetPtr with_columns(const Dataset& boundaries, const Features::Calculated& more);

}  // namespace diaban
