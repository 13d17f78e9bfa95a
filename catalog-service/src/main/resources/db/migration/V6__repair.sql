-- The newest wish to go over the recording of an ended broadcast.
alter table broadcast
  add column repair jsonb;

-- What became of the recording after the end.
alter table broadcast_progress
  add column revision        integer not null default 0,
  add column revised_at      timestamptz,
  add column revision_gaps   bigint,
  add column repair_answered text,
  add column repair_problem  text;

-- Kinds are those of the contract, which has got more of them.
alter table timeline_fact
  drop constraint timeline_fact_kind_ck;
