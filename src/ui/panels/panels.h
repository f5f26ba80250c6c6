// The panels. Each draws itself into the ImGui window that the layout has begun, reads the session and calls it; none
// keeps knowledge of its own.
#pragma once

#include "ui/ui.h"

namespace diaban::ui {

void layers_panel(Ui& ui);         ///< left: visibility, opacity, drag to reorder, rename, remove, zoom to, add
void style_panel(Ui& ui);          ///< right: style of the active layer
void feature_panel(Ui& ui);        ///< right: card of the selected feature, n/N beside each rate
void labels_panel(Ui& ui);         ///< right: labels of the active layer, and which features got none
void query_panel(Ui& ui);          ///< right: which features, who is reached (src/ui/query)
void sql_panel(Ui& ui);            ///< bottom: SQL over the layers (src/ui/sql)
void table_panel(Ui& ui);          ///< bottom: table of the active layer, sharing the selection
void ranking_panel(Ui& ui);        ///< bottom, Plan: criteria with weights, the list they give
void match_panel(Ui& ui);          ///< bottom: what became of the rows of a joined table; suggestions wait for a yes
void problems_panel(Ui& ui);       ///< bottom: overlaps, gaps and faults of the layer's shapes, each to be zoomed to
void diagnostics_panel(Ui& ui);    ///< bottom: everything noticed about the data, exportable
void import_assistant(Ui& ui);     ///< modal: what is about to be taken in, and what is to be decided (src/ui/import)
void file_dialog(Ui& ui);          ///< modal: open, add, import, save, save picture
void crosswalk_assistant(Ui& ui);  ///< modal: data carried over to other units (src/ui/crosswalk)
void database_dialog(Ui& ui);      ///< modal: add tables of a database (src/ui/database)
void basemap_dialog(Ui& ui);       ///< modal: add a raster below everything: an address of map tiles, or a file
void password_dialog(Ui& ui);      ///< modal: a database refused the password
void command_palette(Ui& ui);      ///< ⌕ commune, layer, command
void shortcuts_dialog(Ui& ui);
void unsaved_dialog(Ui& ui);
void frame_times(Ui& ui);  ///< over the map: how long frames took, and where the time of the last one went
void toasts(Ui& ui);       ///< messages over the map

}  // namespace diaban::ui
