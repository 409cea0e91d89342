-- One chain a school. Rows of `audit` and of every covered table are only ever added.

-- place: school_id
create table chain (
  school_id bigint not null, seq bigint not null, hash bytea not null,
  primary key (school_id)
);

-- place: school_id
create table audit (
  school_id bigint not null, seq bigint not null, at bigint not null,
  actor_id uuid, post text, act text not null, subjects bytea, object text,
  purpose text, outcome text, request_id text, address text,
  covers text, row_count bigint not null, digest bytea not null, hash bytea not null,
  primary key (school_id, seq)
);

-- place: school_id
create table access_log (
  school_id bigint not null, subject_id uuid not null, span bigint not null,
  resource text not null, actor_id uuid not null, at bigint not null, purpose text,
  primary key (school_id, subject_id, span, resource, actor_id)
);

-- place: school_id
create table quota (
  school_id bigint not null, giver_id uuid not null, day bigint not null, used bigint not null,
  primary key (school_id, giver_id, day)
);
