// Names that mean something else than a file of the disk: GDAL's own file systems and databases.
#pragma once

#include <string>
#include <string_view>

namespace diaban {

/// "/vsizip/…", "PG:dbname=…", "postgresql://…", "service=…", "WFS:…", the name of a PostgreSQL service: for GDAL to
/// understand, and never relative to a folder.
[[nodiscard]] bool is_connection(std::string_view path);

/// A PostgreSQL database: "PG:…", "postgresql://…", "postgres://…", "service=…", or the bare name of a service of
/// ~/.pg_service.conf (or PGSERVICEFILE, or PGSYSCONFDIR/pg_service.conf) where no file bears it.
[[nodiscard]] bool is_postgres(std::string_view path);

/// The same connection without any password in it, for a workspace file, a title or a message. Anything else is given
/// back as it is.
[[nodiscard]] std::string without_password(std::string_view connection);

}  // namespace diaban
