-- Files brought in. The import itself is covered by the chain; its working parts end after a while.

-- place: school_id
create table import (
  school_id bigint not null, seq bigint not null, ordinal bigint not null, row_mark bigint not null,
  import_id uuid not null, revision bigint not null, kind text not null,
  file_digest bytea not null, file_bytes bigint not null, by_id uuid not null, at bigint not null,
  state text not null, outcome_digest bytea not null, counts text,
  commitment bytea not null, sealed bytea not null,
  primary key (school_id, seq, ordinal),
  unique (school_id, import_id, revision)
);
create index import_file on import (school_id, file_digest);

-- place: school_id
create table import_part (
  school_id bigint not null, import_id uuid not null, part text not null, piece bigint not null,
  sealed bytea not null,
  primary key (school_id, import_id, part, piece)
);

-- place: school_id
create table mend (
  school_id bigint not null, import_id uuid not null,
  row_number bigint not null, column_number bigint not null, sealed bytea not null,
  primary key (school_id, import_id, row_number, column_number)
);
