-- Tables belong to closeknit_owner, who runs the migrations; the application is closeknit_app and may only work with
-- the rows. A table that is append-only or not the application's business revokes what it must.
alter default privileges in schema public grant select, insert, update, delete on tables to closeknit_app;
alter default privileges in schema public grant usage, select on sequences to closeknit_app;
