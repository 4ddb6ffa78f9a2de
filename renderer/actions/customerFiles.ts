import type { Attachment, UnidentifiedFile } from '../../shared/contract/customerFilesCalls.ts';
import type { Answer, ContractClient } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { notifyDone, notifyFailure } from '../parts/notify.ts';
import { text } from '../text/en.ts';

const words = text.customerFiles;

/** Attaches an unidentified file to a customer. Answers whether it worked. */
export async function attachFile(
  client: ContractClient,
  file: UnidentifiedFile,
  customer: string,
): Promise<boolean> {
  const answer = await client.call('customerFiles.attach', { id: file.id, customer });
  if (!answer.ok) return failed(answer.error);
  const { label, again } = answer.value;
  notifyDone((again ? words.attachedAgain : words.attached)(file.name, label));
  return true;
}

export async function putBackFile(client: ContractClient, file: UnidentifiedFile): Promise<boolean> {
  const answer = await client.call('customerFiles.putBack', { id: file.id });
  if (!answer.ok) return failed(answer.error);
  notifyDone(words.putBackDone(file.name));
  return true;
}

/** Ask first. */
export async function deleteFile(client: ContractClient, file: UnidentifiedFile): Promise<boolean> {
  const answer = await client.call('customerFiles.delete', { id: file.id });
  if (!answer.ok) return failed(answer.error);
  notifyDone(words.deleteDone(file.name));
  return true;
}

/** Reads an attachment whole. */
export function readAttachment(
  client: ContractClient,
  file: Attachment,
): Promise<Uint8Array<ArrayBuffer> | ErrorReport> {
  return readWhole((offset) => client.call('customerFiles.read', { id: file.id, offset }));
}

/** Reads an unidentified file whole; the engine fetches it from the FTP site for that. */
export function readUnidentified(
  client: ContractClient,
  file: UnidentifiedFile,
): Promise<Uint8Array<ArrayBuffer> | ErrorReport> {
  return readWhole((offset) => client.call('customerFiles.preview', { id: file.id, offset }));
}

async function readWhole(
  read: (offset: number) => Promise<Answer<{ readonly base64: string; readonly sizeBytes: number }>>,
): Promise<Uint8Array<ArrayBuffer> | ErrorReport> {
  let whole = new Uint8Array(0);
  let offset = 0;
  for (;;) {
    const answer = await read(offset);
    if (!answer.ok) return answer.error;
    const { base64, sizeBytes } = answer.value;
    if (whole.length !== sizeBytes) whole = new Uint8Array(sizeBytes);
    const part = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    whole.set(part.subarray(0, sizeBytes - offset), offset);
    offset += part.length;
    if (offset >= sizeBytes || part.length === 0) return whole;
  }
}

function failed(error: ErrorReport): false {
  notifyFailure(error);
  return false;
}
