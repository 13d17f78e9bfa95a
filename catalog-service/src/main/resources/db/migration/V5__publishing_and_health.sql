-- What a broadcast does with a second publisher, and with none.
alter table broadcast
  add column takeover         boolean not null default true,
  add column auto_end_seconds integer not null default 1800,
  add constraint broadcast_auto_end_seconds_ck check (auto_end_seconds > 0);

-- What producers ask while it is live, counted fact by fact; broadcasts of earlier builds have 0.
alter table broadcast_progress
  add column publications  bigint not null default 0,
  add column away_segments bigint not null default 0,
  add column gap_segments  bigint not null default 0;
