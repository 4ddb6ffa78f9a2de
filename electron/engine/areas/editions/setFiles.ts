import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SetManifest, setsChannel } from '../../../../shared/setManifest.ts';
import { ownChangeMs } from '../../../exports/chooseRows.ts';
import { writeCsvFile } from '../../../exports/writeCsvFile.ts';
import { syncFolder } from '../../../platform/atomicWrite.ts';
import type { Edition, Records, Row } from '../../../records/records.ts';
import { placeFile } from '../../../transmission/placeFile.ts';

/** `1764112980000-1.json`: issue and attempt. */
const manifestName = /^(\d{1,16})-(\d{1,3})\.json$/;

export interface SetFileName {
  readonly issue: number;
  readonly attempt: number;
}

export function parseManifestName(name: string): SetFileName | undefined {
  const match = manifestName.exec(name);
  return match === null ? undefined : { issue: Number(match[1]), attempt: Number(match[2]) };
}

/** Path of one of the two files within the channel. */
export function setPath(
  { dataset, set }: { readonly dataset: string; readonly set: string },
  { issue, attempt }: SetFileName,
  ending: 'csv' | 'json',
): string {
  return `${dataset}/${set}/${issue}-${attempt}.${ending}`;
}

export type UnsignedManifest = Omit<SetManifest, 'sizeBytes' | 'sha256'>;

export interface StagedSet {
  readonly csv: string;
  readonly manifest: SetManifest;
  /** Rows that were added or changed before this are in it. */
  readonly untilMs: number;
}

/** Writes the CSV of an edition into a working folder, and says what its manifest is. */
export async function stageSet(
  records: Records,
  folder: string,
  edition: Edition,
  unsigned: UnsignedManifest,
  signal: AbortSignal | undefined,
): Promise<StagedSet> {
  await mkdir(folder, { recursive: true });
  const csv = join(folder, `${unsigned.dataset.name}-${unsigned.set}.csv`);
  let untilMs = 0;
  const watched = function* (): Iterable<Row> {
    for (const row of records.each({
      dataset: edition.dataset,
      set: edition.set,
      editionId: edition.editionId,
    })) {
      untilMs = Math.max(untilMs, (ownChangeMs(row, edition) ?? 0) + 1);
      yield row;
    }
  };
  const { rows, sizeBytes } = await writeCsvFile({
    path: csv,
    columns: unsigned.columns,
    rows: watched(),
    // Read back by a program: every value stays as it is.
    neutraliseFormulas: false,
    signal,
  });
  const manifest = { ...unsigned, rows, sizeBytes, sha256: await hashOfFile(csv) };
  return { csv, manifest, untilMs };
}

/**
 * Puts a staged set into the outgoing folder for one addressee: the CSV first, so that a manifest never travels
 * before what it speaks of.
 */
export async function placeSet(
  { csv, manifest }: StagedSet,
  outgoing: string,
  target: string,
  attempt: number,
): Promise<void> {
  const { issue, set } = manifest;
  const place = placeOf(outgoing, { dataset: manifest.dataset.name, set, issue, attempt, target });
  const copy = `${csv}.copy`;
  await copyFile(csv, copy);
  await placeFile(copy, place('csv'), 'replace');
  await writeFile(copy, `${JSON.stringify(manifest, undefined, 2)}\n`);
  await placeFile(copy, place('json'), 'replace');
  syncFolder(join(place('json'), '..'));
}

interface Placed {
  readonly dataset: string;
  readonly set: string;
  readonly issue: number;
  readonly attempt: number;
  readonly target: string;
}

function placeOf(outgoing: string, placed: Placed): (ending: 'csv' | 'json') => string {
  return (ending) =>
    join(outgoing, setsChannel, placed.target, ...setPath(placed, placed, ending).split('/'));
}

/** Takes back what a kill left half placed. */
export async function removePlaced(outgoing: string, placed: Placed): Promise<void> {
  const place = placeOf(outgoing, placed);
  for (const ending of ['csv', 'json'] as const) await rm(place(ending), { force: true });
}

/** Takes files of a set that were not packed yet out of the outgoing folder, but those of one issue. */
export async function removeUnpacked(
  outgoing: string,
  { dataset, set }: { readonly dataset: string; readonly set: string },
  keepIssue: number | undefined,
): Promise<void> {
  for (const target of await namesIn(join(outgoing, setsChannel))) {
    const folder = join(outgoing, setsChannel, target, dataset, set);
    for (const name of await namesIn(folder)) {
      if (keepIssue !== undefined && name.startsWith(`${keepIssue}-`)) continue;
      await rm(join(folder, name), { force: true });
    }
  }
}

/** Lower-case hex. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) hash.update(chunk);
  return hash.digest('hex');
}

/** Names in a folder; none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return [];
    throw error;
  }
}
