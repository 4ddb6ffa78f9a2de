import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ledger, Reports } from '../../electron/ledger/ledger.ts';
import { migrations } from '../../electron/ledger/migrations/migrations.ts';
import { createReports } from '../../electron/ledger/reports.ts';
import { newLedger } from './ledgerFixture.ts';
import { inFile, inPacket, packet, packetFile, site, store12, store13 } from './ledgerRows.ts';

function traffic(ledger: Ledger) {
  return ledger.read(({ reports }) => reports.storeTraffic());
}

describe('the traffic with each store', () => {
  it('is nothing for a store that nothing went to or came from', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ sites }) => {
      sites.put(site());
      sites.put(site({ name: 'central' }));
    });
    expect(traffic(ledger)).toStrictEqual([
      { name: store12, lastOutMs: undefined, lastInMs: undefined, waiting: 0, skipped: 0, usedBytes: 0 },
    ]);
  });

  it('counts what waits for an answer, and only the bytes that lie in its own folder', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ sites, packets, deliveries, answers }) => {
      sites.put(site());
      sites.put(site({ name: store13 }));
      const states = ['queued', 'published', 'published', 'skipped'] as const;
      states.forEach((state, index) => {
        const { packetId } = packet({ sequence: index + 1 });
        packets.insert(packet({ sequence: index + 1, to: store12, sizeBytes: 1000 + index }));
        const id = deliveries.add({ packetId, folder: 'stores/0012', addressee: store12 });
        deliveries.change(id, { state, publishedMs: state === 'published' ? 100 + index : undefined });
        answers.expect(packetId, store12);
      });
      // The third was answered: it lies there no more.
      answers.set({
        packetId: 'packet-3',
        site: store12,
        outcome: 'accepted',
        code: 'ok',
        message: '',
        answeredMs: 200,
      });
      // A broadcast waits for both and lies in nobody's folder.
      packets.insert(packet({ sequence: 9, streamId: 'all', to: 'all', sizeBytes: 5_000_000 }));
      const all = deliveries.add({ packetId: 'packet-9', folder: 'all', addressee: 'all' });
      deliveries.change(all, { state: 'published', publishedMs: 500 });
      answers.expect('packet-9', store12);
      answers.expect('packet-9', store13);
    });
    expect(traffic(ledger)).toMatchObject([
      { name: store12, waiting: 3, skipped: 1, usedBytes: 1001, lastOutMs: 500 },
      { name: store13, waiting: 1, skipped: 0, usedBytes: 0, lastOutMs: 500 },
    ]);
  });

  it('does not count a broadcast from before a store joined as sent to it', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ sites, packets, deliveries }) => {
      sites.put(site({ firstSeenMs: 600 }));
      packets.insert(packet({ to: 'all' }));
      const id = deliveries.add({ packetId: 'packet-1', folder: 'all', addressee: 'all' });
      deliveries.change(id, { state: 'published', publishedMs: 500 });
    });
    expect(traffic(ledger)).toMatchObject([{ name: store12, lastOutMs: undefined }]);
  });

  it.each([
    ['a packet after the receipt', 70, 60, 70],
    ['a receipt after the packet', 70, 80, 80],
    ['a packet and no receipt', 70, undefined, 70],
    ['a receipt and no packet', undefined, 80, 80],
  ])('takes as last sign of life %s', (_name, receivedMs, lastReceiptMs, lastInMs) => {
    const ledger = newLedger();
    ledger.commit('put', ({ sites, inPackets }) => {
      sites.put(site({ lastReceiptMs }));
      if (receivedMs !== undefined) inPackets.put(inPacket({ from: store12, to: 'central', receivedMs }));
    });
    expect(traffic(ledger)).toMatchObject([{ lastInMs }]);
  });
});

