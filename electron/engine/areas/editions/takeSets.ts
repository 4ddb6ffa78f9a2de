import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DatasetName,
  datasetNameSchema,
  type SetName,
  setNameSchema,
} from '../../../../shared/dataset.ts';
import { ExchangeError, throwIfCancelled } from '../../../../shared/errors.ts';
import { type SetManifest, setKey, setManifestSchema, setsChannel } from '../../../../shared/setManifest.ts';
import type { Records } from '../../../records/records.ts';
import { keepAside } from '../../../transmission/inbox/keepAside.ts';
import { oweEditions } from '../../../transmission/receipts/oweEditions.ts';
import type { RunContext } from '../../../transmission/siteContext.ts';
import { csvRecords } from './csvRecords.ts';
import { heldEdition, sourceOf } from './heldEditions.ts';
import { hashOfFile, namesIn, parseManifestName } from './setFiles.ts';

/** The edition before stays, so that a person can look at what changed. */
const archivedKept = 1;
const mostManifestBytes = 4 * 1024 * 1024;

/** A set that cannot be taken, in plain words. */
class SetRefusal extends Error {}

/**
 * Takes sets that came from the central site: verifies them, stages them, and publishes each in one transaction.
 *
 * Promise: readers see the old edition or the new one. A damaged set changes nothing and is kept aside with its
 *          reason. An older issue never takes the place of a newer one. After a kill it is done again from the files,
 *          which stay until their effect is durable.
 */
export async function takeSets(run: RunContext, records: () => Records): Promise<void> {
  const root = join(run.folders.incoming, setsChannel, 'central');
  for (const datasetFolder of await namesIn(root)) {
    const dataset = datasetNameSchema.safeParse(datasetFolder);
    for (const setFolder of await namesIn(join(root, datasetFolder))) {
      const set = setNameSchema.safeParse(setFolder);
      if (!dataset.success || !set.success) continue;
      await takeSet(run, records(), join(root, datasetFolder, setFolder), dataset.data, set.data);
    }
  }
}

async function takeSet(
  run: RunContext,
  records: Records,
  folder: string,
  dataset: DatasetName,
  set: SetName,
): Promise<void> {
  const names = await namesIn(folder);
  const manifests = names
    .flatMap((name) => {
      const parsed = parseManifestName(name);
      return parsed === undefined ? [] : [{ name, ...parsed }];
    })
    .sort((a, b) => b.issue - a.issue || b.attempt - a.attempt);
  if (manifests.length === 0) return;
  run.ledger.commit('sets-met', (tables) => oweEditions(tables));
  for (const { name, issue } of manifests) {
    throwIfCancelled(run.signal);
    const held = heldEdition(records.sets(dataset).find((one) => one.set === set)?.published);
    if (held !== undefined && issue <= held.issue) break;
    try {
      const manifest = await takeOne(run, records, { folder, name, dataset, set });
      run.note(
        'info',
        `${setKey(dataset, set)} is now edition ${manifest.edition}, ${manifest.rows} row(s).`,
      );
    } catch (error) {
      const reason = refusalOf(error);
      run.attention(`The set ${setKey(dataset, set)} from the central site was not taken: ${reason}`);
      for (const path of [csvOf(name), name]) await keepAside(run, join(folder, path), reason);
    }
  }
  for (const name of names) await rm(join(folder, name), { force: true });
}

function csvOf(manifestName: string): string {
  return manifestName.replace(/json$/, 'csv');
}

/** What a person must know; everything that is not the set's own fault is thrown on. */
function refusalOf(error: unknown): string {
  if (error instanceof SetRefusal || error instanceof SyntaxError) return error.message;
  if (error instanceof ExchangeError && error.class === 'fix') return error.message;
  throw error;
}

interface Arrived {
  readonly folder: string;
  readonly name: string;
  readonly dataset: DatasetName;
  readonly set: SetName;
}

async function takeOne(run: RunContext, records: Records, arrived: Arrived): Promise<SetManifest> {
  const { folder, name, dataset, set } = arrived;
  const manifest = await readManifest(join(folder, name));
  if (manifest.dataset.name !== dataset || manifest.set !== set || manifest.officeId !== run.officeId) {
    throw new SetRefusal('Its manifest belongs to another set or another office.');
  }
  const csv = join(folder, csvOf(name));
  const sizeBytes = (await stat(csv).catch(() => undefined))?.size;
  if (sizeBytes === undefined) throw new SetRefusal('Its CSV is not there.');
  if (sizeBytes !== manifest.sizeBytes || (await hashOfFile(csv)) !== manifest.sha256) {
    throw new SetRefusal('Its CSV is damaged: size or hash is not that of the manifest.');
  }
  run.progress.what(`${setKey(dataset, set)} from the central site`);
  agreeOnColumns(records, manifest);
  const staging = records.stage(dataset, set, sourceOf(manifest), manifest.columns);
  try {
    await stageRows(run, csv, manifest, staging);
    staging.finish();
  } catch (error) {
    staging.discard();
    throw error;
  }
  records.publish(dataset, set, staging.editionId, archivedKept);
  return manifest;
}

async function readManifest(path: string): Promise<SetManifest> {
  if ((await stat(path)).size > mostManifestBytes) throw new SetRefusal('Its manifest is too large.');
  const text = await readFile(path, 'utf8');
  const parsed = setManifestSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new SetRefusal('Its manifest is not readable by this version of Branchline.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The store's dataset is made, or made equal, where that does no harm to rows that are there. */
function agreeOnColumns(records: Records, { dataset }: SetManifest): void {
  const known = records.dataset(dataset.name);
  const has = new Set(known?.columns.map(({ name, type }) => `${name} ${type}`));
  if (known !== undefined && dataset.columns.every(({ name, type }) => has.has(`${name} ${type}`))) return;
  records.addDataset(dataset);
}

async function stageRows(
  run: RunContext,
  csv: string,
  manifest: SetManifest,
  staging: ReturnType<Records['stage']>,
): Promise<void> {
  const pieces = createReadStream(csv, { encoding: 'utf8', highWaterMark: 256 * 1024 });
  let record = 0;
  for await (const fields of csvRecords(pieces)) {
    record += 1;
    if (record === 1) {
      if (fields.join() !== manifest.columns.join())
        throw new SetRefusal('Its header is not that of the manifest.');
      continue;
    }
    const error = staging.add(record, fields).find(({ severity }) => severity === 'error');
    if (error !== undefined) {
      throw new SetRefusal(`Row ${record - 1} is not valid here: ${error.column} ${error.reason}`);
    }
    if (record % 5000 === 0) throwIfCancelled(run.signal);
  }
  if (staging.rows !== manifest.rows) {
    throw new SetRefusal(`It has ${staging.rows} rows where its manifest says ${manifest.rows}.`);
  }
}
