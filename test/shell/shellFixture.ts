import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ElectronParts } from '../../electron/main/electronParts.ts';
import { programPaths } from '../../electron/main/programPaths.ts';
import { startShell } from '../../electron/main/startShell.ts';
import {
  type CallName,
  type EventData,
  type EventName,
  type PresentState,
  presentStateSchema,
} from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { createFakeElectron, type FakeWebContents, type Invocation, type MenuItem } from './fakeElectron.ts';

const guid = '0d6a0aab-1111-4222-8333-444455556666';

interface StateChanges {
  readonly desktop?: object;
  readonly status?: object;
  readonly activeRun?: object;
}

/** The present state of a store that is set up. */
export function presentState({ desktop = {}, status = {}, activeRun }: StateChanges = {}): PresentState {
  const site = { role: 'store', storeNumber: '0012', name: 'Riverside', guid };
  return presentStateSchema.parse({
    version: '1.2.3',
    dataDir: '/data',
    practice: false,
    hasPassword: true,
    hasPassphrase: false,
    settings: { formatVersion: 1, site, desktop },
    activeRun,
    status: {
      configured: true,
      site: { role: 'store', name: '0012', label: 'Riverside', guid },
      queue: { queued: 0, published: 0, skipped: 0, bytes: 0 },
      waitingFiles: 0,
      stores: [],
      streams: [],
      attention: [],
      ...status,
    },
  });
}

/** A client that remembers what it was asked, and tells what the test says. */
class FakeClient implements ContractClient {
  readonly asked: [name: CallName, input: unknown][] = [];
  readonly #listeners = new Map<EventName, ((data: never) => void)[]>();
  #onConnection: ((connected: boolean) => void)[] = [];
  closed = 0;
  answer: unknown = { ok: true, value: 'answered' };

  async call<N extends CallName>(name: N, input: unknown) {
    this.asked.push([name, input]);
    // The shell hands answers on unread.
    return this.answer as never;
  }
  on<N extends EventName>(name: N, listener: (data: EventData<N>) => void) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return () => undefined;
  }
  onConnection(listener: (connected: boolean) => void) {
    this.#onConnection.push(listener);
    return () => undefined;
  }
  close() {
    this.closed += 1;
  }
  tell<N extends EventName>(name: N, data: EventData<N>) {
    // A listener of this name takes this name's data: `on` put it here.
    for (const listener of this.#listeners.get(name) ?? []) listener(data as never);
  }
  connect(connected: boolean) {
    for (const listener of this.#onConnection) listener(connected);
  }
}

interface Circumstances {
  readonly argv?: readonly string[];
  readonly platform?: NodeJS.Platform;
  readonly userData?: string;
  readonly isPackaged?: boolean;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-shell-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The shell on a fake Electron and a fake engine. */
export function openShell(circumstances: Circumstances = {}) {
  const { argv = [], platform = 'linux', isPackaged = false } = circumstances;
  const folder = temporaryFolder();
  const fake = createFakeElectron();
  fake.app.isPackaged = isPackaged;
  fake.app.userData = circumstances.userData ?? folder;
  mkdirSync(join(folder, 'dist/renderer'), { recursive: true });
  writeFileSync(join(folder, 'dist/renderer/index.html'), 'the page');
  writeFileSync(join(folder, 'dist/secret.html'), 'a secret');
  const client = new FakeClient();
  const env = { XDG_CONFIG_HOME: join(folder, 'config') };
  const paths = programPaths({ isPackaged, appDir: folder, resourcesDir: '/resources', platform, env });
  // The fake has what the shell uses, and records it; that is what these tests are about.
  const electron = fake as unknown as ElectronParts;
  const shell = startShell({ electron, client, paths, dataDir: '/data', argv, env, platform });
  const window = () => fake.seen.windows.at(-1);
  const contents = () => {
    const page = window()?.webContents;
    if (page === undefined) throw new Error('There is no window.');
    return page;
  };
  return { fake, client, shell, folder, window, contents };
}

/** A call as it comes from the page of the window. */
export function fromPage(contents: FakeWebContents, changes: Partial<Invocation> = {}): Invocation {
  return {
    sender: contents,
    senderFrame: { url: 'branchline://app/#/transmit', parent: null },
    ...changes,
  };
}

/** Clicks an item of a menu, by the labels that lead to it. */
export function click(menu: readonly MenuItem[], ...labels: readonly string[]): void {
  const item = findItem(menu, labels);
  if (item?.click === undefined) throw new Error(`The menu has no ${labels.join(' > ')}.`);
  item.click();
}

export function findItem(
  menu: readonly MenuItem[],
  [label, ...rest]: readonly string[],
): MenuItem | undefined {
  const item = menu.find((candidate) => candidate.label?.replace('&', '') === label);
  return rest.length === 0 ? item : findItem(item?.submenu ?? [], rest);
}
