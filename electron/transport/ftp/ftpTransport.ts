import { ConnectionTurns } from '../connectionTurns.ts';
import type {
  CallOptions,
  DownloadSink,
  RemoteEntry,
  TransferOptions,
  Transport,
  TransportTraits,
  UploadSource,
} from '../transport.ts';
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
  readonly #turns: ConnectionTurns;

  constructor(session: FtpSession) {
    const { clock, ftp, control } = session;
    this.#session = session;
    this.#turns = new ConnectionTurns({
      clock,
      keepAliveSeconds: ftp.keepAliveSeconds,
      connection: control,
      async keepAlive() {
        await control.request('NOOP');
      },
      async sayGoodbye() {
        await control.begin('QUIT').waitFor(goodbyeMs);
      },
    });
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
    return this.#turns.closed;
  }

  list(folder: string, options?: CallOptions): Promise<RemoteEntry[]> {
    return this.#turns.call({ folders: [folder] }, options, () => listFolder(this.#session, folder));
  }

  fileSize(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.#turns.call({ files: [path] }, options, () => fileSize(this.#session, path));
  }

  modifiedTime(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.#turns.call({ files: [path] }, options, () => modifiedTime(this.#session, path));
  }

  upload(
    path: string,
    source: UploadSource,
    options?: TransferOptions & { readonly offset?: number },
  ): Promise<void> {
    return this.#turns.call({ files: [path] }, options, () =>
      uploadFile(this.#session, { ...options, path, source, offset: options?.offset ?? 0 }),
    );
  }

  download(
    path: string,
    sink: DownloadSink,
    options?: TransferOptions & { readonly offset?: number; readonly expectedBytes?: number },
  ): Promise<number> {
    return this.#turns.call({ files: [path] }, options, () =>
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
    return this.#turns.call({ files: [from, to] }, options, () => renameFile(this.#session, from, to));
  }

  remove(path: string, options?: CallOptions): Promise<boolean> {
    return this.#turns.call({ files: [path] }, options, () => removeFile(this.#session, path));
  }

  makeFolder(folder: string, options?: CallOptions): Promise<void> {
    return this.#turns.call({ folders: [folder] }, options, () => makeFolder(this.#session, folder));
  }

  removeFolder(folder: string, options?: CallOptions): Promise<boolean> {
    return this.#turns.call({ files: [folder] }, options, () => removeFolder(this.#session, folder));
  }

  freeBytes(options?: CallOptions): Promise<number | undefined> {
    return this.#turns.call({}, options, () => freeBytes(this.#session));
  }

  close(): Promise<void> {
    return this.#turns.close();
  }
}
