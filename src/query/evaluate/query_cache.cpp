#include "query/evaluate/query_cache.h"

namespace diaban {

QueryCache::QueryCache() : entries_(std::make_unique<Entries>()) {}
QueryCache::~QueryCache() = default;

}  // namespace diaban
