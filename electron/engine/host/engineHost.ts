import type { PresentState, Topic } from '../../../shared/contract/calls.ts';
import { contractVersion, type Message } from '../../../shared/contract/wire.ts';
import { type ErrorReport, ExchangeError } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { Engine } from '../engine.ts';
import { type Broadcast, type ClientEnd, createBroadcast } from './broadcast.ts';
import { createChecks } from './checks.ts';
import { dispatch } from './dispatch.ts';
import { forwardEvents } from './forwardEvents.ts';
import { createHandlers } from './handlers.ts';
import type { SitePlan } from './nextRun.ts';
import type { Practice } from './practice.ts';
import { createRuns } from './runs.ts';
import { createSchedule } from './schedule.ts';
import { shareOf } from './spread.ts';
import { createSuspensionTimer } from './suspensionTimer.ts';

export interface HostParts {
  readonly engine: Engine;
  readonly practice: Practice;
  readonly clock: Clock;
  readonly random: Random;
  readonly version: string;
}

/** Takes a client's messages. */
export interface HostedClient {
  onMessage(text: string): void;
  onClose(): void;
}

/**
 * Answers the contract for any number of clients of one engine.
 *
 * Promise: one transmission at a time; who asks for another one meanwhile joins it. A client gets `hello` and
 *          the present state first, then what changes. All clients see the same.
 */
export interface EngineHost {
  connect(client: ClientEnd): HostedClient;
  presentState(): Promise<PresentState>;
  /** Cancels what is under way and waits for its end. The engine stays open. */
  stop(): Promise<void>;
}

/** Changes are told at most this often: a run may bring hundreds of them. */
const tellEveryMs = 300;

export function createEngineHost(parts: HostParts): EngineHost {
  const { engine, practice, clock, random, version } = parts;
  const broadcast = createBroadcast();
  const changes = coalesce(clock, (topics) => void tellChanges(topics));
  const onChange = () => {
    changes.note('state', 'queue', 'stores', 'history');
    suspension.plan();
  };
  const stopHearing = forwardEvents(engine, broadcast, (topics) => {
    changes.note(...topics);
    if (topics.includes('state')) suspension.plan();
  });
  const runs = createRuns({ engine, clock, random, broadcast, onChange });
  const checks = createChecks({ engine, clock, random, broadcast });
  const schedule = createSchedule({
    clock,
    sitePlan: () => planOf(readSettings(engine).settings),
    lastStartedMs: async () => (await engine.history(1))[0]?.startedMs,
    start: () => void runs.start('full', 'schedule'),
  });

  const suspension = createSuspensionTimer({
    clock,
    connection: () => engine.ask('suspension.get', {}),
    start: () => void runs.start('full', 'suspension'),
  });

  const presentState = async (): Promise<PresentState> => {
    const { settings, error } = readSettings(engine);
    return {
      version,
      dataDir: engine.dataDir,
      practice: practice.active(),
      status: await engine.status(),
      settings,
      settingsError: error,
      hasPassword: await known(() => engine.hasPassword()),
      hasPassphrase: await known(async () => (await engine.ask('access.hasPassphrase', {})).saved),
      activeRun: runs.active,
      nextRunMs: schedule.nextMs(),
    };
  };

  async function tellChanges(topics: readonly Topic[]): Promise<void> {
    if (broadcast.clients === 0) return;
    const lists = topics.filter((topic) => topic !== 'state');
    if (lists.length > 0) broadcast.tell('changed', { topics: lists });
    if (topics.includes('state')) await tellState(broadcast, presentState);
  }

  const handlers = createHandlers({
    engine,
    practice,
    runs,
    checks,
    presentState,
    onChange,
    onSettings: () => schedule.plan(),
  });
  void schedule.begin().catch(() => undefined);
  suspension.plan();

  return {
    presentState,
    connect(client) {
      client.send({ kind: 'hello', contractVersion, version });
      // What happens while the present state is gathered is held back: that state comes first.
      let held: Message[] | undefined = [];
      const listener: ClientEnd = {
        send(message) {
          if (held === undefined) client.send(message);
          else held.push(message);
        },
      };
      broadcast.add(listener);
      const begin = () => {
        const missed = held ?? [];
        held = undefined;
        for (const message of missed) client.send(message);
      };
      void presentState().then(
        (state) => {
          client.send({ kind: 'event', event: 'state.is', data: state });
          begin();
        },
        // A state that cannot be told now is told with the next change.
        begin,
      );
      return {
        onMessage: (text) => void dispatch(handlers, text).then((answer) => client.send(answer)),
        onClose: () => broadcast.remove(listener),
      };
    },
    async stop() {
      schedule.stop();
      suspension.stop();
      stopHearing();
      changes.stop();
      await Promise.all([runs.stop(), checks.stop()]);
    },
  };
}

async function tellState(broadcast: Broadcast, presentState: () => Promise<PresentState>): Promise<void> {
  try {
    broadcast.tell('state.is', await presentState());
  } catch {
    // The engine is closing: its clients are told by the end of their lines.
  }
}

/** Settings that cannot be read are a state to show, not a failure of every call. */
function readSettings(engine: Engine): { readonly settings?: Settings; readonly error?: ErrorReport } {
  try {
    const settings = engine.settings();
    return settings === undefined ? {} : { settings };
  } catch (error) {
    if (error instanceof ExchangeError) return { error: error.report() };
    throw error;
  }
}

function planOf(settings: Settings | undefined): SitePlan | undefined {
  return settings && { schedule: settings.schedule, share: shareOf(settings) };
}

/** A keychain that does not answer is no reason to show nothing. */
async function known(has: () => Promise<boolean>): Promise<boolean> {
  try {
    return await has();
  } catch (error) {
    if (error instanceof ExchangeError) return false;
    throw error;
  }
}

function coalesce(clock: Clock, tell: (topics: readonly Topic[]) => void) {
  const noted = new Set<Topic>();
  let cancel: (() => void) | undefined;
  return {
    note(...topics: readonly Topic[]) {
      for (const topic of topics) noted.add(topic);
      cancel ??= clock.after(tellEveryMs, () => {
        cancel = undefined;
        const told = [...noted];
        noted.clear();
        tell(told);
      });
    },
    stop: () => cancel?.(),
  };
}
