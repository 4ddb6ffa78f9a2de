import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSocketLine } from '../../electron/engine/host/socketLine.ts';
import { socketPath } from '../../electron/engine/host/socketPath.ts';
import { type RunningEngine, startEngine } from '../../electron/engine/host/startEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { PracticeFaults } from '../../electron/practice/practiceFault.ts';
import { startPracticeSite } from '../../electron/practice/startPracticeSite.ts';
import type { EventData, EventName } from '../../shared/contract/calls.ts';
import { createClient } from '../../shared/contract/createClient.ts';
import type { Answer, ContractClient } from '../../shared/contract/wire.ts';
import { searchWords } from '../secrets/finds.ts';

export const password = 'in the mine Cn4ry7q9Zx';
export const machine = { clock: systemClock, random: systemRandom, version: '9.9.9' };

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'branchline-host-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An engine served in this process, closed with the test. */
export async function startHost(dataDir: string): Promise<Pick<RunningEngine, 'close'>> {
  const env = { BRANCHLINE_VAULT_KEY: 'vault key Cn4ry7q9Zx of a test' };
  const engine = await startEngine({ ...machine, dataDir, env });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= engine.close();
    return closed;
  };
  onTestFinished(close);
  return { close };
}

export interface Watcher extends ContractClient {
  /** All that came over the line, as text. */
  readonly messages: string[];
  /** Resolves with the first event of this name, since connecting, that is wanted. */
  next<N extends EventName>(name: N, wanted?: (data: EventData<N>) => boolean): Promise<EventData<N>>;
}

/** A client on the engine's socket, closed with the test. */
export function connect(dataDir: string): Watcher {
  const messages: string[] = [];
  const client = createClient({
    connect: (end) =>
      openSocketLine(socketPath(dataDir), {
        ...end,
        onMessage(text) {
          messages.push(text);
          searchWords(text, 'what the engine tells its clients');
          end.onMessage(text);
        },
      }),
  });
  onTestFinished(() => client.close());
  return {
    ...client,
    messages,
    next: (name, wanted = () => true) =>
      new Promise((resolve) => {
        const stop = client.on(name, (data) => {
          if (!wanted(data)) return;
          stop();
          resolve(data);
        });
      }),
  };
}

export function answerOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(`${answer.error.code}: ${answer.error.message}`);
}

/** A server, and an engine whose central site uses it. */
export async function startOffice(faults?: PracticeFaults) {
  const folder = temporaryFolder();
  const root = join(folder, 'server');
  const dataDir = join(folder, 'central');
  mkdirSync(root);
  const server = await startPracticeSite({
    root,
    username: 'office',
    password,
    clock: systemClock,
    ...(faults === undefined ? {} : { faults }),
  });
  onTestFinished(() => server.stop());
  const engine = await startHost(dataDir);
  const client = connect(dataDir);
  const made = answerOf(
    await client.call('site.init', { request: { role: 'central', name: 'Head office' } }),
  );
  const settings = {
    ...made,
    channels: ['daily-close'],
    ftp: { ...made.ftp, host: '127.0.0.1', port: server.port, username: 'office' },
    delivery: { ...made.delivery, settleSeconds: 0 },
  };
  answerOf(
    await client.call('settings.save', {
      // Parsed by the call's schema.
      settings: settings as typeof made,
      password: { do: 'set', value: password },
    }),
  );
  return { folder, root, dataDir, port: server.port, engine, client, settings: settings as typeof made };
}
