import type { ContractClient } from '../../shared/contract/wire.ts';

declare global {
  interface Window {
    /** Put here by the desktop program's preload. */
    readonly branchline?: ContractClient;
  }
}

/** The way to the engine: the desktop program's own, or a WebSocket to where this page came from. */
export function openClient(): ContractClient {
  if (window.branchline !== undefined) return window.branchline;
  throw new Error('There is no way to the engine.');
}
