import { ExchangeError } from '../../../shared/errors.ts';
import type { CheckStep } from '../../../shared/views.ts';
import type { Clock } from '../../platform/clock.ts';
import type { ConnectStep, Transport, TransportFactory } from '../transport.ts';
import { connectionStep, stepsNotRun } from './connectionSteps.ts';

export interface OpenWithStepsOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: CheckStep) => void) | undefined;
}

export interface Opened {
  readonly steps: readonly CheckStep[];
  /** Whether a TLS step was among them. */
  readonly encrypted: boolean;
  readonly result:
    | { readonly transport: Transport; readonly error: undefined }
    | { readonly transport: undefined; readonly error: ExchangeError };
}

/**
 * Opens one connection and tells every step of it with its time.
 *
 * Promise: a connection that cannot be opened is an answer, not an exception; its failed step comes with the
 *          error's advice, and the steps behind it are told as not run.
 * Errors:  only what is no ExchangeError: a mistake in the program.
 */
export async function openWithSteps(
  factory: TransportFactory,
  options: OpenWithStepsOptions,
): Promise<Opened> {
  const { clock, onStep } = options;
  const steps: CheckStep[] = [];
  let encrypted = false;
  let failed: ConnectStep | undefined;
  const tell = (step: CheckStep) => {
    steps.push(step);
    onStep?.(step);
  };
  const start = clock.monotonic();
  try {
    const transport = await factory.open({
      signal: options.signal,
      onStep: (step) => {
        encrypted ||= step.name === 'tls' || step.name === 'host-key';
        // A failed step waits for its error, which has the advice.
        if (step.ok) tell(connectionStep(step, '', clock.now()));
        else failed = step;
      },
    });
    return { steps, encrypted, result: { transport, error: undefined } };
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const took = clock.monotonic() - start;
    failed ??= { name: 'connect', ok: false, durationMs: took, detail: error.message };
    tell(connectionStep(failed, error.advice, clock.now()));
    if (failed.name !== 'home') for (const step of stepsNotRun(failed.name)) tell(step);
    return { steps, encrypted, result: { transport: undefined, error } };
  }
}
