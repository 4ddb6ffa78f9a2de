import pLimit from 'p-limit';
import { ExchangeError } from '../../../shared/errors.ts';
import type { NumberRange } from '../../../shared/receipt.ts';
import type { InPacketRow, InStreamRow } from '../../ledger/ledger.ts';
import type { PacketRefusal } from '../../packet/packet.ts';
import { knownWelcome } from '../office/welcome.ts';
import type { RunContext } from '../siteContext.ts';
import { answerOf } from './answerOf.ts';
import { applyPacket } from './applyPacket.ts';
import { downloadPath, fetchPacket, forgetDownload } from './fetchPacket.ts';
import type { InboxFile } from './inboxListing.ts';
import { keepAside } from './keepAside.ts';
import { planStream } from './planStream.ts';
import { stageAhead } from './stageAhead.ts';
import type { StagedPacket } from './stagePacket.ts';

/** How many packets of one sender are downloaded ahead of the one being applied. */
const fetchAhead = 8;

type Locked = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Fetches and applies the packets in the listing: senders side by side, each sender's packets in sequence.
 *
 * Promise: one sender's trouble does not stop the others. What cannot be fetched stays on the server.
 * Errors:  the first error that stopped a sender, after all others were served; cancelled at once.
 */
export async function importInbox(
  run: RunContext,
  officeId: string,
  packets: readonly InboxFile[],
): Promise<void> {
  const flows = new Map<string, InboxFile[]>();
  for (const file of packets) {
    if (!takeOrPass(run, file)) continue;
    const key = `${file.name.from} ${file.name.to}`;
    const flow = flows.get(key);
    if (flow) flow.push(file);
    else flows.set(key, [file]);
  }
  const all = [...flows.values()];
  run.progress.expect(
    all.reduce((sum, flow) => sum + flow.length, 0),
    all.flat().reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0),
  );
  const fetching = pLimit(run.pool.limit);
  const applying = pLimit(1);
  const errors: unknown[] = [];
  await Promise.all(
    all.map(async (flow) => {
      try {
        await importFlow(run, officeId, flow, fetching, applying);
      } catch (error) {
        if (error instanceof ExchangeError && error.class !== 'cancelled') {
          run.note('warning', `Packets from ${flow[0]?.name.from ?? '?'} wait: ${error.message}`);
        }
        errors.push(error);
      }
    }),
  );
  const worst = errors.find((error) => !(error instanceof ExchangeError)) ?? errors[0];
  if (worst !== undefined) throw worst;
}

/** True when the packet is to be looked at; false when its name says that it was answered before. */
function takeOrPass(run: RunContext, file: InboxFile): boolean {
  const { row, sender } = run.ledger.read((tables) => ({
    row: tables.inPackets.get(file.fileName),
    sender: tables.sites.get(file.name.from),
  }));
  if (sender === undefined) {
    run.tally.waiting += 1;
    run.attention(`Packets from ${file.name.from} wait: no such store has joined this office.`);
    return false;
  }
  if (row === undefined) return !isBeforeUs(run, file);
  if (!file.ours) return false;
  if (row.state === 'damaged' || row.state === 'rejected') return true;
  // It was answered and deleted, and came again: say so once more, never as an error.
  run.ledger.commit('came-again', (tables) => {
    tables.inPackets.addRemoval({ path: file.path });
    tables.receipts.due({
      site: row.from,
      fileName: row.fileName,
      outcome: 'duplicate',
      code: 'duplicate',
      message: 'This packet was answered before.',
    });
  });
  run.tally.duplicates += 1;
  return false;
}

/** A broadcast made before this store joined; or any broadcast, until the central site has said where to begin. */
function isBeforeUs(run: RunContext, file: InboxFile): boolean {
  if (file.name.to !== 'all') return false;
  const welcome = knownWelcome(run)?.welcome;
  return welcome === undefined || (!file.ours && file.name.sequence < welcome.startsAt);
}

async function importFlow(
  run: RunContext,
  officeId: string,
  flow: readonly InboxFile[],
  fetching: Locked,
  applying: Locked,
): Promise<void> {
  let left = flow;
  for (;;) {
    const stream = newestStream(run, left);
    const plan = planStream(
      left.map((file) => ({ file, sequence: file.name.sequence, fileName: file.fileName })),
      stream?.appliedThrough ?? startOf(run, left),
    );
    // A stream not met yet that begins with a gap: its first packet is opened, to learn which stream it is.
    const next = stream === undefined && plan.wanted.length === 0 ? plan.waiting.slice(0, 1) : plan.wanted;
    const done = await importInOrder(
      run,
      officeId,
      next.map((item) => item.file),
      fetching,
      applying,
    );
    left = left.filter((file) => !done.has(file.fileName));
    if (done.size === 0 || left.length === 0) break;
  }
  noteMissing(run, flow, left);
}

