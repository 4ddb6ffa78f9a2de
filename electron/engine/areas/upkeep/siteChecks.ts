import type { Settings } from '../../../../shared/settings.ts';
import { openSecrets } from '../../../platform/secrets/openSecrets.ts';
import { neededSecrets } from '../../neededSecrets.ts';
import type { AreaParts } from '../area.ts';
import { type Finding, failed, failedBy, fine, note } from './finding.ts';

export function checkSettings(parts: AreaParts): Finding {
  const settings = parts.configured();
  const { site, channels } = settings;
  const who = site.role === 'central' ? 'The central site' : `Store ${site.storeNumber}`;
  if (channels.length > 0) return fine(`${who}, "${site.name}", with ${channels.join(', ')}.`);
  return note(
    `${who}, "${site.name}", without channels.`,
    'It receives what the others send, and sends nothing.',
    'If it is to send: branchline channels add NAME',
  );
}

/** Whether what is needed to log in can be read where it is kept. */
export async function checkSecrets(parts: AreaParts, settings: Settings | undefined): Promise<Finding> {
  const { dataDir, env } = parts;
  const place = openSecrets({ dataDir, env }).describe();
  const wanted = settings === undefined ? [] : neededSecrets(settings);
  try {
    for (const { key, what, setting } of wanted) {
      if (await parts.secret(key).has()) continue;
      return failed(
        'secrets-unavailable',
        `Not set: ${what}.`,
        `It would be kept in ${place}.`,
        `Set it: branchline config set ${setting}`,
      );
    }
  } catch (error) {
    return failedBy(error, 'Nobody can log in by itself without it.');
  }
  if (wanted.length === 0) return fine('None is needed.');
  return fine(`Readable, in ${place}.`);
}

export function checkMail({ mail }: Settings): Finding {
  if (mail.host === '' && mail.recipients.length === 0) {
    return note(
      'No mail server is set.',
      'Nobody is told by e-mail when something needs a person.',
      'Set mail.host, mail.sender and mail.recipients, and send a test e-mail.',
    );
  }
  const missing = [
    ...(mail.host === '' ? ['mail.host'] : []),
    ...(mail.sender === '' ? ['mail.sender'] : []),
    ...(mail.recipients.length === 0 ? ['mail.recipients'] : []),
  ];
  if (missing.length > 0) {
    return failed(
      'mail-incomplete',
      `Not set: ${missing.join(', ')}.`,
      'No e-mail can be sent like this.',
      `Set it: branchline config set ${missing[0]}=…`,
    );
  }
  const count = mail.recipients.length === 1 ? '1 recipient' : `${mail.recipients.length} recipients`;
  return fine(`Through ${mail.host}:${mail.port} to ${count}.`);
}

/** What waits for a person. */
export function checkQueue({ ledger }: AreaParts): Finding {
  const { skipped, queued } = ledger.read((tables) => ({
    skipped: tables.deliveries.inState('skipped').length,
    queued: tables.deliveries.inState('queued').length,
  }));
  if (skipped === 0) return fine(queued === 0 ? 'Empty.' : `${queued} waiting to be sent, none skipped.`);
  return note(
    `${skipped} skipped, ${queued} waiting to be sent.`,
    'Skipped packets are not tried again by themselves.',
    'See why: branchline queue list. Then: branchline queue retry',
  );
}
