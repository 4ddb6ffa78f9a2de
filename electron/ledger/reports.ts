import type { DatabaseSync } from 'node:sqlite';
import {
  integer,
  optionalInteger,
  optionalText,
  type Row,
  text,
  word,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { FoundFile, Reports } from './ledger.ts';
import { site } from './rowReader.ts';
import { readTransmission } from './transmissionsTable.ts';

const outcomes = ['done', 'partial', 'failed', 'cancelled', 'running', 'interrupted'] as const;

function readFound(row: Row): FoundFile {
  return {
    channel: text(row, 'channel'),
    path: text(row, 'path'),
    sizeBytes: integer(row, 'size_bytes'),
    site: text(row, 'site'),
    packetFileName: text(row, 'file_name'),
    atMs: integer(row, 'at_ms'),
    outcome: text(row, 'outcome'),
    transmissionId: optionalText(row, 'transmission_id'),
  };
}

export function createReports(db: DatabaseSync): Reports {
  // One pass over each table or index, joined by store: the number of statements does not grow with the stores,
  // and what was answered long ago is not looked at.
  const storeTraffic = statement(
    db,
    `WITH sent AS (SELECT addressee, max(published_ms) AS at FROM deliveries GROUP BY addressee),
     came AS (SELECT sender, max(received_ms) AS at FROM in_packets GROUP BY sender),
     open AS (
       SELECT answers.site AS name,
         count(DISTINCT CASE WHEN deliveries.state IN ('queued', 'published') THEN answers.packet_id END) AS waiting,
         count(DISTINCT CASE WHEN deliveries.state = 'skipped' THEN answers.packet_id END) AS skipped,
         sum(CASE WHEN deliveries.state = 'published' AND deliveries.addressee <> 'all'
           THEN packets.size_bytes ELSE 0 END) AS used
       FROM answers
       JOIN deliveries ON deliveries.packet_id = answers.packet_id
         AND deliveries.addressee IN (answers.site, 'all')
       JOIN packets ON packets.packet_id = answers.packet_id
       WHERE answers.outcome IS NULL
       GROUP BY answers.site)
     SELECT sites.name AS name,
       nullif(max(coalesce(own.at, 0), CASE WHEN everyone.at >= sites.first_seen_ms THEN everyone.at ELSE 0 END), 0)
         AS last_out,
       nullif(max(coalesce(came.at, 0), coalesce(last_receipt_ms, 0)), 0) AS last_in,
       coalesce(waiting, 0) AS waiting, coalesce(skipped, 0) AS skipped, coalesce(used, 0) AS used
     FROM sites
     LEFT JOIN sent AS own ON own.addressee = sites.name
     LEFT JOIN sent AS everyone ON everyone.addressee = 'all'
     LEFT JOIN came ON came.sender = sites.name
     LEFT JOIN open ON open.name = sites.name
     WHERE sites.name <> 'central' ORDER BY sites.name`,
  );
  const before = statement(
    db,
    `SELECT * FROM transmissions WHERE started_ms < :beforeMs
     ORDER BY started_ms DESC, position DESC LIMIT :limit`,
  );
  // The cast: a number from outside is a real to SQLite, and days are whole.
  const days = statement(
    db,
    `SELECT CAST((started_ms + :offsetMs) / 86400000 AS INTEGER) AS day, outcome, count(*) AS count
     FROM transmissions WHERE started_ms BETWEEN :fromMs AND :throughMs GROUP BY 1, 2 ORDER BY 1`,
  );
  // instr, not LIKE: a file name may hold % and _.
  const sentFiles = statement(
    db,
    `SELECT channel, path, packet_files.size_bytes AS size_bytes, addressee AS site, file_name,
       created_ms AS at_ms,
       CASE WHEN packets.state = 'cancelled' THEN 'cancelled' ELSE coalesce(
         (SELECT group_concat(coalesce(outcome, 'awaited') || ' by ' || answers.site, ', ') FROM answers
          WHERE answers.packet_id = packets.packet_id), 'waiting') END AS outcome,
       (SELECT transmission_id FROM attempts JOIN deliveries ON deliveries.id = attempts.delivery_id
         WHERE deliveries.packet_id = packets.packet_id ORDER BY attempts.position DESC LIMIT 1) AS transmission_id
     FROM packet_files JOIN packets ON packets.packet_id = packet_files.packet_id
     WHERE instr(lower(path), lower(:text)) > 0 ORDER BY packets.position DESC LIMIT :limit`,
  );
  const receivedFiles = statement(
    db,
    `SELECT channel, path, in_files.size_bytes AS size_bytes, sender AS site, in_packets.file_name AS file_name,
       received_ms AS at_ms,
       CASE result WHEN 'placed' THEN 'placed at ' || coalesce(target_path, '') ELSE result END AS outcome,
       transmission_id
     FROM in_files JOIN in_packets ON in_packets.file_name = in_files.file_name
     WHERE instr(lower(path), lower(:text)) > 0 ORDER BY in_packets.position DESC LIMIT :limit`,
  );
  return {
    storeTraffic: () =>
      storeTraffic.all({}).map((row) => ({
        name: site(row, 'name'),
        lastOutMs: optionalInteger(row, 'last_out'),
        lastInMs: optionalInteger(row, 'last_in'),
        waiting: integer(row, 'waiting'),
        skipped: integer(row, 'skipped'),
        usedBytes: integer(row, 'used'),
      })),
    transmissionsBefore: (beforeMs, limit) => before.all({ beforeMs, limit }).map(readTransmission),
    days: (fromMs, throughMs, offsetMs) =>
      days.all({ fromMs, throughMs, offsetMs }).map((row) => ({
        day: integer(row, 'day'),
        outcome: word(row, 'outcome', outcomes),
        count: integer(row, 'count'),
      })),
    sentFiles: (wanted, limit) => sentFiles.all({ text: wanted, limit }).map(readFound),
    receivedFiles: (wanted, limit) => receivedFiles.all({ text: wanted, limit }).map(readFound),
  };
}
