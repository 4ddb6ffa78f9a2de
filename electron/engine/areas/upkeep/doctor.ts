import type { Settings } from '../../../../shared/settings.ts';
import type { CheckReport, CheckStep } from '../../../../shared/views.ts';
import { isServed } from '../../host/isServed.ts';
import type { AreaParts } from '../area.ts';
import { checkConnection } from './checkConnection.ts';
import { checkSchedule } from './checkSchedule.ts';
import { examine } from './examine.ts';
import { type Check, type Finding, notRun } from './finding.ts';
import { checkDisk, checkFolders, checkLedger } from './placeChecks.ts';
import { serverChecks } from './serverChecks.ts';
import { checkMail, checkQueue, checkSecrets, checkSettings } from './siteChecks.ts';

export interface DoctorOptions {
  readonly offline: boolean;
  readonly signal: AbortSignal;
  readonly onStep: (step: CheckStep) => void;
}

/** Checks everything that a site needs. See examine for what it promises. */
export async function doctor(parts: AreaParts, options: DoctorOptions): Promise<CheckReport> {
  const { clock, ledger, dataDir } = parts;
  const settings = settingsOrNone(parts);
  /** Without settings there is nothing to look at. */
  const known = (look: (settings: Settings) => Promise<Finding> | Finding) => () =>
    settings === undefined ? notRun('The settings come first.') : look(settings);
  const checks: Check[] = [
    { name: 'settings', label: 'Settings', look: () => checkSettings(parts) },
    { name: 'secrets', label: 'Secrets', look: () => checkSecrets(parts, settings) },
    {
      name: 'folders',
      label: 'Folders',
      look: known((found) => {
        // Made when they are first needed; that they cannot be made is what counts.
        parts.site(found);
        return checkFolders(dataDir, found);
      }),
    },
    { name: 'disk', label: 'Disk space', look: () => checkDisk(dataDir, settings) },
    { name: 'ledger', label: 'Ledger', look: () => checkLedger(parts) },
    { name: 'queue', label: 'Queue', look: () => checkQueue(parts) },
    {
      name: 'connection',
      label: 'Connection',
      look: known((found) =>
        checkConnection(
          found,
          ledger.read((tables) => tables.connection.get()),
          clock.now(),
        ),
      ),
    },
    ...serverChecks(parts, options.offline || settings === undefined, options.signal),
    {
      name: 'schedule',
      label: 'Schedule',
      look: known(async (found) =>
        checkSchedule({
          settings: found,
          served: await isServed(dataDir),
          last: ledger.read((tables) => tables.transmissions.latest(1))[0],
          nowMs: clock.now(),
        }),
      ),
    },
    { name: 'mail', label: 'Mail', look: known(checkMail) },
  ];
  return await examine(checks, { ...options, clock, server: settings?.ftp.host ?? '' });
}

/** The first check says why they cannot be read. */
function settingsOrNone(parts: AreaParts): Settings | undefined {
  try {
    return parts.settings();
  } catch {
    return undefined;
  }
}
