#!/usr/bin/env bash
# Run once by the Postgres image on an empty volume: the catalog's database, owned by a role that is nothing else.
set -euo pipefail
: "${ROSTRUM_DB_PASSWORD:?set ROSTRUM_DB_PASSWORD}"

psql -v ON_ERROR_STOP=1 -v password="$ROSTRUM_DB_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-postgres}" <<'SQL'
CREATE ROLE rostrum LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE rostrum OWNER rostrum ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE rostrum FROM PUBLIC;
SQL
