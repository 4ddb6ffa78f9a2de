import type { ExchangeError } from '../../../shared/errors.ts';
import type { ConnectionRow, Ledger, LedgerTables } from '../../ledger/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import { redact } from '../../platform/redact.ts';
import type { SiteContext } from '../siteContext.ts';
import {
  afterFailure,
  afterLogin,
  afterOtherTrouble,
  afterRefusedLogin,
  afterSuccess,
  released,
  suspendedError,
} from './suspensionRules.ts';

/** The connection's state in the ledger, changed by what happened. Each works inside the caller's commit. */

/** Bound of what is kept of a server's words. */
const longestMessage = 500;

type Known = Pick<SiteContext, 'clock' | 'suspension'>;

/** One failed attempt to connect or send. Returns the error of a suspended connection where it is suspended now. */
export function countFailure(
  tables: LedgerTables,
  { clock, suspension: rules }: Known,
  error: ExchangeError,
): ExchangeError | undefined {
  const nowMs = clock.now();
  const row = afterFailure(tables.connection.get(), { nowMs, rules, message: wordsOf(error) });
  tables.connection.put(row);
  return row.suspended && suspendedError(row, row.suspended.untilMs, nowMs);
}

/** A probe that failed for a reason that does not count. */
export function restAgain(tables: LedgerTables, { clock, suspension: rules }: Known): void {
  change(tables, (row) => afterOtherTrouble(row, clock.now(), rules));
}

/** A packet was sent, or a whole run went well. */
export function countSuccess(tables: LedgerTables): void {
  change(tables, (row) => (row.failures === 0 && row.suspended === undefined ? row : afterSuccess(row)));
}

export function noteLogin(tables: LedgerTables, nowMs: number): void {
  change(tables, (row) => afterLogin(row, nowMs));
}

export function holdLogin(tables: LedgerTables, nowMs: number, error: ExchangeError): void {
  change(tables, (row) => afterRefusedLogin(row, nowMs, { code: error.code, message: wordsOf(error) }));
}

/** A person wants it tried now, or changed what it depends on. False when there was nothing to release. */
export function releaseConnection(ledger: Ledger, clock: Clock): boolean {
  const { suspended, held } = ledger.read((tables) => tables.connection.get());
  if (suspended === undefined && held === undefined) return false;
  ledger.commit('connection-released', (tables) => change(tables, (row) => released(row, clock.now())));
  return true;
}

export function isSuspended(ledger: Ledger): boolean {
  return ledger.read((tables) => tables.connection.get()).suspended !== undefined;
}

function change(tables: LedgerTables, next: (row: ConnectionRow) => ConnectionRow): void {
  const before = tables.connection.get();
  const after = next(before);
  if (after !== before) tables.connection.put(after);
}

/** What the server said, or what happened where it said nothing: one line, bounded, without secrets. */
function wordsOf(error: ExchangeError): string {
  const words = error.reply === undefined || error.reply === '' ? error.message : error.reply;
  return redact(words)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, longestMessage);
}
