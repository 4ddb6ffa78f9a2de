import type {
  CallOptions,
  DownloadSink,
  RemoteEntry,
  TransferOptions,
  Transport,
  TransportTraits,
  UploadSource,
} from '../transport.ts';

export type TransportMethod =
  | 'list'
  | 'fileSize'
  | 'upload'
  | 'download'
  | 'rename'
  | 'remove'
  | 'makeFolder'
  | 'removeFolder'
  | 'modifiedTime'
  | 'freeBytes';

export interface TransportCall {
  readonly method: TransportMethod;
  readonly path: string;
  /** A rename's target. */
  readonly to?: string;
  readonly signal: AbortSignal | undefined;
}

export type UploadOptions = TransferOptions & { readonly offset?: number };
export type DownloadOptions = UploadOptions & { readonly expectedBytes?: number };

/**
 * Passes every call on to another transport. A decorator overrides `around`, which sees every call but
 * `close`, and `upload` or `download` where it has to touch the bytes.
 */
export abstract class DecoratedTransport implements Transport {
  protected inner: Transport;

  constructor(inner: Transport) {
    this.inner = inner;
  }

  get traits(): TransportTraits {
    return this.inner.traits;
  }

  get closed(): boolean {
    return this.inner.closed;
  }

  protected abstract around<T>(call: TransportCall, run: () => Promise<T>): Promise<T>;

  list(folder: string, options?: CallOptions): Promise<RemoteEntry[]> {
    return this.around({ method: 'list', path: folder, signal: options?.signal }, () =>
      this.inner.list(folder, options),
    );
  }

  fileSize(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.around({ method: 'fileSize', path, signal: options?.signal }, () =>
      this.inner.fileSize(path, options),
    );
  }

  upload(path: string, source: UploadSource, options?: UploadOptions): Promise<void> {
    return this.around({ method: 'upload', path, signal: options?.signal }, () =>
      this.inner.upload(path, source, options),
    );
  }

  download(path: string, sink: DownloadSink, options?: DownloadOptions): Promise<number> {
    return this.around({ method: 'download', path, signal: options?.signal }, () =>
      this.inner.download(path, sink, options),
    );
  }

  rename(from: string, to: string, options?: CallOptions): Promise<void> {
    return this.around({ method: 'rename', path: from, to, signal: options?.signal }, () =>
      this.inner.rename(from, to, options),
    );
  }

  remove(path: string, options?: CallOptions): Promise<boolean> {
    return this.around({ method: 'remove', path, signal: options?.signal }, () =>
      this.inner.remove(path, options),
    );
  }

  makeFolder(folder: string, options?: CallOptions): Promise<void> {
    return this.around({ method: 'makeFolder', path: folder, signal: options?.signal }, () =>
      this.inner.makeFolder(folder, options),
    );
  }

  removeFolder(folder: string, options?: CallOptions): Promise<boolean> {
    return this.around({ method: 'removeFolder', path: folder, signal: options?.signal }, () =>
      this.inner.removeFolder(folder, options),
    );
  }

  modifiedTime(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.around({ method: 'modifiedTime', path, signal: options?.signal }, () =>
      this.inner.modifiedTime(path, options),
    );
  }

  freeBytes(options?: CallOptions): Promise<number | undefined> {
    return this.around({ method: 'freeBytes', path: '', signal: options?.signal }, async () =>
      this.inner.freeBytes?.(options),
    );
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}
