import { readFileSync } from 'node:fs';
import { ExchangeError } from '../../shared/errors.ts';
import { parseSettings } from '../../shared/parseSettings.ts';
import type { Settings } from '../../shared/settings.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import { fileErrorCode, plainFileError } from './fileError.ts';
import { checkFolders, dataPaths } from './paths.ts';

/**
 * The settings in a data directory; undefined before set-up.
 *
 * Errors: fix: `invalid-settings`, naming the setting; `data-dir-not-writable`.
 */
export function readSettings(dataDir: string): Settings | undefined {
  const path = dataPaths(dataDir).settings;
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    return checkSettings(dataDir, parseJson(text));
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    throw new ExchangeError({
      code: error.code,
      class: error.class,
      message: `The settings in ${path} cannot be used. ${error.message}`,
      advice: `Correct the file, or put ${path}.previous in its place: the settings before the last change.`,
      cause: error,
    });
  }
}

/**
 * Replaces the settings, after checking them whole, and keeps the ones before as `settings.json.previous`.
 *
 * Promise: durable when it returns; when it throws, the old settings stand.
 * Errors:  fix: `invalid-settings`, naming the setting; `data-dir-not-writable`; full: `disk-full`.
 */
export function writeSettings(dataDir: string, value: unknown): Settings {
  const path = dataPaths(dataDir).settings;
  const settings = checkSettings(dataDir, value);
  const text = `${JSON.stringify(settings, undefined, 2)}\n`;
  const before = readText(path);
  if (before === text) return settings;
  try {
    if (before !== undefined) writeFileAtomic(`${path}.previous`, before, { mode: 0o600 });
    writeFileAtomic(path, text, { mode: 0o600 });
  } catch (error) {
    throw plainFileError(error, `the settings ${path}`);
  }
  return settings;
}

export function checkSettings(dataDir: string, value: unknown): Settings {
  const settings = parseSettings(value);
  checkFolders(dataPaths(dataDir, settings.folders));
  return settings;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw plainFileError(error, `the settings ${path}`);
  }
}

function parseJson(text: string): unknown {
  try {
    // Windows editors put a byte order mark in front, which JSON does not allow.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new ExchangeError({
      code: 'invalid-settings',
      class: 'fix',
      message: `${whereBroken(cause)} it is not valid JSON.`,
      cause,
    });
  }
}

/** V8 names the place in some of its messages; the rest of the message repeats the text, which may be private. */
function whereBroken(error: unknown): string {
  const place = error instanceof Error ? /line (\d+) column (\d+)/.exec(error.message) : null;
  return place === null ? 'Somewhere' : `At line ${place[1]}, column ${place[2]},`;
}
