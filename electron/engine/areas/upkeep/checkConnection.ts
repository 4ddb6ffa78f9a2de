import type { Settings } from '../../../../shared/settings.ts';
import type { ConnectionRow } from '../../../ledger/ledger.ts';
import { type Finding, failed, fine, note } from './finding.ts';

/** Whether transmissions may use the connection at all: switched on, not suspended, log-in not refused. A pure rule. */
export function checkConnection({ ftp }: Settings, row: ConnectionRow, nowMs: number): Finding {
  if (!ftp.enabled) {
    return note(
      'Enable FTP is off.',
      'Files are packed and queued, and nothing is sent or received.',
      'To go on: branchline config set ftp.enabled=true',
    );
  }
  if (row.held !== undefined) {
    return failed(
      'login-refused',
      row.held.message,
      'A refused log-in is not tried again by the schedule, because accounts get locked.',
      'Correct the username or password; then: branchline transmit',
    );
  }
  if (row.suspended !== undefined) {
    const minutes = Math.max(0, Math.ceil((row.suspended.untilMs - nowMs) / 60_000));
    return note(
      `It rests after ${row.failures} failures in a row, for ${minutes} minutes more. ${row.lastMessage}`.trim(),
      'Files are queued meanwhile; then the oldest packet is tried first.',
      'To try at once: branchline transmit --now',
    );
  }
  return fine(row.failures === 0 ? 'On, without failures.' : `On; ${row.failures} failures in a row so far.`);
}
