-- Two nodes, or one after a restart, that come to the same figures name the same version.
alter table statistics_version add column content bytea check (length(content) = 32);
comment on column statistics_version.content is 'SHA-256 of what scores depend on; null in versions of before';
