-- People at a school, each school with its own copy of who they are.

-- place: school_id
create table member (
  school_id bigint not null, seq bigint not null, ordinal bigint not null, row_mark bigint not null,
  person_id uuid not null, revision bigint not null, sex text,
  commitment bytea not null, sealed bytea not null,
  primary key (school_id, seq, ordinal),
  unique (school_id, person_id, revision)
);

-- place: school_id
create table member_key (
  school_id bigint not null, hash bytea not null, person_id uuid not null,
  primary key (school_id, hash)
);
create index member_key_person on member_key (school_id, person_id);

-- place: school_id
create table membership (
  school_id bigint not null, seq bigint not null, ordinal bigint not null, row_mark bigint not null,
  membership_id uuid not null, revision bigint not null, person_id uuid not null,
  org_id bigint not null, role text not null, day_from bigint not null, day_to bigint,
  about_id uuid, subject_area text, grade bigint not null, number_in_class text,
  primary key (school_id, seq, ordinal),
  unique (school_id, membership_id, revision),
  foreign key (org_id) references org (org_id)
);
create index membership_person on membership (school_id, person_id);
create index membership_org on membership (school_id, org_id);
create index membership_about on membership (school_id, about_id) where about_id is not null;
