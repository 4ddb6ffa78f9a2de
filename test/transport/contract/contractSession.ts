import { afterAll, beforeAll } from 'vitest';
import type { Transport } from '../../../electron/transport/transport.ts';
import type { ContractExpectations, ContractWorld } from './contractWorld.ts';

/** What the clauses of the contract work with. */
export interface ContractSession {
  readonly expectations: ContractExpectations;
  world(): ContractWorld;
  /** A connection that works: the one before, unless it is closed. */
  connection(): Promise<Transport>;
  /** Runs with a connection and an empty folder of the test's own. */
  inFolder(work: (transport: Transport, folder: string) => Promise<void>): Promise<void>;
}

/**
 * Starts the world once for all clauses. Tests share the connection on purpose: a failed call must leave it
 * usable, so every test is also the proof of that for the test before it.
 */
export function openContractSession(
  setup: () => Promise<ContractWorld>,
  expectations: ContractExpectations,
): ContractSession {
  let world: ContractWorld | undefined;
  let transport: Transport | undefined;
  let folders = 0;

  beforeAll(async () => {
    world = await setup();
  });
  afterAll(async () => {
    await transport?.close();
    await world?.stop();
  });

  const session: ContractSession = {
    expectations,
    world() {
      if (world === undefined) throw new Error('The world is not set up.');
      return world;
    },
    async connection() {
      if (transport === undefined || transport.closed) transport = await session.world().factory.open();
      return transport;
    },
    async inFolder(work) {
      const open = await session.connection();
      folders += 1;
      const folder = `case-${folders}`;
      await open.makeFolder(folder);
      await work(open, folder);
    },
  };
  return session;
}
