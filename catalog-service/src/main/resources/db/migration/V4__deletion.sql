-- Deleted broadcasts whose media have to go. Rows stay: facts that arrive late are dropped by them.
create table broadcast_deletion (
  broadcast_id    text        not null,
  requested_by    text        not null,
  requested_at    timestamptz not null,
  sweeps_done     integer     not null,
  failures        integer     not null,
  next_attempt_at timestamptz,
  last_error      text,
  constraint broadcast_deletion_broadcast_id_pk primary key (broadcast_id)
);
create index broadcast_deletion_next_attempt_at_ix on broadcast_deletion (next_attempt_at)
  where next_attempt_at is not null;
comment on column broadcast_deletion.next_attempt_at is 'null once the last sweep is done';
