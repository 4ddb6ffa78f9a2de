import type { PresentState } from '../../../shared/contract/calls.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { Engine } from '../engine.ts';
import type { Handlers } from '../handlers.ts';
import type { Checks } from './checks.ts';
import { forwardAreas } from './forwardAreas.ts';
import type { Practice } from './practice.ts';
import type { Runs } from './runs.ts';

export interface HandlerParts {
  readonly engine: Engine;
  readonly practice: Practice;
  readonly runs: Runs;
  readonly checks: Checks;
  readonly presentState: () => Promise<PresentState>;
  /** Something that clients show has changed. */
  readonly onChange: () => void;
  readonly onSettings: () => Promise<void>;
}

/** The contract's calls, each in a line or two: what they do is the engine's. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { engine, practice, runs, checks, presentState, onChange, onSettings } = parts;
  const changing = <T>(value: T): T => {
    onChange();
    return value;
  };
  return {
    ...forwardAreas(engine),
    'state.get': () => presentState(),

    'site.init': async ({ request }) => changing(await engine.init(withoutUndefined(request))),
    'settings.save': async ({ settings, password, passphrase, attended, unproven = false, checkId }) => {
      const saved = await checks.prove(checkId, (options) =>
        engine.saveSettings(settings, { ...options, password, passphrase, attended, unproven }),
      );
      await onSettings();
      return changing(saved);
    },
    'password.set': async ({ password, attended, unproven = false, checkId }) => {
      if (password.do === 'keep') return {};
      const value = password.do === 'set' ? password.value : undefined;
      await checks.prove(checkId, (options) => engine.setPassword(value, { ...options, attended, unproven }));
      return changing({});
    },

    'check.start': ({ kind, candidate, attended }) => {
      if (candidate === undefined) return { checkId: checks.start({ kind, attended, candidate: undefined }) };
      const { ftp, password, passphrase } = candidate;
      return {
        checkId: checks.start({
          kind,
          attended,
          candidate: {
            ftp,
            password: password.do === 'set' ? password.value : undefined,
            keepPassword: password.do === 'keep',
            passphrase: passphrase.do === 'set' ? passphrase.value : undefined,
            keepPassphrase: passphrase.do === 'keep',
          },
        }),
      };
    },
    'check.cancel': ({ checkId }) => {
      checks.cancel(checkId);
      return {};
    },

    'run.start': ({ mode, startedBy, attended }) => {
      if (engine.settings() === undefined) throw notConfigured();
      return runs.start(mode, startedBy, attended);
    },
    'run.cancel': ({ runId }) => {
      runs.cancel(runId);
      return {};
    },
    'run.result': ({ runId }) => runs.ended(runId) ?? {},

    'queue.list': () => engine.queue(),
    'queue.files': ({ packetId }) => engine.queueFiles(packetId),
    'queue.retry': async ({ ids }) => changing({ count: await engine.queueRetry(ids) }),
    'queue.skip': async ({ ids }) => changing({ count: await engine.queueSkip(ids) }),
    'queue.cancel': async ({ ids }) => changing({ count: await engine.queueCancel(ids) }),
    'queue.resend': async ({ request }) => {
      const { queued, unavailable } = await engine.resend(withoutUndefined(request));
      return changing({ queued, unavailable: [...unavailable] });
    },

    'stores.list': () => engine.stores(),

    'history.list': ({ limit, beforeMs }) => engine.historyPage(limit, beforeMs),
    'history.notes': ({ limit }) => engine.historyNotes(limit),
    'history.days': ({ fromMs, throughMs, utcOffsetMinutes }) =>
      engine.historyDays(fromMs, throughMs, utcOffsetMinutes),
    'history.show': ({ transmissionId }) => engine.historyShow(transmissionId),
    'history.files': ({ text, limit }) => engine.historyFiles(text, limit),
    'history.csv': async ({ fromMs, throughMs }) => ({ csv: await engine.historyCsv(fromMs, throughMs) }),

    'practice.start': async () => {
      await practice.start();
      await onSettings();
      return changing({});
    },
    'practice.play': async () => {
      await practice.play();
      return changing({});
    },
    'practice.remove': async () => {
      await practice.remove();
      await onSettings();
      return changing({});
    },
  };
}

function notConfigured(): ExchangeError {
  return new ExchangeError({
    code: 'not-configured',
    class: 'fix',
    message: 'This site is not set up yet.',
    advice: 'Set it up first: Central Office Setup, or branchline init.',
  });
}

/** The engine's requests leave a field out where the contract's may hold undefined. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Dropping the undefined fields is what makes the narrower type true.
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
