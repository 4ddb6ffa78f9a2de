import { createContext, use } from 'react';
import type { ContractClient } from '../../shared/contract/wire.ts';

const ClientContext = createContext<ContractClient | undefined>(undefined);

/** Gives the windows below it their way to the engine. */
export const ClientProvider = ClientContext.Provider;

/** The way to the engine: over a WebSocket in a browser, through the preload in the desktop program. */
export function useClient(): ContractClient {
  const client = use(ClientContext);
  if (client === undefined) throw new Error('This part stands outside of <ClientProvider>.');
  return client;
}
