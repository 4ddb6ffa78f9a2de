import type { Settings } from '../../../../shared/settings.ts';
import type { Alarm } from '../../../alerts/alarms.ts';
import type { ConnectionRow } from '../../../ledger/ledger.ts';

/** There is one connection. */
const suspensionKey = 'connection';

/** The alert of a suspended connection. Its words are fixed: people's mail rules know them. Source: design "Delivery rules". */
export function suspensionAlarm(row: ConnectionRow, settings: Settings): Alarm {
  const { ftp, suspension } = settings;
  const host = ftp.protocol === 'folder' ? ftp.homeDir : ftp.host;
  const minutes = `${suspension.minutes} minute${suspension.minutes === 1 ? '' : 's'}`;
  return {
    kind: 'suspension',
    key: suspensionKey,
    subject: 'FTP Suspension Alert',
    body: [
      `There have been ${row.failures} failures sending files via FTP from Branchline to ${host} with username ${ftp.username}`,
      row.lastMessage,
      `FTP has been suspended for ${minutes} for ${siteTitle(settings)} and will be retried once this timer has expired; requests are being queued.`,
    ].join('\n'),
  };
}

/** `store 0012 (Riverside)`: for people who look after many sites. */
export function siteTitle({ site }: Settings): string {
  const name = site.role === 'central' ? 'the central site' : `store ${site.storeNumber}`;
  return site.name === '' ? name : `${name} (${site.name})`;
}
