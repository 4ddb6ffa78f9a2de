import { createClient } from '../../shared/contract/createClient.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { webSocketLine } from './webSocketLine.ts';

declare global {
  interface Window {
    /** Put here by the desktop program's preload. */
    readonly branchline?: ContractClient;
  }
}

const retryMs = 700;

/** The way to the engine: the desktop program's own, or a WebSocket to where this page came from. */
export function openClient(): ContractClient {
  return (
    window.branchline ??
    createClient({
      connect: webSocketLine,
      // biome-ignore lint/style/noRestrictedGlobals: the pause between attempts; nothing else of the windows waits.
      later: (again) => setTimeout(again, retryMs),
    })
  );
}
