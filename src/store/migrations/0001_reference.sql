-- Organisations, calendar, settings and packs: small, read everywhere.

-- place: reference
create table org (
  org_id bigint not null, kind text not null, parent_id bigint, school_id bigint,
  code text, name_zh text not null, name_en text, grade bigint not null,
  primary key (org_id)
);
create index org_parent on org (parent_id, code);
create index org_school on org (school_id);

-- place: reference
create table calendar_day (
  first_day bigint not null, last_day bigint not null, kind text not null,
  name_zh text, name_en text,
  primary key (first_day, kind)
);

-- place: reference
create table setting (
  name text not null, value text not null,
  primary key (name)
);

-- place: reference
create table pack (
  digest bytea not null, name text not null, files bytea not null,
  primary key (digest)
);
