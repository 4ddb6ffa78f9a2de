import { cancelledError, type ErrorReport } from '../../../shared/errors.ts';
import type { CheckReport, CheckStep } from '../../../shared/views.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { Transport, TransportFactory } from '../transport.ts';
import { cleanUpAfterCheck } from './cleanUpAfterCheck.ts';
import { Lease } from './lease.ts';
import { openWithSteps } from './openWithSteps.ts';
import { SelfCheckSteps } from './selfCheckSteps.ts';
import { SelfCheckWorkspace } from './selfCheckWorkspace.ts';
import { type StepFinding, StepRunner } from './stepRunner.ts';

export interface ProveHomeOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: CheckStep) => void) | undefined;
  /** Looks whose home directory it is, before anything is written into it. Throws where it is somebody else's. */
  readonly lookAtOffice: (transport: Transport, signal: AbortSignal) => Promise<StepFinding>;
}

/** Of one packet of the network: what counts is that it can be written at all. */
const sampleBytes = 1_000;

/**
 * The self-check's short form, before a configuration is saved: logs in, looks whose home directory it is, and
 * writes, reads back and deletes a small file in it.
 *
 * Promise: needs no more rights than that, touches nothing but one name of its own in the home directory, and
 *          removes it, also after an interruption or a lost connection. One log-in; where it is refused it is not
 *          tried again. Whatever the server does is told in the report, never thrown. A report that is not ok has
 *          an error: the one that the log-in or the office met, else `self-check-failed`.
 */
export async function proveHome(factory: TransportFactory, options: ProveHomeOptions): Promise<CheckReport> {
  const { clock, random, onStep } = options;
  const opened = await openWithSteps(factory, options);
  const server = factory.label;
  if (opened.result.error !== undefined) {
    const { error } = opened.result;
    const verdict = error.class === 'cancelled' ? interruptedVerdict : error.message;
    return { ok: false, verdict, server, steps: opened.steps, error: error.report() };
  }
  const signal = options.signal ?? new AbortController().signal;
  const lease = new Lease(factory, opened.result.transport);
  const runner = new StepRunner(clock, onStep);
  const workspace = new SelfCheckWorkspace(clock, random, '');
  const connect = () => lease.connection(signal);
  const files = new SelfCheckSteps({ clock, random, signal, workspace, connect, sampleBytes });
  try {
    await runner.run('office', [], async () => await options.lookAtOffice(await connect(), signal));
    await runner.run('write', ['office'], () => files.write());
    await runner.run('read-back', ['write'], () => files.readBack());
    await runner.run('delete', ['write'], () => files.remove());
    await cleanUpAfterCheck(lease, runner, workspace, clock);
  } finally {
    await lease.close();
  }
  return { ...conclude(runner), server, steps: [...opened.steps, ...runner.steps] };
}

const interruptedVerdict = 'The check was interrupted.';

function conclude(runner: StepRunner): Pick<CheckReport, 'ok' | 'verdict' | 'error'> {
  if (runner.cancelled !== undefined) {
    return { ok: false, verdict: interruptedVerdict, error: cancelledError(interruptedVerdict).report() };
  }
  // What the check could not remove is told; it does not stand in the way of transmissions.
  const failed = runner.steps.find((step) => step.outcome === 'failed' && step.name !== 'clean-up');
  if (failed === undefined) {
    const verdict = 'Logged in, and wrote, read back and deleted a file in the home directory.';
    return { ok: true, verdict, error: undefined };
  }
  const met = runner.failures.get(failed.name);
  const verdict = failed.name === 'office' ? failed.detail : `${failed.label}: ${failed.detail}`;
  const error: ErrorReport = {
    code: failed.name === 'office' && met !== undefined ? met.code : 'self-check-failed',
    class: met?.class ?? 'fix',
    message: verdict,
    advice: failed.advice,
  };
  return { ok: false, verdict, error };
}
