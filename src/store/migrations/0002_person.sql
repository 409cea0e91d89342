-- People over all schools, and how they sign in. Each table is alone on its own key.

-- place: person_id
create table person (
  person_id uuid not null, created_at bigint not null,
  primary key (person_id)
);

-- place: hash
create table identity_key (
  hash bytea not null, person_id uuid not null,
  primary key (hash)
);
create index identity_key_person on identity_key (person_id);

-- place: login
create table account (
  login text not null, account_id uuid not null, person_id uuid not null,
  password_hash text not null, state text not null, language text not null,
  totp bytea, totp_step bigint not null, row_version bigint not null,
  primary key (login)
);
create index account_account on account (account_id);
create index account_person on account (person_id);

-- place: secret_digest
create table session (
  secret_digest bytea not null, account_id uuid not null, person_id uuid not null,
  created_at bigint not null, seen_at bigint not null, expires_at bigint not null,
  stepped_up_at bigint, csrf text not null, needs_totp boolean not null,
  primary key (secret_digest)
);
create index session_account on session (account_id);
