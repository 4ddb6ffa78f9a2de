import { PassThrough } from 'node:stream';
import type { CliParts, TextSource } from '../../electron/cli/cliParts.ts';
import { runCli } from '../../electron/cli/runCli.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { searchWords } from '../secrets/finds.ts';
import { createFakeServices } from '../service/fakeServices.ts';
import { FakeEngine } from './fakeEngine.ts';

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  readonly engine: FakeEngine;
  /** The one JSON document on stdout; fails when there is more or less than one. */
  json(): {
    ok: boolean;
    exitCode: number;
    value?: unknown;
    error?: { code: string; message: string; advice: string };
  };
}

export interface FakeWorld {
  readonly engine?: FakeEngine;
  readonly stdin?: string;
  readonly env?: Record<string, string>;
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
  readonly parts?: Partial<CliParts>;
}

/** Runs one command line in this process against a fake engine. */
export async function runFake(argv: readonly string[], world: FakeWorld = {}): Promise<Ran> {
  const engine = world.engine ?? new FakeEngine('/data');
  let out = '';
  let err = '';
  const pipe = new PassThrough();
  if (world.stdin !== undefined) pipe.write(world.stdin);
  if (world.terminal !== true) pipe.end();
  const keyboard: TextSource = Object.assign(pipe, {
    isTTY: world.terminal === true,
    setRawMode: () => undefined,
  });
  const exitCode = await runCli({
    argv,
    env: { BRANCHLINE_DATA_DIR: '/tmp', ...world.env },
    stdin: keyboard,
    stdout: { write: (text) => (out += text), isTTY: false },
    stderr: { write: (text) => (err += text), isTTY: world.terminal === true, columns: 80 },
    clock: { ...systemClock, now: () => 1_795_250_000_000 },
    signal: world.signal ?? new AbortController().signal,
    version: '1.2.3',
    openEngine: async () => engine,
    startEngine: () => Promise.reject(new Error('no engine to start in this test')),
    packetTools: {
      verify: () => Promise.reject(new Error('no packet in this test')),
      unpack: () => Promise.reject(new Error('no packet in this test')),
    },
    services: createFakeServices(),
    serve: () => Promise.reject(new Error('no web host in this test')),
    runDemo: () => Promise.reject(new Error('no demo in this test')),
    ...world.parts,
  });
  searchWords(out + err, `branchline ${argv.join(' ')}`);
  return {
    exitCode,
    out,
    err,
    engine,
    json: () => JSON.parse(out),
  };
}
