-- The facts, word for word. JSON as text and not jsonb: it stays as written, and every record that is valid
-- JSON fits (jsonb refuses \u0000, and one such fact would stop the index for ever). Queries cast it.
create table timeline_fact (
  broadcast_id    text        not null,
  seq             bigint      not null,
  kind            text        not null,
  msn             bigint,
  record          text        not null,
  kafka_partition integer     not null,
  kafka_offset    bigint      not null,
  constraint timeline_fact_broadcast_id_seq_pk primary key (broadcast_id, seq),
  constraint timeline_fact_kind_ck check (kind in ('publisher', 'open', 'close', 'stored', 'end'))
);

-- How far the timeline topic is indexed: moves in the transaction that stores the facts, so a fact is
-- indexed exactly once.
create table timeline_position (
  kafka_partition integer not null,
  next_offset     bigint  not null,
  constraint timeline_position_kafka_partition_pk primary key (kafka_partition),
  constraint timeline_position_next_offset_ck check (next_offset >= 0)
);
