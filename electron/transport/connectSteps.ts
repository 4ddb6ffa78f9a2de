import { ExchangeError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { CertificateFacts, ConnectStep, ConnectStepName, HostKeyFacts } from './transport.ts';

/** What a step found out, for Test Connection. */
export interface StepNotes {
  detail: string;
  certificate?: CertificateFacts | undefined;
  hostKey?: HostKeyFacts | undefined;
}

/** Runs a step of opening a connection and tells how it went, also when it fails. */
export type RunStep = <T>(name: ConnectStepName, work: (notes: StepNotes) => Promise<T>) => Promise<T>;

export function stepReporter(clock: Clock, onStep: ((step: ConnectStep) => void) | undefined): RunStep {
  return async (name, work) => {
    const start = clock.monotonic();
    const notes: StepNotes = { detail: '' };
    const report = (ok: boolean, detail: string) =>
      onStep?.({
        name,
        ok,
        durationMs: clock.monotonic() - start,
        detail,
        ...(notes.certificate === undefined ? {} : { certificate: notes.certificate }),
        ...(notes.hostKey === undefined ? {} : { hostKey: notes.hostKey }),
      });
    try {
      const result = await work(notes);
      report(true, notes.detail);
      return result;
    } catch (error) {
      report(false, error instanceof ExchangeError ? error.message : 'It failed unexpectedly.');
      throw error;
    }
  };
}
