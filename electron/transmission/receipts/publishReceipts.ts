import { Readable } from 'node:stream';
import { ExchangeError } from '../../../shared/errors.ts';
import { inboxFolder, tmpFolder } from '../../../shared/remoteNames.ts';
import type { OutReceiptRow } from '../../ledger/ledger.ts';
import type { Transport } from '../../transport/transport.ts';
import { sideBySide } from '../sideBySide.ts';
import type { RunContext } from '../siteContext.ts';

/**
 * Publishes the receipts that are waiting: uploaded into tmp/, renamed into the sender's folder.
 *
 * Promise: a receipt whose fate is unknown is published again under its name; reading one twice does no harm.
 *          Its content carries its hash, so it is not read back: a damaged one is asked for again.
 */
export async function publishReceipts(run: RunContext): Promise<void> {
  const pending = run.ledger.read((tables) => tables.receipts.pending());
  const publish = async (receipt: OutReceiptRow) => {
    await run.pool.use((transport) => publishOne(run, transport, receipt), run.signal);
    run.ledger.commit('receipt-published', (tables) => tables.receipts.setPublished(receipt.fileName));
    run.tally.receiptsSent += 1;
  };
  await sideBySide(pending, publish, run.pool.limit);
}

async function publishOne(run: RunContext, transport: Transport, receipt: OutReceiptRow): Promise<void> {
  const { signal } = run;
  const bytes = Buffer.from(receipt.body);
  const folder = inboxFolder(receipt.to);
  const target = `${folder}/${receipt.fileName}`;
  const tmp = `${tmpFolder}/${receipt.fileName}`;
  const source = {
    sizeBytes: bytes.length,
    open: (offset: number) => Readable.from([bytes.subarray(offset)], { objectMode: false }),
  };
  await transport.upload(tmp, source, { signal });
  try {
    await transport.rename(tmp, target, { signal });
  } catch (error) {
    if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
    if ((await transport.fileSize(target, { signal })) === bytes.length) {
      await transport.remove(tmp, { signal });
      return;
    }
    // As with packets: where tmp/ cannot be renamed from, write beside the place.
    const part = `${target}.part`;
    await transport.upload(part, source, { signal });
    await transport.rename(part, target, { signal });
    await transport.remove(tmp, { signal });
  }
}
