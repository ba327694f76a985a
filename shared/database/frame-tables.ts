import { migration } from './migrate.ts';

/** The tables that the frame keeps in every subgraph's database: answered commands, and feeds. */
export const frameMigrations = [
  migration('CreateFrameTables1767225600000', [
    // One row for each answered command, refusals included: the same key gets the same answer.
    `CREATE TABLE frame_command (
      scope VARCHAR(128) NOT NULL,
      name VARCHAR(64) NOT NULL,
      idempotency_key VARCHAR(128) NOT NULL,
      input_hash VARCHAR(64) NOT NULL,
      outcome MEDIUMTEXT NULL,
      recorded_ms BIGINT NOT NULL,
      PRIMARY KEY (scope, name, idempotency_key))`,
    // The row that appenders lock: positions follow the order of commit, so none is skipped.
    `CREATE TABLE frame_feed_head (
      id SMALLINT NOT NULL PRIMARY KEY,
      position BIGINT NOT NULL)`,
    'INSERT INTO frame_feed_head (id, position) VALUES (1, 0)',
    `CREATE TABLE frame_feed_event (
      position BIGINT NOT NULL PRIMARY KEY,
      kind VARCHAR(64) NOT NULL,
      payload MEDIUMTEXT NOT NULL,
      recorded_ms BIGINT NOT NULL)`,
    `CREATE TABLE frame_feed_cursor (
      consumer VARCHAR(64) NOT NULL PRIMARY KEY,
      position BIGINT NOT NULL)`,
  ]),
];
