import type { Settings } from '../../../../shared/settings.ts';
import type { LedgerTables } from '../../../ledger/ledger.ts';
import { inARow } from '../../../transmission/suspension/suspensionRules.ts';
import { connectionView } from './connectionView.ts';

/** Kinds that other lines of the status tell of. */
const toldElsewhere: readonly string[] = ['suspension', 'skipped', 'untrusted'];

/** More late stores than these are counted, not named: the Stores window names them. */
const mostLateStores = 3;

/** What needs a person, or needs to be known, of the connection, of alerts and of mail. */
export function attentionLines(tables: LedgerTables, settings: Settings, nowMs: number): string[] {
  const { enabled, failures, suspended, heldLogin } = connectionView(
    tables.connection.get(),
    settings,
    nowMs,
  );
  const unsent = tables.mails.unsent().filter((mail) => mail.lastError !== undefined);
  const lines: string[] = [];
  if (!enabled) {
    lines.push(
      'FTP is switched off: files are packed and queued, and no connection is made. Turn on Enable FTP in the FTP Configuration.',
    );
  }
  if (heldLogin !== undefined) {
    lines.push(
      `The server refused the log-in, so scheduled transmissions do not try it again: ${heldLogin.message} Correct username or password, or transmit by hand.`,
    );
  }
  if (suspended !== undefined) {
    const minutes = Math.ceil((suspended.untilMs - nowMs) / 60_000);
    const when =
      minutes > 0
        ? `for ${minutes === 1 ? 'one more minute' : `${minutes} more minutes`}`
        : 'and is tried with the next transmission';
    lines.push(
      `The connection is suspended after ${inARow(failures)}, ${when}: ${suspended.lastMessage} Files are queued meanwhile. To try at once: branchline transmit --now`,
    );
  }
  const standing = tables.alarms.allStanding();
  const late = standing.filter((alarm) => alarm.kind === 'late-store');
  if (late.length > mostLateStores) {
    lines.push(
      `${late.length} stores are late: nothing has come from them for more than ${settings.oversight.lateAfterHours} hours.`,
    );
  }
  for (const alarm of standing) {
    if (alarm.kind === 'late-store' && late.length > mostLateStores) continue;
    if (!toldElsewhere.includes(alarm.kind))
      lines.push(`${alarm.subject}: ${alarm.body.split('\n')[0] ?? ''}`);
  }
  if (unsent.length > 0) {
    const what = unsent.length === 1 ? 'One e-mail' : `${unsent.length} e-mails`;
    lines.push(
      `${what} could not be sent and will be tried again: ${unsent[0]?.lastError?.message ?? ''} (branchline alerts list)`,
    );
  }
  return lines;
}
