import { randomInt } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { LinkFault, LinkFaults } from '../../build/bench/linkFault.ts';
import {
  type LinkProxy,
  type LinkProxyOptions,
  type LinkShape,
  startLinkProxy,
} from '../../build/bench/linkProxy.ts';
import type { FtpServer } from '../servers/ftpServer.ts';

/** A line to a server whose faults can be mended. */
export interface Cable extends LinkProxy {
  /** Lets connections that are opened from now on suffer; those that are open stay sound. */
  weaken(faults: LinkFaults): void;
  /** Resets what is left of the broken connections; new ones are sound. */
  mend(): Promise<void>;
}

/** A line to a server that stops with the test. */
export async function cableTo(
  server: Pick<FtpServer, 'host' | 'port'>,
  options: LinkShape & Pick<LinkProxyOptions, 'faults' | 'onFault'>,
): Promise<Cable> {
  let { faults } = options;
  const proxy = await startLinkProxy({ ...options, server, faults: (connection) => faults?.(connection) });
  onTestFinished(() => proxy.stop());
  return {
    ...proxy,
    weaken(next) {
      faults = next;
    },
    async mend() {
      faults = undefined;
      await proxy.clear();
    },
  };
}

/** Whole numbers that depend on a seed alone. */
export interface Dice {
  /** From 0 to `below` - 1. */
  below(below: number): number;
  oneOf<T>(choices: readonly T[]): T;
}

/** The run's seed: CABLE_SEED, or a new one. Printed, so that a failing run can be repeated. */
export function cableSeed(): number {
  const { CABLE_SEED } = process.env;
  const seed = CABLE_SEED === undefined ? randomInt(2 ** 31) : Number(CABLE_SEED);
  process.stdout.write(`Repeat this run of pulled cables with CABLE_SEED=${seed}\n`);
  return seed;
}

/** Dice of a round's own: the same for the same seed and name, whatever else was thrown. */
export function diceFor(seed: number, name: string): Dice {
  // Mulberry32, started from a sum over the name.
  let state = seed;
  for (const letter of name) state = Math.imul(state ^ letter.charCodeAt(0), 0x9e3779b1);
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(fraction() * limit);
  return {
    below,
    oneOf(choices) {
      const chosen = choices[below(choices.length)];
      if (chosen === undefined) throw new Error('There is nothing to choose from.');
      return chosen;
    },
  };
}

/** A fault for one channel's first connection. */
export function faultOn(channel: 'control' | 'data', fault: LinkFault): LinkFaults {
  return (connection) => (connection.channel === channel && connection.index === 1 ? fault : undefined);
}
