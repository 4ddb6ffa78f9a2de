import type { CallInput, CallName, CallOutput, PresentState } from '../../shared/contract/calls.ts';
import { createClient } from '../../shared/contract/createClient.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { checkSettings } from '../platform/settingsFile.ts';
import { checkAttached, proveAttached, runAttached } from './attachedWork.ts';
import type { Engine } from './engine.ts';
import { openSocketLine } from './host/socketLine.ts';
import { socketPath } from './host/socketPath.ts';

/**
 * Attaches to the engine that serves a data directory, or resolves with undefined when none does.
 *
 * Promise: looks like an engine in this process. A transmission that is under way is joined; cancelling one that
 *          this caller only joined leaves it going. Closing ends the line, not the engine.
 */
export async function attachEngine(dataDir: string): Promise<Engine | undefined> {
  const path = socketPath(dataDir);
  const client = createClient({
    connect: (end) => openSocketLine(path, end),
  });
  const first = await client.call('state.get', {});
  if (first.ok) return await attached(client, dataDir, first.value);
  client.close();
  if (first.error.code === 'engine-lost') return undefined;
  throw new ExchangeError(first.error);
}

async function attached(client: ContractClient, dataDir: string, first: PresentState): Promise<Engine> {
  // The engine's own interface answers these at once: what was read when attaching, and kept up to date after.
  let state = first;
  const refresh = async () => {
    state = await ask('state.get', {});
  };
  const ask = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const answer = await client.call(name, input);
    if (answer.ok) return answer.value;
    throw new ExchangeError(answer.error);
  };
  return {
    dataDir,
    settings() {
      if (state.settingsError !== undefined) throw new ExchangeError(state.settingsError);
      return state.settings;
    },
    async init(request) {
      const settings = await ask('site.init', { request });
      await refresh();
      return settings;
    },
    async saveSettings(settings, options = {}) {
      // Checked here too, so that what is wrong is said in the same words with and without an engine.
      const checked = checkSettings(dataDir, settings);
      const { password = { do: 'keep' }, passphrase = { do: 'keep' } } = options;
      const saved = await proveAttached(client, options, (saving) =>
        ask('settings.save', { settings: checked, password, passphrase, ...saving }),
      );
      await refresh();
      return saved;
    },
    async setPassword(value, options = {}) {
      const password = value === undefined ? ({ do: 'clear' } as const) : ({ do: 'set', value } as const);
      await proveAttached(client, options, (saving) => ask('password.set', { password, ...saving }));
      await refresh();
    },
    hasPassword: async () => state.hasPassword,
    testConnection: (options) => checkAttached(client, 'test-connection', options),
    selfCheck: (options) => checkAttached(client, 'self-check', options),
    transmit: (options) => runAttached(client, options),
    queue: () => ask('queue.list', {}),
    queueRetry: async (ids) => (await ask('queue.retry', ids === undefined ? {} : { ids: [...ids] })).count,
    queueSkip: async (ids) => (await ask('queue.skip', { ids: [...ids] })).count,
    queueCancel: async (ids) => (await ask('queue.cancel', { ids: [...ids] })).count,
    resend: (request) => ask('queue.resend', { request }),
    history: (limit = 50) => ask('history.list', { limit }),
    historyShow: (transmissionId) => ask('history.show', { transmissionId }),
    status: async () => (await ask('state.get', {})).status,
    queueFiles: (packetId) => ask('queue.files', { packetId }),
    stores: () => ask('stores.list', {}),
    historyNotes: (limit) => ask('history.notes', { limit }),
    historyPage: (limit, beforeMs) => ask('history.list', { limit, beforeMs }),
    historyDays: (fromMs, throughMs, utcOffsetMinutes) =>
      ask('history.days', { fromMs, throughMs, utcOffsetMinutes }),
    historyFiles: (text, limit) => ask('history.files', { text, limit }),
    historyCsv: async (fromMs, throughMs) => (await ask('history.csv', { fromMs, throughMs })).csv,
    ask: (name, input) => ask(name, input),
    on: (name, listener) => client.on(name, listener),
    close: async () => client.close(),
  };
}
