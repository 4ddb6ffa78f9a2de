import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import type { Answer, ContractClient } from '../../shared/contract/wire.ts';
import { downloadText } from '../parts/downloadText.ts';
import { notifyDone, notifyFailure } from '../parts/notify.ts';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';
import { goTo } from './goTo.ts';

const pieceBytes = 384 * 1024;

/** What is under way, for a window that opens meanwhile. */
export async function loadActiveImports(client: ContractClient): Promise<void> {
  const answer = await client.call('imports.active', {});
  if (!answer.ok) return;
  useApp.setState({ imports: Object.fromEntries(answer.value.map((each) => [each.runId, each])) });
}

type StartRequest = Omit<CallInput<'imports.start'>, 'uploadId' | 'startedBy'>;

/** Sends a file to the engine and starts its import. Answers with the run's id, or nothing where it failed. */
export async function importFile(
  client: ContractClient,
  file: File,
  request: StartRequest,
  onSent: (share: number) => void,
): Promise<string | undefined> {
  const uploadId = await sendFile(client, file, onSent);
  if (uploadId === undefined) return undefined;
  const answer = await client.call('imports.start', { ...request, uploadId, startedBy: 'window' });
  if (answer.ok) return answer.value.runId;
  notifyFailure(answer.error);
  return undefined;
}

async function sendFile(
  client: ContractClient,
  file: File,
  onSent: (share: number) => void,
): Promise<string | undefined> {
  const begun = await client.call('imports.beginUpload', { name: file.name, sizeBytes: file.size });
  if (!begun.ok) {
    notifyFailure(begun.error);
    return undefined;
  }
  const { uploadId } = begun.value;
  for (let offset = 0; offset < file.size; offset += pieceBytes) {
    const base64 = await readPiece(file, offset);
    if (base64 === undefined) return undefined;
    const sent = await client.call('imports.addPiece', { uploadId, offset, base64 });
    if (!sent.ok) {
      notifyFailure(sent.error);
      return undefined;
    }
    onSent(Math.min(1, (offset + pieceBytes) / file.size));
  }
  return uploadId;
}

async function readPiece(file: File, offset: number): Promise<string | undefined> {
  try {
    const bytes = new Uint8Array(await file.slice(offset, offset + pieceBytes).arrayBuffer());
    let binary = '';
    for (let at = 0; at < bytes.length; at += 32_768) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    }
    return btoa(binary);
  } catch {
    notifyFailure({ code: 'unreadable', class: 'fix', message: text.imports.fileUnreadable, advice: '' });
    return undefined;
  }
}

/** Imports what lies on the FTP site and in the incoming folder. */
export async function takeImports(client: ContractClient): Promise<void> {
  const ended = Promise.withResolvers<{ runIds: string[]; growing: number; failed: boolean }>();
  let takeId: string | undefined;
  const stop = client.on('imports.taken', (taken) => {
    if (takeId !== undefined && taken.takeId !== takeId) return;
    if (taken.error !== undefined) notifyFailure(taken.error);
    ended.resolve({ runIds: taken.runIds, growing: taken.growing, failed: taken.error !== undefined });
  });
  const answer = await client.call('imports.take', {});
  if (answer.ok) {
    takeId = answer.value.takeId;
    const { runIds, growing, failed } = await ended.promise;
    const words = [
      ...(runIds.length > 0 ? [text.imports.taken(runIds.length)] : []),
      ...(growing > 0 ? [text.imports.growing(growing)] : []),
    ];
    if (!failed) notifyDone(words.length === 0 ? text.imports.nothingWaiting : words.join(' '));
  } else notifyFailure(answer.error);
  stop();
}

export async function cancelImport(client: ContractClient, runId: string): Promise<void> {
  const answer = await client.call('imports.cancel', { runId });
  if (!answer.ok) notifyFailure(answer.error);
}

/** Publishes an earlier edition again. Ask first. */
export async function undoImport(
  client: ContractClient,
  request: Omit<CallInput<'imports.rollback'>, 'startedBy'>,
): Promise<void> {
  const answer = await client.call('imports.rollback', { ...request, startedBy: 'window' });
  if (!answer.ok) notifyFailure(answer.error);
  else notifyDone(text.imports.undone(answer.value.source));
}

export async function removeImportChannel(client: ContractClient, name: string): Promise<void> {
  const answer = await client.call('imports.removeChannel', { name });
  if (!answer.ok) notifyFailure(answer.error);
  else goTo('imports');
}

/** Saves the rows that an import has kept out as a file. */
export async function saveRejected(client: ContractClient, runId: string): Promise<void> {
  let content = '';
  let offset: number | undefined = 0;
  while (offset !== undefined) {
    const answer: Answer<CallOutput<'imports.rejected'>> = await client.call('imports.rejected', {
      runId,
      offset,
    });
    if (!answer.ok) {
      notifyFailure(answer.error);
      return;
    }
    content += answer.value.text;
    offset = answer.value.nextOffset;
  }
  downloadText(text.imports.rejectedName(runId), 'text/csv;charset=utf-8', content);
}
