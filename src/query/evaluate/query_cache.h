// What QueryCache remembers, each by what it depends on.
#pragma once

#include "query/answer.h"

namespace diaban {

struct QueryCache::Entries {};

}  // namespace diaban
