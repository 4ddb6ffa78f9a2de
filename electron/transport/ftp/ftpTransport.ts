import { cancelledError, throwIfCancelled } from '../../../shared/errors.ts';
import { oneAtATime } from '../oneAtATime.ts';
import { splitRemoteFilePath, splitRemotePath } from '../remotePath.ts';
import type {
  CallOptions,
  DownloadSink,
  RemoteEntry,
  TransferOptions,
  Transport,
  TransportTraits,
  UploadSource,
} from '../transport.ts';
import { connectionLost } from '../transportErrors.ts';
import { downloadFile } from './downloadFile.ts';
import { freeBytes } from './freeBytes.ts';
import type { FtpSession } from './ftpSession.ts';
import { listFolder } from './listFolder.ts';
import { makeFolder } from './makeFolder.ts';
import { removeFile, removeFolder } from './removeEntry.ts';
import { renameFile } from './renameFile.ts';
import { fileSize, modifiedTime } from './statFile.ts';
import { uploadFile } from './uploadFile.ts';

/** How long a polite goodbye may take. */
const goodbyeMs = 1000;

/** One logged-in FTP connection. Cancelling a call that is under way closes the connection. */
export class FtpTransport implements Transport {
  readonly #session: FtpSession;
  readonly #inTurn = oneAtATime();
  #busy = 0;
  #closing: Promise<void> | undefined;
  #stopKeepAlive = () => {};

  constructor(session: FtpSession) {
    this.#session = session;
    this.#scheduleKeepAlive();
  }

  get traits(): TransportTraits {
    const { knowledge, features } = this.#session;
    return {
      resumesUploads: knowledge.resumesUploads,
      resumesDownloads: knowledge.resumesDownloads ?? features.restart,
      renameReplaces: knowledge.renameReplaces,
      exactListings: knowledge.listsExactly ?? features.exactListings,
    };
  }

  get closed(): boolean {
    return this.#closing !== undefined || this.#session.control.failure !== undefined;
  }

  list(folder: string, options?: CallOptions): Promise<RemoteEntry[]> {
    return this.#call([], [folder], options, () => listFolder(this.#session, folder));
  }

  fileSize(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.#call([path], [], options, () => fileSize(this.#session, path));
  }

  modifiedTime(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.#call([path], [], options, () => modifiedTime(this.#session, path));
  }

  upload(
    path: string,
    source: UploadSource,
    options?: TransferOptions & { readonly offset?: number },
  ): Promise<void> {
    return this.#call([path], [], options, () =>
      uploadFile(this.#session, { ...options, path, source, offset: options?.offset ?? 0 }),
    );
  }

  download(
    path: string,
    sink: DownloadSink,
    options?: TransferOptions & { readonly offset?: number; readonly expectedBytes?: number },
  ): Promise<number> {
    return this.#call([path], [], options, () =>
      downloadFile(this.#session, {
        ...options,
        path,
        sink,
        offset: options?.offset ?? 0,
        expectedBytes: options?.expectedBytes,
      }),
    );
  }

  rename(from: string, to: string, options?: CallOptions): Promise<void> {
    return this.#call([from, to], [], options, () => renameFile(this.#session, from, to));
  }

  remove(path: string, options?: CallOptions): Promise<boolean> {
    return this.#call([path], [], options, () => removeFile(this.#session, path));
  }

  makeFolder(folder: string, options?: CallOptions): Promise<void> {
    return this.#call([], [folder], options, () => makeFolder(this.#session, folder));
  }

  removeFolder(folder: string, options?: CallOptions): Promise<boolean> {
    return this.#call([folder], [], options, () => removeFolder(this.#session, folder));
  }

  freeBytes(options?: CallOptions): Promise<number | undefined> {
    return this.#call([], [], options, () => freeBytes(this.#session));
  }

  close(): Promise<void> {
    this.#closing ??= this.#sayGoodbye();
    return this.#closing;
  }

  async #call<T>(
    files: readonly string[],
    folders: readonly string[],
    options: CallOptions | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    for (const path of files) splitRemoteFilePath(path);
    for (const path of folders) splitRemotePath(path);
    throwIfCancelled(options?.signal);
    this.#busy += 1;
    this.#stopKeepAlive();
    try {
      return await this.#whenItsTurnComes(options?.signal, work);
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) this.#scheduleKeepAlive();
    }
  }

  /** A call that is cancelled while it waits ends at once, and leaves the connection alone. */
  async #whenItsTurnComes<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const { promise: cancelled, reject } = Promise.withResolvers<never>();
    let waiting = true;
    const stopWaiting = () => {
      if (waiting) reject(cancelledError());
    };
    signal?.addEventListener('abort', stopWaiting, { once: true });
    const turn = this.#inTurn(() => {
      waiting = false;
      return this.#run(signal, work);
    });
    try {
      return await Promise.race([turn, cancelled]);
    } finally {
      signal?.removeEventListener('abort', stopWaiting);
    }
  }

  async #run<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    throwIfCancelled(signal);
    if (this.closed) throw this.#closedError();
    const { control } = this.#session;
    const cancel = () => control.fail(cancelledError());
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await work();
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  #closedError() {
    const { failure } = this.#session.control;
    if (failure?.code === 'connection-lost') return failure;
    return connectionLost(
      failure === undefined
        ? 'The connection was closed.'
        : `The connection was closed before: ${failure.message}`,
      failure,
    );
  }

  #scheduleKeepAlive(): void {
    const { clock, ftp, control } = this.#session;
    this.#stopKeepAlive();
    if (ftp.keepAliveSeconds === 0 || this.closed) return;
    this.#stopKeepAlive = clock.after(ftp.keepAliveSeconds * 1000, () => {
      if (this.closed || this.#busy > 0) return;
      // In turn like any call: one that is made meanwhile waits for the answer.
      this.#inTurn(async () => {
        await control.request('NOOP');
      })
        .catch(() => {})
        .finally(() => {
          if (this.#busy === 0) this.#scheduleKeepAlive();
        });
    });
  }

  async #sayGoodbye(): Promise<void> {
    this.#stopKeepAlive();
    const { control } = this.#session;
    if (control.failure === undefined && this.#busy === 0) {
      await control.begin('QUIT').waitFor(goodbyeMs);
    }
    control.fail(connectionLost('The connection was closed.'));
  }
}
