#!/bin/sh
# Runs once, when the database container starts on an empty volume: the two roles and the database of Closeknit.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner_password="$CLOSEKNIT_OWNER_PASSWORD" -v app_password="$CLOSEKNIT_APP_PASSWORD" <<'SQL'
create role closeknit_owner login nosuperuser nobypassrls nocreatedb nocreaterole password :'owner_password';
create role closeknit_app   login nosuperuser nobypassrls nocreatedb nocreaterole password :'app_password';
create database closeknit owner closeknit_owner;
SQL
