import type { EventData } from '../../shared/contract/calls.ts';
import type { PasswordChange } from '../../shared/contract/candidate.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { ExchangeError } from '../../shared/errors.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import type { CheckReport } from '../../shared/views.ts';
import { systemRandom, uuidV4 } from '../platform/random.ts';
import type { CheckOptions, SaveOptions, TransmitOptions } from './engine.ts';

/** Who started a run that a scheduler of the system asked for. */
export const unattendedCommand = 'a scheduled command';

/**
 * Starts a transmission in the attached engine, or joins the one under way, and waits for its end.
 *
 * Promise: cancelling ends a run that this call started; one that it joined goes on without this caller.
 * Errors:  what the engine reports; engine-lost (retry).
 */
export async function runAttached(
  client: ContractClient,
  options: TransmitOptions,
): Promise<TransmissionResult> {
  // Listening first: a short run may end before the answer that names it is read.
  const ended = new Map<string, EventData<'run.ended'>>();
  let onEnded: (() => void) | undefined;
  const stops = [
    client.on('run.progress', ({ progress }) => options.onProgress?.(progress)),
    client.on('run.note', ({ note }) => options.onNote?.(note)),
    client.on('run.ended', (end) => {
      ended.set(end.runId, end);
      onEnded?.();
    }),
  ];
  try {
    const started = await client.call('run.start', {
      mode: options.mode,
      startedBy: options.unattended === true ? unattendedCommand : 'command line',
      attended: options.attended === true,
    });
    if (!started.ok) throw new ExchangeError(started.error);
    const { runId, joined } = started.value;
    const end = await untilEnd(
      client,
      options.signal,
      () => ended.get(runId),
      (look) => {
        onEnded = look;
        options.signal?.addEventListener('abort', () => {
          if (!joined) void client.call('run.cancel', { runId });
          look();
        });
      },
      joined,
    );
    if (end.result !== undefined) return end.result;
    throw end.error === undefined ? lost() : new ExchangeError(end.error);
  } finally {
    for (const stop of stops) stop();
  }
}

/** Runs a check in the attached engine with its steps live. Errors: as runAttached. */
export async function checkAttached(
  client: ContractClient,
  kind: 'test-connection' | 'self-check',
  options: CheckOptions = {},
): Promise<CheckReport> {
  const ended = new Map<string, EventData<'check.ended'>>();
  let onEnded: (() => void) | undefined;
  const stops = [
    client.on('check.step', ({ step }) => options.onStep?.(step)),
    client.on('check.ended', (end) => {
      ended.set(end.checkId, end);
      onEnded?.();
    }),
  ];
  try {
    const started = await client.call('check.start', {
      kind,
      attended: options.attended === true,
      ...candidateOf(options),
    });
    if (!started.ok) throw new ExchangeError(started.error);
    const { checkId } = started.value;
    const end = await untilEnd(
      client,
      options.signal,
      () => ended.get(checkId),
      (look) => {
        onEnded = look;
        options.signal?.addEventListener('abort', () => void client.call('check.cancel', { checkId }));
      },
      false,
    );
    if (end.report !== undefined) return end.report;
    throw end.error === undefined ? lost() : new ExchangeError(end.error);
  } finally {
    for (const stop of stops) stop();
  }
}

/** How a save is watched and cancelled over the line. */
interface Saving {
  readonly checkId: string;
  readonly unproven: boolean;
  readonly attended: boolean;
}

/** Asks for something to be saved in the attached engine, with the steps of its proof live. Errors: what `save` throws. */
export async function proveAttached<T>(
  client: ContractClient,
  options: SaveOptions,
  save: (saving: Saving) => Promise<T>,
): Promise<T> {
  const checkId = uuidV4(systemRandom);
  const cancel = () => void client.call('check.cancel', { checkId });
  const stops = [
    client.on('check.step', ({ checkId: id, step }) => {
      if (id === checkId) options.onStep?.(step);
    }),
    client.on('check.ended', ({ checkId: id, report }) => {
      if (id === checkId && report !== undefined) options.onReport?.(report);
    }),
  ];
  options.signal?.addEventListener('abort', cancel, { once: true });
  try {
    const { unproven = false, attended = false } = options;
    return await save({ checkId, unproven, attended });
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    for (const stop of stops) stop();
  }
}

function candidateOf({ candidate }: CheckOptions) {
  if (candidate === undefined) return {};
  const { ftp, password, keepPassword, passphrase, keepPassphrase } = candidate;
  return {
    candidate: {
      ftp,
      password: changeOf(password, keepPassword === true),
      passphrase: changeOf(passphrase, keepPassphrase === true),
    },
  };
}

function changeOf(value: string | undefined, keep: boolean): PasswordChange {
  if (keep) return { do: 'keep' };
  return value === undefined ? { do: 'clear' } : { do: 'set', value };
}

/** Waits for the end, for the loss of the engine, or (when `leave`) for the caller's own cancelling. */
async function untilEnd<T>(
  client: ContractClient,
  signal: AbortSignal | undefined,
  read: () => T | undefined,
  watch: (look: () => void) => void,
  leave: boolean,
): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    const look = () => {
      const end = read();
      if (end !== undefined) resolve(end);
      else if (leave && signal?.aborted) reject(left());
    };
    watch(look);
    client.onConnection((connected) => {
      if (!connected) reject(lost());
    });
    look();
  });
}

function lost(): ExchangeError {
  return new ExchangeError({
    code: 'engine-lost',
    class: 'retry',
    message: 'The engine ended before the work was done.',
    advice: 'Run the command again: what was under way is finished or undone first.',
  });
}

function left(): ExchangeError {
  return new ExchangeError({
    code: 'cancelled',
    class: 'cancelled',
    message: 'Stopped watching. The transmission was started elsewhere and goes on.',
  });
}