describe('the search for a file', () => {
  it('finds a part of the name in what was sent, whatever its case, newest first, with who answered', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ packets, deliveries, answers }) => {
      for (const sequence of [1, 2, 3]) {
        const { packetId } = packet({ sequence });
        packets.insert(packet({ sequence, to: store12 }));
        packets.addFiles(packetId, [packetFile(`2026/Close_${sequence}.csv`), packetFile('other.txt')]);
        answers.expect(packetId, store12);
      }
      answers.set({
        packetId: 'packet-1',
        site: store12,
        outcome: 'accepted',
        code: 'ok',
        message: '',
        answeredMs: 9,
      });
      const delivery = deliveries.add({ packetId: 'packet-1', folder: 'stores/0012', addressee: store12 });
      for (const transmissionId of ['run-1', 'run-2']) {
        deliveries.addAttempt({
          deliveryId: delivery,
          transmissionId,
          startedMs: 1,
          endedMs: 2,
          outcome: 'published',
          error: undefined,
        });
      }
      packets.setState('packet-3', 'cancelled');
    });
    const found = ledger.read(({ reports }) => reports.sentFiles('close_', 10));
    expect(found.map(({ path, outcome }) => [path, outcome])).toEqual([
      ['2026/Close_3.csv', 'cancelled'],
      ['2026/Close_2.csv', 'awaited by 0012'],
      ['2026/Close_1.csv', 'accepted by 0012'],
    ]);
    expect(found.at(-1)).toMatchObject({ site: store12, transmissionId: 'run-2', sizeBytes: 10, atMs: 1001 });
    expect(ledger.read(({ reports }) => reports.sentFiles('CLOSE', 2))).toHaveLength(2);
  });

  it('takes % and _ as they are', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ packets }) => {
      packets.insert(packet());
      packets.addFiles('packet-1', [packetFile('100%.txt'), packetFile('100.txt')]);
    });
    const paths = (text: string) =>
      ledger.read(({ reports }) => reports.sentFiles(text, 10)).map(({ path }) => path);
    expect(paths('%')).toEqual(['100%.txt']);
    expect(paths('_')).toEqual([]);
  });

  it('says where a received file was put', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ inPackets }) => {
      inPackets.put(inPacket());
      inPackets.setFiles('in-1.tar.zst', [
        inFile('prices.csv', { result: 'placed', targetPath: '/in/prices.csv' }),
        inFile('old prices.csv', { result: 'refused' }),
      ]);
    });
    expect(ledger.read(({ reports }) => reports.receivedFiles('prices', 10))).toMatchObject([
      { path: 'prices.csv', outcome: 'placed at /in/prices.csv', site: 'central', transmissionId: 'run-1' },
      { path: 'old prices.csv', outcome: 'refused' },
    ]);
  });
});

