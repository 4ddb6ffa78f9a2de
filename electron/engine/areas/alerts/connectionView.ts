import type { Settings } from '../../../../shared/settings.ts';
import type { ConnectionView } from '../../../../shared/views.ts';
import type { ConnectionRow } from '../../../ledger/ledger.ts';
import { atThisClock } from '../../../transmission/suspension/suspensionRules.ts';

/** How the connection stands, by the clock as it is now. */
export function connectionView(row: ConnectionRow, settings: Settings, nowMs: number): ConnectionView {
  const { failures, suspended, held, lastMessage } = atThisClock(row, nowMs, settings.suspension);
  return {
    enabled: settings.ftp.enabled,
    failures,
    ...(suspended === undefined ? {} : { suspended: { ...suspended, lastMessage } }),
    ...(held === undefined ? {} : { heldLogin: { sinceMs: held.sinceMs, message: held.message } }),
  };
}
