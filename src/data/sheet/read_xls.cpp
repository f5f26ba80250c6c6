// XLS (BIFF), through FreeXL, which GDAL reads it with too: asked directly it tells each cell's own type.
#include <fmt/format.h>
#include <freexl.h>

#include <memory>

#include "base/i18n.h"
#include "data/sheet/dates.h"
#include "data/sheet/workbook.h"

namespace diaban {

namespace {

struct CloseWorkbook {
    void operator()(const void* handle) const { freexl_close(handle); }
};
using Workbook = std::unique_ptr<const void, CloseWorkbook>;

Cell cell_of(const FreeXL_CellValue& value) {
    switch (value.type) {
        case FREEXL_CELL_INT:
            return number_cell(value.value.int_value);
        case FREEXL_CELL_DOUBLE:
            return number_cell(value.value.double_value);
        case FREEXL_CELL_DATE:
        case FREEXL_CELL_DATETIME:
            if (const auto moment = parse_iso_date(value.value.text_value))
                return moment->milliseconds ? date_time_cell(moment->days * milliseconds_a_day + *moment->milliseconds)
                                            : date_cell(moment->days);
            [[fallthrough]];
        case FREEXL_CELL_TEXT:
        case FREEXL_CELL_SST_TEXT:
        case FREEXL_CELL_TIME:
            return text_cell(value.value.text_value ? value.value.text_value : "");
        default:
            return {};
    }
}

}  // namespace

Expected<std::vector<Sheet>> read_xls(const std::string& path, Progress& progress) {
    const auto damaged = [&] {
        return fail(ErrorKind::bad_input, tr("the file is damaged or incomplete"),
                    {.file = path, .layer = {}, .field = {}, .row = {}},
                    tr("Get the file again, or export it anew from the program that made it."));
    };
    const void* raw = nullptr;
    const int opened = freexl_open(path.c_str(), &raw);
    const Workbook book(raw);
    if (opened != FREEXL_OK) return damaged();
    unsigned int count = 0;
    if (freexl_get_info(book.get(), FREEXL_BIFF_SHEET_COUNT, &count) != FREEXL_OK) return damaged();
    std::vector<Sheet> sheets;
    Room room;
    for (unsigned short index = 0; index < count; ++index) {
        const char* name = nullptr;
        unsigned int rows = 0;
        unsigned short columns = 0;
        Sheet sheet;
        sheet.format = "XLS";
        if (freexl_get_worksheet_name(book.get(), index, &name) == FREEXL_OK && name) sheet.name = name;
        if (freexl_select_active_worksheet(book.get(), index) != FREEXL_OK ||
            freexl_worksheet_dimensions(book.get(), &rows, &columns) != FREEXL_OK)
            return damaged();
        for (unsigned int row = 0; row < rows; ++row) {
            if (row % 1024 == 0 && progress.cancelled()) return tl::make_unexpected(cancelled_error());
            for (unsigned short column = 0; column < columns; ++column) {
                FreeXL_CellValue value{};
                if (freexl_get_cell_value(book.get(), row, column, &value) != FREEXL_OK) continue;
                room.count_written();
                room.put(sheet, row, column, cell_of(value));
            }
        }
        if (const auto fits = room.check({.file = path, .layer = {}, .field = {}, .row = {}}); !fits)
            return tl::make_unexpected(fits.error());
        trim_sheet(sheet);
        sheets.push_back(std::move(sheet));
    }
    return sheets;
}

}  // namespace diaban