describe('a large office', () => {
  const stores = 2000;
  const transmissions = 100_000;
  let db: DatabaseSync;
  let reports: Reports;
  const asked: string[] = [];

  beforeAll(() => {
    db = new DatabaseSync(':memory:');
    for (const { sql } of migrations) db.exec(sql);
    db.exec(`BEGIN;
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${transmissions})
      INSERT INTO transmissions (transmission_id, mode, started_ms, ended_ms, outcome)
        SELECT 'run-' || i, 'full', i * 60000, i * 60000 + 1, CASE WHEN i % 10 = 0 THEN 'failed' ELSE 'done' END FROM n;
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${stores})
      INSERT INTO sites (name, label, first_seen_ms, last_receipt_number, last_receipt_made, welcomed)
        SELECT printf('%04d', i), 'Store', 1, 0, 0, 1 FROM n;
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${stores * 10})
      INSERT INTO packets (packet_id, stream_id, addressee, sequence, through, kind, usage, file_name, state,
          size_bytes, content_bytes, file_count, created_ms)
        SELECT 'p' || i, 's' || (i % ${stores}), printf('%04d', i % ${stores} + 1), i, i, 'files', 'production',
          'f' || i, 'sealed', 100, 100, 1, i FROM n;
      INSERT INTO packet_files SELECT packet_id, 0, 'daily-close', 'close ' || sequence || '.csv', 1, '', 1, '', '', '', 0
        FROM packets;
      INSERT INTO deliveries (packet_id, folder, addressee, state, stage, attempts, damaged, published_ms)
        SELECT packet_id, 'stores/' || addressee, addressee, CASE WHEN sequence > ${stores * 9} THEN 'published' ELSE 'answered' END,
          'idle', 1, 0, created_ms FROM packets;
      INSERT INTO answers SELECT packet_id, addressee, CASE WHEN sequence > ${stores * 9} THEN NULL ELSE 'accepted' END, '', '', NULL
        FROM packets;
      COMMIT; ANALYZE`);
    // Notes what is asked, to have it explained.
    const noting = new Proxy(db, {
      get(target, name) {
        if (name !== 'prepare')
          throw new Error(`Reports only prepare statements, and asked for ${String(name)}.`);
        return (sql: string) => {
          asked.push(sql);
          return target.prepare(sql);
        };
      },
    });
    reports = createReports(noting);
    return () => db.close();
  });

  function plan(sql: string): string[] {
    const values = Object.fromEntries((sql.match(/:\w+/g) ?? []).map((name) => [name.slice(1), 1]));
    return db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(values)
      .map(({ detail }) => String(detail));
  }

  /** The one statement that a question took. */
  function statementOf(ask: () => unknown): string {
    asked.length = 0;
    ask();
    expect(asked).toHaveLength(1);
    return asked[0] ?? '';
  }

  it('has all its stores told by one statement, over indexes and never row by row', () => {
    const rows: unknown[] = [];
    const steps = plan(statementOf(() => rows.push(...reports.storeTraffic())));
    expect(rows).toHaveLength(stores);
    expect(rows[0]).toStrictEqual({
      name: '0001',
      lastOutMs: stores * 10,
      lastInMs: undefined,
      waiting: 1,
      skipped: 0,
      usedBytes: 100,
    });
    const said = steps.join('\n');
    expect(said).not.toMatch(/CORRELATED/);
    expect(said).toMatch(/SCAN deliveries USING COVERING INDEX deliveries_by_addressee/);
    expect(said).toMatch(/in_packets USING COVERING INDEX in_packets_by_sender/);
    expect(said).toMatch(/answers USING (COVERING )?INDEX answers_awaited/);
    expect(said).not.toMatch(/SCAN (answers|packets|deliveries|in_packets)$/m);
  });

  it('has its history paged by time without reading what is not shown', () => {
    const steps = plan(statementOf(() => reports.transmissionsBefore(50_000 * 60_000, 100)));
    expect(steps).toEqual([expect.stringMatching(/^SEARCH transmissions USING INDEX transmissions_by_time/)]);
    const seen: string[] = [];
    let beforeMs = Number.MAX_SAFE_INTEGER;
    for (let page = 0; page < 3; page += 1) {
      const rows = reports.transmissionsBefore(beforeMs, 2);
      seen.push(...rows.map(({ transmissionId }) => transmissionId));
      beforeMs = rows.at(-1)?.startedMs ?? 0;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((number) => `run-${transmissions + 1 - number}`));
  });

  it('has the days of its calendar counted, in the time zone asked for', () => {
    const day = 86_400_000;
    const ask = () => reports.days(10 * day, 12 * day - 1, 0);
    expect(plan(statementOf(ask))[0]).toMatch(/SEARCH transmissions USING INDEX transmissions_by_time/);
    expect(ask()).toStrictEqual([
      { day: 10, outcome: 'done', count: 1296 },
      { day: 10, outcome: 'failed', count: 144 },
      { day: 11, outcome: 'done', count: 1296 },
      { day: 11, outcome: 'failed', count: 144 },
    ]);
    expect(reports.days(10 * day, 11 * day - 1, 3_600_000).map(({ day: number }) => number)).toEqual([
      10, 10, 11, 11,
    ]);
  });

  it('has a file found from the newest packet back, without sorting all', () => {
    const found: unknown[] = [];
    const sql = statementOf(() => found.push(...reports.sentFiles('close 7.csv', 5)));
    expect(found).toMatchObject([{ path: 'close 7.csv', packetFileName: 'f7' }]);
    // What sorts inside a row's own question has no more rows than that packet has attempts.
    const ofAll = db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ text: '', limit: 1 })
      .filter(({ parent }) => parent === 0);
    expect(ofAll.map(({ detail }) => detail)).not.toContainEqual(expect.stringContaining('TEMP B-TREE'));
  });
});
