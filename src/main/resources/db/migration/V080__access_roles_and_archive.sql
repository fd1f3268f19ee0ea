-- A viewer reads what a workspace shares. Admins keep what they have: 'admin' is a column of the person, of the whole
-- installation, and their memberships say where they belong.
alter table membership drop constraint membership_role_check;
alter table membership add constraint membership_role_check check (role in ('VIEWER', 'MARKETER', 'AGENCY'));
alter table personal_token drop constraint personal_token_role_check;
alter table personal_token add constraint personal_token_role_check
    check (role in ('VIEWER', 'MARKETER', 'AGENCY', 'ADMIN'));

-- Nobody works in an archived workspace, and nothing in it is lost.
alter table workspace add archived_at timestamptz;

-- What a token may do at most, besides its role: read alone, read and write, or also what only admins do.
alter table personal_token add scope text not null default 'WRITE' check (scope in ('READ', 'WRITE', 'ADMIN'));
update personal_token set scope = 'ADMIN' where role = 'ADMIN';
alter table personal_token alter scope drop default;
