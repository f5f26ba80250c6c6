// A dataset's import report is shared and never changed: what adds to it makes another one.
#pragma once

#include <memory>
#include <utility>

#include "data/dataset.h"

namespace diaban {

/// `change` gets a copy of the dataset's report, or an empty one.
template <class Change>
void amend_report(Dataset& dataset, const Change& change) {
    ImportReport report = dataset.import ? *dataset.import : ImportReport();
    change(report);
    dataset.import = std::make_shared<const ImportReport>(std::move(report));
}

}  // namespace diaban
