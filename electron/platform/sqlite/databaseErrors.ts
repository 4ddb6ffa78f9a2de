import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import { plainFileError } from '../fileError.ts';
import type { DatabasePlace } from './databaseKind.ts';
import { isDamage, plainSqliteError } from './sqliteError.ts';

/** The plain form of an error met in a database. */
export function plainDatabaseError(error: unknown, place: DatabasePlace): unknown {
  const what = `the ${place.kind.name} ${place.path}`;
  return isDamage(error)
    ? damagedDatabaseError(place, error)
    : plainFileError(plainSqliteError(error, what), what);
}

export function damagedDatabaseError({ kind, path }: DatabasePlace, cause?: unknown): ExchangeError {
  const backup = newestBackup(path);
  const advice =
    `Move it and the files beside it that end in "-wal" and "-shm" to another folder, and restore the ${kind.name} from a backup of this machine. ` +
    (backup === undefined
      ? 'There is no earlier copy beside it.'
      : `If there is none, put ${backup} in its place: a copy made before an update of Branchline.`);
  return new ExchangeError({
    code: `${kind.code}-damaged`,
    class: 'fix',
    message: `The ${kind.name} ${path} is damaged, so nothing was changed in it.`,
    advice,
    cause,
  });
}

/** The copy made before the latest migration, where there is one. */
function newestBackup(path: string): string | undefined {
  const prefix = `${basename(path)}.backup-v`;
  const newest = readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && /^[0-9]+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((one, other) => other - one)[0];
  return newest === undefined ? undefined : join(dirname(path), `${prefix}${newest}`);
}
