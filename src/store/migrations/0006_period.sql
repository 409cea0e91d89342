-- Terms, approvals, adopted frameworks, evaluations.

-- place: school_id
create table period (
  school_id bigint not null, seq bigint not null, ordinal bigint not null, row_mark bigint not null,
  period_id bigint not null, revision bigint not null, name_zh text not null, name_en text,
  day_from bigint not null, day_to bigint not null, state text not null,
  primary key (school_id, seq, ordinal),
  unique (school_id, period_id, revision)
);

-- place: school_id
create table approval (
  school_id bigint not null, seq bigint not null, ordinal bigint not null, row_mark bigint not null,
  kind text not null, object text not null, scope_id bigint, by_id uuid not null,
  post text not null, shown bytea not null, at bigint not null,
  primary key (school_id, seq, ordinal)
);
create index approval_object on approval (school_id, object);

-- place: school_id
create table adoption (
  school_id bigint not null, seq bigint not null, ordinal bigint not null, row_mark bigint not null,
  period_id bigint not null, framework text not null, layers bytea not null,
  plan_digest bytea not null, at bigint not null,
  primary key (school_id, seq, ordinal)
);
create index adoption_period on adoption (school_id, period_id);

-- place: school_id
create table run (
  school_id bigint not null, seq bigint not null, ordinal bigint not null, row_mark bigint not null,
  run_id uuid not null, period_id bigint not null, as_of_seq bigint not null,
  framework text not null, plan_digest bytea not null, input_digest bytea not null,
  cause text not null, revises_id uuid, at bigint not null,
  result_count bigint not null, results_digest bytea not null,
  primary key (school_id, seq, ordinal),
  unique (school_id, run_id)
);
create index run_period on run (school_id, period_id);

-- place: school_id
create table result (
  school_id bigint not null, run_id uuid not null, subject_id uuid not null,
  packed bytea not null,
  primary key (school_id, run_id, subject_id)
);
