-- Names: singular tables; constraints are {table}_{columns}_{pk|fk|uk|ck}, indexes {table}_{columns}_ix.

-- What producers want of a broadcast. Written by REST calls only.
create table broadcast (
  id                  text        not null,
  revision            bigint      not null,
  title               text        not null,
  description         text,
  starts_at           timestamptz,
  audience            jsonb       not null,
  live_window_seconds integer     not null,
  cancelled           boolean     not null,
  end_requested_at    timestamptz,
  created_by          text        not null,
  created_at          timestamptz not null,
  updated_at          timestamptz not null,
  constraint broadcast_id_pk primary key (id),
  constraint broadcast_id_ck check (id ~ '^[a-z0-9]{4,40}$'),
  constraint broadcast_title_ck check (length(title) between 1 and 200),
  constraint broadcast_description_ck check (length(description) <= 5000),
  constraint broadcast_live_window_seconds_ck check (live_window_seconds > 0)
);
create index broadcast_created_at_ix on broadcast (created_at desc, id desc);

-- Keys that may publish: only the hash of the secret is kept.
create table stream_key (
  key_id       text        not null,
  broadcast_id text        not null,
  sha256       text        not null,
  purpose      text        not null,
  created_by   text        not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  constraint stream_key_key_id_pk primary key (key_id),
  constraint stream_key_broadcast_id_fk foreign key (broadcast_id) references broadcast (id) on delete cascade,
  constraint stream_key_sha256_ck check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint stream_key_purpose_ck check (purpose in ('ENCODER', 'BROWSER'))
);
create index stream_key_broadcast_id_ix on stream_key (broadcast_id);

-- What became of a broadcast, computed from its timeline. Written by the indexer only, and without a
-- foreign key: facts count even where the broadcast's row was lost with a database.
create table broadcast_progress (
  broadcast_id        text        not null,
  next_seq            bigint      not null,
  missing_facts       bigint      not null,
  publisher_connected boolean     not null,
  publisher_changed_at timestamptz,
  started_at          timestamptz,
  ended_at            timestamptz,
  end_reason          text,
  segments            bigint      not null,
  stored_segments     bigint      not null,
  duration_ticks      bigint      not null,
  constraint broadcast_progress_broadcast_id_pk primary key (broadcast_id)
);
