-- Records on their way to the broadcasts topic, in the order of their ids; a row leaves when Kafka has
-- acknowledged it. Per broadcast the order of ids is the order of commits: every change locks its row of
-- broadcast before it draws an id.
create table broadcast_outbox (
  id           bigint generated always as identity,
  broadcast_id text        not null,
  payload      text,
  created_at   timestamptz not null,
  constraint broadcast_outbox_id_pk primary key (id)
);
comment on column broadcast_outbox.payload is 'JSON of the intent; null is the tombstone of a deleted broadcast';
