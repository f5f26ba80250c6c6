#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/child.h"

/// As BENCHMARK_MAIN, but that each row takes a second at least: a 99th percentile wants many frames.
int main(int argc, char** argv) {
    if (const auto code = diaban::bench::child_main(argc, argv)) return *code;
    std::string shortest = "--benchmark_min_time=1";
    std::vector<char*> arguments{argv[0], shortest.data()};
    arguments.insert(arguments.end(), argv + 1, argv + argc);
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
