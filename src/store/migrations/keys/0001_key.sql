-- One key a person (or import), wrapped. Nothing wrapped: destroyed.

-- place: person_id
create table person_key (
  person_id uuid not null, version bigint not null, wrapped bytea,
  created_at bigint not null, destroyed_at bigint,
  primary key (person_id)
);