/** Applies the files in order, downloading ahead. Returns the names that are finished with. */
async function importInOrder(
  run: RunContext,
  officeId: string,
  files: readonly InboxFile[],
  fetching: Locked,
  applying: Locked,
): Promise<Set<string>> {
  const done = new Set<string>();
  const fetched = new Map<string, Promise<string | undefined>>();
  const [first] = files;
  // Only the first: the others are downloaded while the ones before them are unpacked.
  const ahead = first === undefined ? undefined : stageAhead(run, officeId, first, downloadPath(run, first));
  const fetchSoon = (index: number) => {
    const file = files[index];
    if (file === undefined) return;
    const promise = fetching(() => fetchPacket(run, file, file === first ? ahead : undefined));
    // Awaited in order below; a failure further ahead must not count as unhandled meanwhile.
    promise.catch(() => undefined);
    fetched.set(file.fileName, promise);
  };
  for (let index = 0; index < Math.min(fetchAhead, files.length); index += 1) fetchSoon(index);
  try {
    for (const [index, file] of files.entries()) {
      const path = await fetched.get(file.fileName);
      fetchSoon(index + fetchAhead);
      // Gone: its sender withdrew it or is sending it again.
      const staged = file === first ? ahead?.staged : undefined;
      const finished =
        path === undefined
          ? true
          : await applying(async () => applyOne(run, officeId, file, path, await staged));
      if (!finished) break;
      done.add(file.fileName);
      run.progress.packetDone();
    }
  } finally {
    await Promise.allSettled(fetched.values());
    if (first === undefined || !done.has(first.fileName)) await ahead?.discard();
  }
  return done;
}

/** True when the packet is finished with; false when it must wait for the ones before it. */
async function applyOne(
  run: RunContext,
  officeId: string,
  file: InboxFile,
  path: string,
  staged: StagedPacket | undefined,
): Promise<boolean> {
  run.signal?.throwIfAborted();
  let result = await applyPacket(run, officeId, file, path, staged);
  if (result.kind === 'refused' && result.refusal.code === 'damaged') {
    // The damage may be on the way, not on the server: fetch it once more, whole.
    await forgetDownload(run, file.fileName);
    const again = await fetchPacket(run, file);
    if (again === undefined) return true;
    result = await applyPacket(run, officeId, file, again, undefined);
  }
  if (result.kind === 'refused') {
    await refuse(run, file, path, result.refusal);
    return true;
  }
  if (result.kind === 'duplicate') await forgetDownload(run, file.fileName);
  return result.kind !== 'early';
}

async function refuse(run: RunContext, file: InboxFile, path: string, refusal: PacketRefusal): Promise<void> {
  const damaged = refusal.code === 'damaged';
  await keepAside(run, path, `${file.fileName} was refused (${refusal.code}): ${refusal.message}`);
  run.ledger.commit('refused', (tables) => {
    const row: InPacketRow = {
      fileName: file.fileName,
      packetId: undefined,
      streamId: undefined,
      from: file.name.from,
      to: file.name.to,
      sequence: file.name.sequence,
      through: file.name.sequence,
      sizeBytes: file.sizeBytes ?? 0,
      state: damaged ? 'damaged' : 'rejected',
      code: refusal.code,
      message: refusal.message,
      receivedMs: run.clock.now(),
      transmissionId: run.transmissionId,
      staging: '',
    };
    tables.inPackets.put(row);
    if (file.ours) tables.inPackets.addRemoval({ path: file.path });
    // A damaged packet is asked for only once its copy is gone (see removeTaken): the fresh one has its name.
    if (!damaged || !file.ours) tables.receipts.due(answerOf(row));
    // The number stays open: who made the refused packet is not certain, and the true one may still come. Its
    // sender, told of the refusal, fills the number with a void packet when it is asked for.
  });
  run.tally.rejected += 1;
  const said = `Packet ${file.fileName} from ${file.name.from} was refused (${refusal.code}): ${refusal.message}`;
  if (damaged) run.note('warning', `${said} It is asked for again.`);
  else run.attention(said);
}

function newestStream(run: RunContext, files: readonly InboxFile[]): InStreamRow | undefined {
  const name = files[0]?.name;
  return name === undefined
    ? undefined
    : run.ledger.read((tables) => tables.inStreams.of(name.from, name.to).at(-1));
}

/** The number before the first one owed, for a stream not met yet. */
function startOf(run: RunContext, files: readonly InboxFile[]): number {
  const welcome = files[0]?.name.to === 'all' ? knownWelcome(run)?.welcome : undefined;
  return welcome === undefined ? 0 : welcome.startsAt - 1;
}

/** Records which numbers are missing before what waits, so that the next receipt asks for them. */
function noteMissing(run: RunContext, flow: readonly InboxFile[], left: readonly InboxFile[]): void {
  run.tally.waiting += left.length;
  const stream = newestStream(run, flow);
  const missing: readonly NumberRange[] =
    left.length === 0
      ? []
      : planStream(
          left.map((file) => ({ sequence: file.name.sequence, fileName: file.fileName })),
          stream?.appliedThrough ?? startOf(run, flow),
        ).missing;
  if (stream !== undefined && JSON.stringify(stream.missing) !== JSON.stringify(missing)) {
    run.ledger.commit('missing', (tables) => tables.inStreams.put({ ...stream, missing }));
  }
  for (const range of missing) {
    const numbers =
      range.from === range.through ? `Packet ${range.from}` : `Packets ${range.from} to ${range.through}`;
    run.note('warning', `${numbers} from ${flow[0]?.name.from ?? '?'} missing; asked for again.`);
  }
}
