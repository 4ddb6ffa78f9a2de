import { homedir, release } from 'node:os';
import type { Settings } from '../../../../shared/settings.ts';
import type { CheckReport } from '../../../../shared/views.ts';
import { formatUtc } from '../../../platform/clock.ts';
import { currentUser } from '../../../platform/currentUser.ts';
import { readLogTail } from '../../../platform/logFile.ts';
import { redactDocument } from '../../../platform/redact.ts';
import {
  ftpPasswordKey,
  keyPassphraseKey,
  mailPasswordKey,
  type SecretKey,
} from '../../../platform/secrets/secrets.ts';
import { programVersion } from '../../programVersion.ts';
import { queueView } from '../../queueView.ts';
import type { AreaParts } from '../area.ts';

const secretKeys: readonly SecretKey[] = [ftpPasswordKey, keyPassphraseKey, mailPasswordKey];
/** Variables that hold secrets themselves. */
const secretVariables = ['BRANCHLINE_PASSWORD', 'BRANCHLINE_VAULT_KEY'] as const;
const transmissionsKept = 20;
const notesKept = 200;
const queueRowsKept = 100;
const logBytes = 512 * 1024;

/**
 * All that support needs to know, as one JSON document.
 *
 * Promise: no secret is in it, in any form that redact knows; without `withNames`, no user name, no e-mail address and
 *          no name of this machine's user either. Host names, folders, store names and file names stay: without them
 *          nobody could help.
 */
export async function diagnostics(
  parts: AreaParts,
  report: CheckReport,
  withNames: boolean,
): Promise<{ readonly fileName: string; readonly text: string }> {
  const { clock, dataDir, env, ledger } = parts;
  const { settings, settingsError } = readSettings(parts);
  const now = formatUtc(clock.now());
  const { secrets, kept } = await readSecrets(parts);
  const names = withNames || settings === undefined ? [] : [settings.ftp.username, settings.mail.username];
  const document = {
    format: 'branchline-diagnostics',
    formatVersion: 1,
    created: now,
    program: { version: programVersion, node: process.versions.node },
    machine: {
      platform: process.platform,
      release: release(),
      arch: process.arch,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    dataDir,
    variables: Object.keys(env)
      .filter((name) => name.startsWith('BRANCHLINE_'))
      .toSorted(),
    secrets: kept,
    settings: settings ?? settingsError,
    doctor: report,
    ledger: ledger.survey(),
    ...ledger.read((tables) => ({
      transmissions: tables.transmissions.latest(transmissionsKept).map((run) => ({
        ...run,
        notes: tables.transmissions.notes(run.transmissionId).slice(-notesKept),
      })),
      sites: tables.sites.all(),
    })),
    queue: queueView(ledger).slice(0, queueRowsKept),
    log: readLogTail(dataDir, logBytes),
  };
  const hidden = redactDocument(document, {
    secrets: [...secrets, ...secretVariables.map((name) => env[name])],
    names: withNames ? [] : [...names, homedir(), currentUser().name],
    addresses: !withNames,
  });
  return {
    fileName: `branchline-diagnostics-${now.slice(0, 19).replaceAll(':', '-')}.json`,
    text: `${JSON.stringify(hidden, undefined, 2)}\n`,
  };
}

function readSettings(parts: AreaParts): {
  readonly settings?: Settings | undefined;
  readonly settingsError?: string;
} {
  try {
    return { settings: parts.settings() };
  } catch (error) {
    return { settingsError: error instanceof Error ? error.message : 'They cannot be read.' };
  }
}

/** The values, to hide them wherever they stand, and for the reader whether each is there. */
async function readSecrets(parts: AreaParts) {
  const secrets: string[] = [];
  const kept: Record<string, string> = {};
  for (const key of secretKeys) {
    try {
      const value = await parts.secret(key).get();
      if (value !== undefined) secrets.push(value);
      kept[key] = value === undefined ? 'not set' : 'kept';
    } catch (error) {
      kept[key] = error instanceof Error ? error.message : 'cannot be read';
    }
  }
  return { secrets, kept };
}
