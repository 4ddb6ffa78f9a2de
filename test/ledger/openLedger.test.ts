import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../electron/ledger/migrations/migrations.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { isCheckDue, wasLeftOpen } from '../../electron/platform/sqlite/checkDatabase.ts';
import type { Migration } from '../../electron/platform/sqlite/databaseKind.ts';
import { temporaryFolder } from './ledgerFixture.ts';
import { packet } from './ledgerRows.ts';

const clock = systemClock;
const newer: Migration = {
  version: 2,
  sql: `CREATE TABLE added (note TEXT NOT NULL) STRICT; INSERT INTO added SELECT value FROM facts;`,
};

function newPath(): string {
  return join(temporaryFolder(), 'ledger.db');
}

/** A ledger of the first format with something in it. */
function filledPath(): string {
  const path = newPath();
  const ledger = openLedger({ path, clock, known: migrations.slice(0, 1) });
  ledger.commit('fill', ({ facts, packets }) => {
    facts.set('a', '1');
    for (let sequence = 1; sequence <= 500; sequence += 1) packets.insert(packet({ sequence }));
  });
  ledger.close();
  return path;
}

function inspect<T>(path: string, look: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path);
  try {
    return look(db);
  } finally {
    db.close();
  }
}

function pragma(path: string, name: string): unknown {
  return inspect(path, (db) => db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

const refusal = (code: string) => expect.objectContaining({ code, class: 'fix' });

describe('opening a ledger', () => {
  it('makes a new one in the newest format, for its owner only', () => {
    const path = newPath();
    openLedger({ path, clock }).close();
    expect(pragma(path, 'user_version')).toBe(migrations.at(-1)?.version);
    expect(pragma(path, 'journal_mode')).toBe('wal');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, '..'))).toEqual(['ledger.db']);
  });

  it('describes every column and keeps every table strict', () => {
    const path = newPath();
    openLedger({ path, clock }).close();
    const tables = inspect(path, (db) =>
      db
        .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
        .all(),
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { name, sql } of tables) {
      const lines = String(sql).split('\n');
      expect(lines.at(-1), String(name)).toMatch(/STRICT/);
      const columns = lines.filter((line) => /^\s+[a-z0-9_]+ (TEXT|BLOB|INTEGER)/.test(line));
      expect(columns).toHaveLength(
        inspect(path, (db) => db.prepare(`PRAGMA table_info(${name})`).all().length),
      );
      for (const column of columns) expect(column, String(name)).toMatch(/ -- \S/);
    }
  });

  it('refuses one that a newer Branchline wrote, and leaves it as it was', () => {
    const path = filledPath();
    inspect(path, (db) => db.exec('PRAGMA user_version = 99'));
    const before = readFileSync(path);
    expect(() => openLedger({ path, clock })).toThrow(refusal('ledger-too-new'));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('refuses the database of another program, and leaves it as it was', () => {
    const path = newPath();
    inspect(path, (db) => db.exec('CREATE TABLE recipes (name TEXT)'));
    const before = readFileSync(path);
    expect(() => openLedger({ path, clock })).toThrow(refusal('ledger-foreign'));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('refuses a file that is no database', () => {
    const path = newPath();
    writeFileSync(path, 'x'.repeat(10_000));
    expect(() => openLedger({ path, clock })).toThrow(refusal('ledger-damaged'));
  });

  it.each([
    ['overwritten in its middle', (path: string) => overwrite(path, 0.3)],
    ['cut short', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096)],
  ])('refuses one that was %s, and names the copy made before the last migration', (_how, damage) => {
    const path = filledPath();
    openLedger({ path, clock, known: [...migrations.slice(0, 1), newer] }).close();
    damage(path);
    const open = () => openLedger({ path, clock, known: [...migrations.slice(0, 1), newer] });
    expect(open).toThrow(refusal('ledger-damaged'));
    expect(open).toThrow(expect.objectContaining({ advice: expect.stringContaining(`${path}.backup-v1`) }));
  });

  it('refuses one whose rows refer to what is not there', () => {
    const path = filledPath();
    inspect(path, (db) =>
      db.exec(`PRAGMA foreign_keys = OFF;
        INSERT INTO deliveries (packet_id, folder, addressee, state, stage, attempts, damaged)
        VALUES ('none', 'central', 'central', 'queued', 'idle', 0, 0)`),
    );
    expect(() => openLedger({ path, clock })).toThrow(refusal('ledger-damaged'));
  });

  it('says where the folder is missing', () => {
    expect(() => openLedger({ path: join(temporaryFolder(), 'none', 'ledger.db'), clock })).toThrow(
      refusal('data-dir-not-writable'),
    );
  });
});

function overwrite(path: string, part: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, 'x'.repeat(8192), Math.floor((statSync(path).size * part) / 4096) * 4096);
  closeSync(file);
}

describe('migrating', () => {
  const known = [...migrations.slice(0, 1), newer];

  it('goes from nothing to the newest format without a copy', () => {
    const path = newPath();
    openLedger({ path, clock, known }).close();
    expect(pragma(path, 'user_version')).toBe(2);
    expect(readdirSync(join(path, '..'))).toEqual(['ledger.db']);
  });

  it('from the first format keeps every row, and a whole copy of the old file beside it', () => {
    const path = filledPath();
    const ledger = openLedger({ path, clock, known });
    expect(ledger.read(({ packets }) => packets.createdSince(0))).toHaveLength(500);
    ledger.close();
    expect(inspect(path, (db) => db.prepare('SELECT note FROM added').all().length)).toBe(1);
    const copy = openLedger({ path: `${path}.backup-v1`, clock, known: known.slice(0, 1) });
    onTestFinished(() => copy.close());
    expect(copy.read(({ packets }) => packets.createdSince(0))).toHaveLength(500);
  });

  it('that fails leaves the old format, and can be repeated', () => {
    const path = filledPath();
    const broken = [
      ...known.slice(0, 1),
      { version: 2, sql: `${newer.sql} INSERT INTO nowhere VALUES (1);` },
    ];
    expect(() => openLedger({ path, clock, known: broken })).toThrow('nowhere');
    expect(pragma(path, 'user_version')).toBe(1);
    const again = openLedger({ path, clock, known });
    onTestFinished(() => again.close());
    expect(again.read(({ facts }) => facts.get('a'))).toBe('1');
  });

  it('starts over a copy that was cut off', () => {
    const path = filledPath();
    writeFileSync(`${path}.backup-v1.partial`, 'cut off');
    openLedger({ path, clock, known }).close();
    expect(readdirSync(join(path, '..')).sort()).toEqual(['ledger.db', 'ledger.db.backup-v1']);
    expect(pragma(`${path}.backup-v1`, 'integrity_check')).toBe('ok');
  });

  it('numbers its steps without a gap', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  });
});

describe('the check at opening', () => {
  const hourMs = 60 * 60 * 1000;
  const large = { sizeBytes: 2 ** 30, leftOpen: false, lastCheckMs: 100 * hourMs, nowMs: 101 * hourMs };

  it.each([
    ['a small ledger, always', { ...large, sizeBytes: 100_000 }, true],
    ['a large one checked an hour ago, no', large, false],
    ['a large one checked two days ago', { ...large, nowMs: 148 * hourMs }, true],
    ['a large one never checked', { ...large, lastCheckMs: undefined }, true],
    ['a large one that was not closed', { ...large, leftOpen: true }, true],
    ['a large one whose last check is in the future', { ...large, nowMs: 1 }, true],
  ])('is due for %s', (_name, ledger, due) => {
    expect(isCheckDue(ledger)).toBe(due);
  });

  it('knows a ledger that was not closed by the log it left', () => {
    const path = newPath();
    const ledger = openLedger({ path, clock });
    ledger.commit('set', ({ facts }) => facts.set('a', '1'));
    expect(wasLeftOpen(path)).toBe(true);
    ledger.close();
    expect(wasLeftOpen(path)).toBe(false);
  });
});
