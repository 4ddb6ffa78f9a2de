import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { TransportFactory } from '../transport.ts';
import { folderError } from './folderError.ts';
import { FolderRoot } from './folderRoot.ts';
import { FolderTransport } from './folderTransport.ts';

export interface FolderTransportOptions {
  /** The home directory: an absolute path on a network share, in a synchronised folder or on a drive. */
  readonly root: string;
  readonly clock: Clock;
  /** Refuse names that Windows cannot hold. Default: on Windows. */
  readonly windowsNames?: boolean;
}

/**
 * Makes a factory for a folder that every site can reach.
 *
 * Promise: nothing outside the folder is read or changed, whatever links lie in it. The folder itself is
 *          never created: a drive that is not plugged in is told, not replaced by an empty folder.
 * Errors:  open: home-not-found (fix), forbidden (fix), in-use and connection-lost (retry).
 */
export function createFolderTransportFactory(options: FolderTransportOptions): TransportFactory {
  const { root, clock } = options;
  const windowsNames = options.windowsNames ?? process.platform === 'win32';
  return {
    label: root,
    async open(openOptions) {
      throwIfCancelled(openOptions?.signal);
      const start = clock.monotonic();
      const step = (ok: boolean, detail: string) =>
        openOptions?.onStep?.({ name: 'home', ok, durationMs: clock.monotonic() - start, detail });
      try {
        const transport = new FolderTransport(await FolderRoot.open(root, windowsNames));
        step(true, `The folder is there: ${root}`);
        return transport;
      } catch (error) {
        const verdict = folderError(error, root);
        step(false, verdict.message);
        throw verdict;
      }
    },
  };
}
