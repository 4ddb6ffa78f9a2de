import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../platform/atomicWrite.ts';
import { type Random, randomShortId } from '../platform/random.ts';

const accountSchema = z.strictObject({ username: z.string().min(1), password: z.string().min(1) });

/**
 * The practice site's one account. Its password guards made-up files on loopback and is kept beside them: it
 * never comes near the keychain.
 */
export type PracticeAccount = z.infer<typeof accountSchema>;

/** Everything practice lies in this one folder of the data directory. */
export function practiceFolder(dataDir: string): string {
  return join(dataDir, 'practice');
}

const accountFile = (dataDir: string) => join(practiceFolder(dataDir), 'practice.json');

export function newPracticeAccount(random: Random): PracticeAccount {
  return { username: 'practice', password: randomShortId(random, 24) };
}

/** Written last at set-up: a folder without it is the rest of a practice office that was never finished. */
export function writePracticeAccount(dataDir: string, account: PracticeAccount): void {
  writeFileAtomic(accountFile(dataDir), `${JSON.stringify(account)}\n`, { mode: 0o600 });
}

/** Undefined where there is no practice office, or only a broken one. */
export function readPracticeAccount(dataDir: string): PracticeAccount | undefined {
  const path = accountFile(dataDir);
  if (!existsSync(path)) return undefined;
  try {
    return accountSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}
