#include "data/sheet/dates.h"

#include <charconv>
#include <chrono>

namespace diaban {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Reads from the front of a text.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    /// A whole number of between `least` and `most` digits.
    std::optional<int> number(std::size_t least, std::size_t most) {
        std::size_t count = 0;
        while (count < text_.size() && is_digit(text_[count]))
            ++count;
        if (count < least || count > most) return {};
        int value = 0;
        std::from_chars(text_.data(), text_.data() + count, value);
        text_.remove_prefix(count);
        return value;
    }
    bool take(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    char take_any() {
        const char c = text_.empty() ? '\0' : text_.front();
        if (!text_.empty()) text_.remove_prefix(1);
        return c;
    }
    void skip_blanks() {
        while (take(' ')) {
        }
    }
    [[nodiscard]] bool done() const { return text_.empty(); }
    [[nodiscard]] char front() const { return text_.empty() ? '\0' : text_.front(); }

private:
    std::string_view text_;
};

std::optional<int64_t> days_of(int year, int month, int day) {
    const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day)));
    if (!date.ok()) return {};
    return std::chrono::sys_days(date).time_since_epoch().count();
}

/// "08:30", "08:30:15.250Z", "08:30:15+07:00"; false when it is no time.
bool read_time(Reader& reader, Moment& moment) {
    const auto hour = reader.number(1, 2);
    if (!hour || *hour > 23 || !reader.take(':')) return false;
    const auto minute = reader.number(2, 2);
    if (!minute || *minute > 59) return false;
    int64_t milliseconds = (*hour * 60 + *minute) * 60000LL;
    if (reader.take(':')) {
        const auto second = reader.number(2, 2);
        if (!second || *second > 59) return false;
        milliseconds += *second * 1000LL;
        if (reader.take('.')) {
            int64_t unit = 100;
            if (!is_digit(reader.front())) return false;
            for (; is_digit(reader.front()); unit /= 10)
                milliseconds += (reader.take_any() - '0') * unit;
        }
    }
    if (reader.front() == '+' || reader.front() == '-') {
        const int64_t sign = reader.take_any() == '+' ? -1 : 1;
        const auto hours = reader.number(2, 2);
        reader.take(':');
        const auto minutes = reader.number(2, 2);
        if (!hours || !minutes || *hours > 15 || *minutes > 59) return false;
        milliseconds += sign * (*hours * 60 + *minutes) * 60000LL;
    } else {
        reader.take('Z');
    }
    moment.milliseconds = milliseconds;
    return reader.done();
}

/// Behind the date: nothing, or a time.
std::optional<Moment> with_time(Reader& reader, std::optional<int64_t> days) {
    if (!days) return {};
    Moment moment{*days, {}};
    if (reader.done()) return moment;
    if (!reader.take('T') && !reader.take(' ')) return {};
    reader.skip_blanks();
    if (reader.done()) return moment;
    return read_time(reader, moment) ? std::optional<Moment>(moment) : std::nullopt;
}

}  // namespace

std::optional<Moment> parse_iso_date(std::string_view text) {
    Reader reader(text);
    const auto year = reader.number(4, 4);
    const char separator = reader.take_any();
    if (!year || (separator != '-' && separator != '/')) return {};
    const auto month = reader.number(1, 2);
    if (!month || !reader.take(separator)) return {};
    const auto day = reader.number(1, 2);
    if (!day) return {};
    return with_time(reader, days_of(*year, *month, *day));
}

std::optional<Moment> parse_date(std::string_view text, DateOrder order) {
    Reader reader(text);
    const auto first = reader.number(1, 2);
    const char separator = reader.take_any();
    if (!first || (separator != '/' && separator != '-' && separator != '.')) return {};
    const auto second = reader.number(1, 2);
    if (!second || !reader.take(separator)) return {};
    const auto year = reader.number(4, 4);
    if (!year) return {};
    const bool day_first = order == DateOrder::day_first;
    return with_time(reader, days_of(*year, day_first ? *second : *first, day_first ? *first : *second));
}

}  // namespace diaban
