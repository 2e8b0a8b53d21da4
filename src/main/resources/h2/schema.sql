-- Run by whoever opens the file, before anybody else has a connection; it may be run any number of times.

-- Documents up to this many bytes stay in their row. Only what is longer goes to H2's extra storage for large objects,
-- which costs more reads and has to be tidied up.
SET MAX_LENGTH_INPLACE_LOB 1000000;

CREATE TABLE IF NOT EXISTS queue (
  id VARCHAR PRIMARY KEY,
  short_id VARCHAR GENERATED ALWAYS AS (SUBSTRING(id FROM 1 FOR 13)),
  version BIGINT NOT NULL,
  status VARCHAR NOT NULL,
  -- The status that queue_label and queue_tally tell; it differs from status only inside a transaction.
  listed_status VARCHAR NOT NULL,
  symbol VARCHAR NOT NULL,
  types VARCHAR ARRAY NOT NULL,
  targets VARCHAR ARRAY NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  open BOOLEAN NOT NULL,
  -- Since when nobody has to look after it; while it is open this stays null, so that progress leaves the index alone.
  closed_at TIMESTAMP(9) WITH TIME ZONE GENERATED ALWAYS AS (CASE WHEN open THEN NULL ELSE updated_at END),
  live_jobs INTEGER NOT NULL,
  claim_key VARCHAR,
  claim_body_hash VARCHAR,
  claim_expires_at TIMESTAMP(9) WITH TIME ZONE,
  document CHARACTER LARGE OBJECT NOT NULL
);

-- For load-queues: telemetry and job names tell a queue by the first characters of its id.
CREATE INDEX IF NOT EXISTS queue_by_short_id ON queue (short_id);

-- One queue a key: whoever comes second is refused here, whatever either has read before.
CREATE UNIQUE INDEX IF NOT EXISTS queue_by_claim ON queue (claim_key);

-- Finds the few open queues, and those closed lately, among all; with live_jobs in it their sum needs no row.
CREATE INDEX IF NOT EXISTS queue_by_open ON queue (open, closed_at, live_jobs);

-- What a queue can be found by, see QueueLabels. Each label is a list in the order that a page has.
CREATE TABLE IF NOT EXISTS queue_label (
  label VARCHAR NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  id VARCHAR NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS queue_label_in_order ON queue_label (label, created_at DESC, id DESC);

-- How many queues have a status: the sum of n. One row for each that came or went, as a single counter would make all
-- writers wait for each other; summed up again by count-queues, and here.
CREATE TABLE IF NOT EXISTS queue_tally (
  status VARCHAR NOT NULL,
  n BIGINT NOT NULL
);

-- The records of the embedded launcher's jobs.
CREATE TABLE IF NOT EXISTS job (
  name VARCHAR PRIMARY KEY,
  queue_id VARCHAR NOT NULL,
  version BIGINT NOT NULL,
  is_over BOOLEAN NOT NULL,
  owner VARCHAR,
  lease_until TIMESTAMP(9) WITH TIME ZONE,
  document CHARACTER LARGE OBJECT NOT NULL
);
-- All jobs of a queue, for load-jobs.
CREATE INDEX IF NOT EXISTS job_by_queue ON job (queue_id);
-- The few jobs that are not over, for claim-jobs.
CREATE INDEX IF NOT EXISTS job_by_over ON job (is_over);

-- What the summary bot was asked for, and what came of it.
CREATE TABLE IF NOT EXISTS summary (
  id VARCHAR PRIMARY KEY,
  version BIGINT NOT NULL,
  open BOOLEAN NOT NULL,
  state VARCHAR NOT NULL,
  thread VARCHAR NOT NULL,
  channel VARCHAR NOT NULL,
  requester VARCHAR NOT NULL,
  leads VARCHAR,
  counted BOOLEAN NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  due_at TIMESTAMP(9) WITH TIME ZONE,
  expires_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  document CHARACTER LARGE OBJECT NOT NULL
);
-- One summary at a time for a thread: whoever comes second is refused here, whatever either has read before.
CREATE UNIQUE INDEX IF NOT EXISTS summary_by_lead ON summary (leads);
-- The few open ones, the longest due first, for list-due-summaries and the count of measure-load.
CREATE INDEX IF NOT EXISTS summary_by_due ON summary (open, due_at);
-- Those that may be forgotten, for purge-summaries.
CREATE INDEX IF NOT EXISTS summary_by_expiry ON summary (open, expires_at);
-- The list in the order that a page has: all of it, and that of one state or one thread.
CREATE INDEX IF NOT EXISTS summary_in_order ON summary (created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS summary_by_state ON summary (state, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS summary_by_thread ON summary (thread, created_at DESC, id DESC);
-- What counts towards a limit, for measure-load: only what is young is read.
CREATE INDEX IF NOT EXISTS summary_by_requester ON summary (requester, counted, created_at);
CREATE INDEX IF NOT EXISTS summary_by_channel ON summary (channel, counted, created_at);

-- Up to where a channel was read.
CREATE TABLE IF NOT EXISTS read_position (
  name VARCHAR PRIMARY KEY,
  millis BIGINT NOT NULL
);
