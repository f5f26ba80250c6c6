// What has to be looked at in which rows: things sorted, in their order, into runs of rows of one height.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace diaban {

class RowBins {
public:
    static constexpr int height = 32;

    /// `rows(i)` gives {first, last}, both included, of thing i; last < first or rows outside: nowhere.
    template <class Rows>
    void build(std::size_t count, int all_rows, const Rows& rows) {
        const std::size_t bins = static_cast<std::size_t>((all_rows + height - 1) / height);
        offsets_.assign(bins + 1, 0);
        const auto each = [&](const auto& use) {
            for (std::size_t i = 0; i < count; ++i) {
                const auto [first, last] = rows(i);
                if (last < 0 || first >= all_rows || last < first) continue;
                const int end = std::min(last, all_rows - 1) / height;
                for (int bin = std::max(first, 0) / height; bin <= end; ++bin)
                    use(static_cast<std::size_t>(bin), static_cast<uint32_t>(i));
            }
        };
        each([&](std::size_t bin, uint32_t) { ++offsets_[bin + 1]; });
        for (std::size_t bin = 0; bin < bins; ++bin)
            offsets_[bin + 1] += offsets_[bin];
        things_.resize(offsets_.back());
        std::vector<uint32_t> next(offsets_.begin(), offsets_.end() - 1);
        each([&](std::size_t bin, uint32_t i) { things_[next[bin]++] = i; });
    }

    [[nodiscard]] std::span<const uint32_t> of(int bin) const {
        const auto b = static_cast<std::size_t>(bin);
        return {things_.data() + offsets_[b], things_.data() + offsets_[b + 1]};
    }

    /// Calls use(bin, first, last) for each bin's share of the rows [first, last).
    template <class Use>
    static void each_bin(int first, int last, const Use& use) {
        for (int row = first; row < last;) {
            const int bin = row / height;
            const int end = std::min(last, (bin + 1) * height);
            use(bin, row, end);
            row = end;
        }
    }

private:
    std::vector<uint32_t> things_;
    std::vector<uint32_t> offsets_;  ///< cuts things_
};

}  // namespace diaban
