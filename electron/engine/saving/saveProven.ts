import { createHash } from 'node:crypto';
import type { PasswordChange } from '../../../shared/contract/candidate.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import { proofNeed } from '../../../shared/proof.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { CheckReport } from '../../../shared/views.ts';
import type { TransportFactory } from '../../transport/transport.ts';
import type { CheckOptions, SaveOptions } from '../engine.ts';
import type { SecretBox } from '../secretBoxes.ts';
import { type ProveParts, proveCandidate } from './proveCandidate.ts';
import { withChanges } from './withChanges.ts';

export interface SaveParts extends ProveParts {
  /** The settings as they are. Errors: not-configured. */
  configured(): Settings;
  /** Settings that may replace these. Errors: invalid-settings. */
  check(candidate: unknown, before: Settings): Settings;
  /** Writes them, whatever they are. Errors: invalid-settings; those of the disk. */
  write(settings: Settings): Settings;
  readonly password: SecretBox;
  /** Of the key file. */
  readonly passphrase: SecretBox;
  factory(options: CheckOptions): Promise<TransportFactory>;
  /** The history has a new note. */
  onNote(): void;
}

interface SecretChanges {
  readonly password: PasswordChange;
  readonly passphrase: PasswordChange;
}

function newValue(change: PasswordChange): string | undefined {
  return change.do === 'set' ? change.value : undefined;
}

/** What no "save anyway" overrides: this site must never work in another office's or another store's place. */
const neverSaved: ReadonlySet<string> = new Set(['foreign-office', 'store-number-taken']);

/** Replaces the settings, and the password, of one data directory. */
export type SaveProven = (candidate: unknown, options?: SaveOptions) => Promise<Settings>;

/**
 * Saves settings and password, after proving them where they reach the server in another way than before.
 *
 * Promise: when it throws, nothing was replaced, password and passphrase neither. A change that another client saves
 *          meanwhile to another part of the settings stays. With `unproven` what cannot be proven is saved all the same and
 *          noted in the history; what was refused just before is not tried a second time, so that a wrong password
 *          is not sent twice. A foreign office and a store number that is taken are refused even so: transmissions
 *          would refuse them, too, and a site that is prepared before its server exists can meet neither.
 * Errors:  invalid-settings (fix); what the proof met: login-refused, cannot-connect, untrusted, foreign-office,
 *          store-number-taken, self-check-failed …; cancelled; those of secrets and disk.
 */
export function createSaveProven(parts: SaveParts): SaveProven {
  let refused: { readonly key: string; readonly report: CheckReport } | undefined;

  const prove = async (settings: Settings, changes: SecretChanges, options: SaveOptions) => {
    const { password, passphrase } = changes;
    const key = keyOf(settings, parts.configured(), changes);
    if (options.unproven === true && refused?.key === key) return refused.report;
    const candidate = {
      ftp: settings.ftp,
      password: newValue(password),
      keepPassword: password.do === 'keep',
      passphrase: newValue(passphrase),
      keepPassphrase: passphrase.do === 'keep',
    };
    const factory = await parts.factory({ candidate, attended: options.attended === true });
    const report = await proveCandidate(parts, settings, factory, options);
    refused = report.ok || report.error?.class === 'cancelled' ? undefined : { key, report };
    return report;
  };

  const commit = async (before: Settings, after: Settings, changes: SecretChanges): Promise<Settings> => {
    const now = parts.configured();
    const saved = parts.write(withChanges(before, after, now));
    try {
      for (const secret of ['passphrase', 'password'] as const) {
        if (changes[secret].do !== 'keep') await parts[secret].set(newValue(changes[secret]));
      }
    } catch (error) {
      parts.write(now);
      throw error;
    }
    return saved;
  };

  return async (candidate, options = {}) => {
    const { password = { do: 'keep' }, passphrase = { do: 'keep' } } = options;
    const changes = { password, passphrase };
    const before = parts.configured();
    const after = parts.check(candidate, before);
    const question = { before: before.ftp, after: after.ftp, ...changes };
    // Asked for only where it matters: the keychain may not be there, or may ask the person.
    const mayNeed = proofNeed({ ...question, hasPassword: true }) === 'needed';
    const hasPassword = mayNeed && (await hasSaved(parts.password));
    if (proofNeed({ ...question, hasPassword }) !== 'needed') return await commit(before, after, changes);

    const report = await prove(after, changes, options);
    options.onReport?.(report);
    if (report.ok) return await commit(before, after, changes);
    const error = report.error ?? unknownFailure(report);
    if (options.unproven !== true || error.class === 'cancelled' || neverSaved.has(error.code)) {
      throw new ExchangeError(error);
    }
    const saved = await commit(before, after, changes);
    const text = `The FTP Configuration was saved without proof: ${report.server}. ${report.verdict}`;
    parts.ledger.commit('saved-unproven', ({ historyNotes }) =>
      historyNotes.add({ atMs: parts.clock.now(), level: 'warning', text }),
    );
    parts.onNote();
    return saved;
  };
}

/** A keychain that cannot be opened has no password to prove. */
async function hasSaved(password: SecretBox): Promise<boolean> {
  try {
    return await password.has();
  } catch (error) {
    if (error instanceof ExchangeError) return false;
    throw error;
  }
}

/** Tells the same candidate again, without keeping the password. */
function keyOf({ ftp }: Settings, { trusted }: Settings, changes: SecretChanges): string {
  return createHash('sha256').update(JSON.stringify({ ftp, trusted, changes })).digest('hex');
}

function unknownFailure({ verdict }: CheckReport) {
  return { code: 'self-check-failed', class: 'fix', message: verdict, advice: '' } as const;
}
