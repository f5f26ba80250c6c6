// The icons that we use, as UTF-8 text of Material Design Icons 1.x (the font that Debian packages); the comment is the
// icon's published name where ours differs. Only these glyphs are loaded (see theme.cpp); a test checks that the font
// has each.
#pragma once

#include <array>

namespace diaban::ui::icon {

inline constexpr const char* account_location = "\uF00C";
inline constexpr const char* alert = "\uF026";
inline constexpr const char* alert_circle = "\uF028";
inline constexpr const char* arrow_down = "\uF045";
inline constexpr const char* arrow_expand_all = "\uF04C";
inline constexpr const char* arrow_left = "\uF04D";
inline constexpr const char* arrow_right = "\uF054";
inline constexpr const char* arrow_up = "\uF05D";
inline constexpr const char* border_color = "\uF0C9";
inline constexpr const char* brightness_6 = "\uF0DF";
inline constexpr const char* calendar = "\uF0ED";
inline constexpr const char* camera = "\uF100";
inline constexpr const char* chart_bar = "\uF128";
inline constexpr const char* check = "\uF12C";
inline constexpr const char* checkbox_blank_circle_outline = "\uF130";
inline constexpr const char* chevron_down = "\uF140";
inline constexpr const char* chevron_left = "\uF141";
inline constexpr const char* chevron_right = "\uF142";
inline constexpr const char* chevron_up = "\uF143";
inline constexpr const char* close = "\uF156";
inline constexpr const char* close_circle = "\uF159";
inline constexpr const char* comment_text_outline = "\uF189";
inline constexpr const char* compass_outline = "\uF18C";
inline constexpr const char* copy = "\uF18F";       // content-copy
inline constexpr const char* save = "\uF193";       // content-save
inline constexpr const char* duplicate = "\uF191";  // content-duplicate
inline constexpr const char* zoom_to = "\uF19F";    // crop-free
inline constexpr const char* crosshairs_gps = "\uF1A4";
inline constexpr const char* cursor = "\uF1B5";  // cursor-default-outline
inline constexpr const char* cursor_move = "\uF1B6";
inline constexpr const char* remove = "\uF1C0";  // delete
inline constexpr const char* more = "\uF1D9";    // dots-vertical
inline constexpr const char* download = "\uF1DA";
inline constexpr const char* drag = "\uF1DB";
inline constexpr const char* drag_vertical = "\uF1DD";
inline constexpr const char* eye = "\uF208";
inline constexpr const char* eye_off = "\uF209";
inline constexpr const char* export_file = "\uF207";  // export
inline constexpr const char* file_document = "\uF219";
inline constexpr const char* file_outline = "\uF224";
inline constexpr const char* file_chart = "\uF215";
inline constexpr const char* filter = "\uF232";
inline constexpr const char* filter_outline = "\uF233";
inline constexpr const char* filter_remove = "\uF234";
inline constexpr const char* flag_triangle = "\uF23F";
inline constexpr const char* folder = "\uF24B";
inline constexpr const char* folder_outline = "\uF256";
inline constexpr const char* folder_plus = "\uF257";
inline constexpr const char* folder_upload = "\uF259";
inline constexpr const char* format_bold = "\uF264";
inline constexpr const char* format_italic = "\uF277";
inline constexpr const char* format_list_numbers = "\uF27B";
inline constexpr const char* format_text = "\uF284";
inline constexpr const char* fullscreen = "\uF293";
inline constexpr const char* fullscreen_exit = "\uF294";
inline constexpr const char* harddisk = "\uF2CA";
inline constexpr const char* help_circle_outline = "\uF625";
inline constexpr const char* history = "\uF2DA";
inline constexpr const char* home = "\uF2DC";
inline constexpr const char* image = "\uF2E9";
inline constexpr const char* image_area = "\uF2EB";
inline constexpr const char* information_filled = "\uF2FC";  // information
inline constexpr const char* information = "\uF2FD";         // information-outline
inline constexpr const char* invert_colors = "\uF301";
inline constexpr const char* keyboard = "\uF30C";
inline constexpr const char* label_outline = "\uF316";
inline constexpr const char* layers = "\uF328";
inline constexpr const char* layers_off = "\uF329";
inline constexpr const char* lock_outline = "\uF341";
inline constexpr const char* search = "\uF349";  // magnify
inline constexpr const char* magnify_minus = "\uF34A";
inline constexpr const char* magnify_plus = "\uF34B";
inline constexpr const char* map = "\uF34D";
inline constexpr const char* map_marker = "\uF34E";
inline constexpr const char* menu = "\uF35C";
inline constexpr const char* minus = "\uF374";
inline constexpr const char* open_in_app = "\uF3CB";
inline constexpr const char* palette = "\uF3D8";
inline constexpr const char* pencil = "\uF3EB";
inline constexpr const char* play = "\uF40A";
inline constexpr const char* plus = "\uF415";
inline constexpr const char* poll = "\uF41F";
inline constexpr const char* presentation = "\uF428";
inline constexpr const char* printer = "\uF42A";
inline constexpr const char* radiobox_blank = "\uF43D";
inline constexpr const char* redo = "\uF44E";
inline constexpr const char* refresh = "\uF450";
inline constexpr const char* ruler = "\uF46D";
inline constexpr const char* scale_balance = "\uF5D1";
inline constexpr const char* select = "\uF485";
inline constexpr const char* select_off = "\uF488";
inline constexpr const char* draw_polygon = "\uF65E";  // shape-polygon-plus
inline constexpr const char* settings = "\uF493";
inline constexpr const char* swap_vertical = "\uF4E2";
inline constexpr const char* table = "\uF4EB";
inline constexpr const char* table_large = "\uF4F1";
inline constexpr const char* target = "\uF4FE";
inline constexpr const char* texture = "\uF50C";
inline constexpr const char* theme_light_dark = "\uF50E";
inline constexpr const char* undo = "\uF54C";
inline constexpr const char* vector_circle = "\uF556";
inline constexpr const char* vector_polygon = "\uF560";
inline constexpr const char* lasso = "\uF562";  // vector-selection
inline constexpr const char* view_dashboard = "\uF56E";
inline constexpr const char* view_list = "\uF572";
inline constexpr const char* window_close = "\uF5AD";

inline constexpr std::array<const char*, 106> all = {account_location,
                                                     alert,
                                                     alert_circle,
                                                     arrow_down,
                                                     arrow_expand_all,
                                                     arrow_left,
                                                     arrow_right,
                                                     arrow_up,
                                                     border_color,
                                                     brightness_6,
                                                     calendar,
                                                     camera,
                                                     chart_bar,
                                                     check,
                                                     checkbox_blank_circle_outline,
                                                     chevron_down,
                                                     chevron_left,
                                                     chevron_right,
                                                     chevron_up,
                                                     close,
                                                     close_circle,
                                                     comment_text_outline,
                                                     compass_outline,
                                                     copy,
                                                     save,
                                                     duplicate,
                                                     zoom_to,
                                                     crosshairs_gps,
                                                     cursor,
                                                     cursor_move,
                                                     remove,
                                                     more,
                                                     download,
                                                     drag,
                                                     drag_vertical,
                                                     eye,
                                                     eye_off,
                                                     export_file,
                                                     file_document,
                                                     file_outline,
                                                     file_chart,
                                                     filter,
                                                     filter_outline,
                                                     filter_remove,
                                                     flag_triangle,
                                                     folder,
                                                     folder_outline,
                                                     folder_plus,
                                                     folder_upload,
                                                     format_bold,
                                                     format_italic,
                                                     format_list_numbers,
                                                     format_text,
                                                     fullscreen,
                                                     fullscreen_exit,
                                                     harddisk,
                                                     help_circle_outline,
                                                     history,
                                                     home,
                                                     image,
                                                     image_area,
                                                     information_filled,
                                                     information,
                                                     invert_colors,
                                                     keyboard,
                                                     label_outline,
                                                     layers,
                                                     layers_off,
                                                     lock_outline,
                                                     search,
                                                     magnify_minus,
                                                     magnify_plus,
                                                     map,
                                                     map_marker,
                                                     menu,
                                                     minus,
                                                     open_in_app,
                                                     palette,
                                                     pencil,
                                                     play,
                                                     plus,
                                                     poll,
                                                     presentation,
                                                     printer,
                                                     radiobox_blank,
                                                     redo,
                                                     refresh,
                                                     ruler,
                                                     scale_balance,
                                                     select,
                                                     select_off,
                                                     draw_polygon,
                                                     settings,
                                                     swap_vertical,
                                                     table,
                                                     table_large,
                                                     target,
                                                     texture,
                                                     theme_light_dark,
                                                     undo,
                                                     vector_circle,
                                                     vector_polygon,
                                                     lasso,
                                                     view_dashboard,
                                                     view_list,
                                                     window_close};

}  // namespace diaban::ui::icon
