-- Records in the order they came in, and what happened to them.

-- place: school_id
create table evidence (
  school_id bigint not null, seq bigint not null, ordinal bigint not null, row_mark bigint not null,
  evidence_id uuid not null, student_id uuid not null, reason text not null, day bigint not null,
  value_milli bigint check (value_milli between -9000000000000 and 9000000000000),
  label text, activity text, rater_kind text not null, rater_tag bigint not null,
  source text not null, source_record text, state text not null, is_late boolean not null,
  recorded_at bigint not null, voids_id uuid,
  commitment bytea not null, sealed bytea not null,
  primary key (school_id, seq, ordinal),
  unique (school_id, evidence_id)
);
create index evidence_student on evidence (school_id, student_id, day);
create unique index evidence_source on evidence (school_id, source, source_record)
  where source_record is not null;
create unique index evidence_voided_once on evidence (school_id, voids_id)
  where voids_id is not null;

-- place: school_id
create table review (
  school_id bigint not null, seq bigint not null, ordinal bigint not null, row_mark bigint not null,
  evidence_id uuid not null, student_id uuid not null, state text not null,
  by_id uuid, second_id uuid, at bigint not null,
  commitment bytea not null, sealed bytea not null,
  primary key (school_id, seq, ordinal)
);
create index review_student on review (school_id, student_id, evidence_id);
create unique index review_voided_once on review (school_id, evidence_id) where state = 'voided';
