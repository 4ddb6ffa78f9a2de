import { cancelledError } from '../../../shared/errors.ts';
import type { CheckReport, CheckStep } from '../../../shared/views.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { TransportFactory } from '../transport.ts';
import { cleanUpAfterCheck } from './cleanUpAfterCheck.ts';
import { countConnections } from './countConnections.ts';
import { Lease } from './lease.ts';
import { openWithSteps } from './openWithSteps.ts';
import { SelfCheckSteps } from './selfCheckSteps.ts';
import { selfCheckStepNames, selfCheckTexts } from './selfCheckTexts.ts';
import { SelfCheckWorkspace } from './selfCheckWorkspace.ts';
import { StepRunner } from './stepRunner.ts';

export interface SelfCheckOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: CheckStep) => void) | undefined;
  /** How many connections transmissions may open. Default: 4. */
  readonly connections?: number;
  /** Who checks, as the verdict calls it: "store 0012". */
  readonly siteLabel: string;
}

/**
 * Proves that the home directory can be read, written, renamed in and deleted from.
 *
 * Promise: touches nothing but names of its own below `tmp/`, and removes them, also after an interruption or
 *          a lost connection; what cannot be removed is named in the report. What an interrupted check left
 *          more than an hour ago is removed, too. Whatever the server does is told in the report, never
 *          thrown. Red when a packet could not travel; differences that transmissions cope with are notes.
 */
export async function selfCheck(factory: TransportFactory, options: SelfCheckOptions): Promise<CheckReport> {
  const { clock, onStep } = options;
  const opened = await openWithSteps(factory, options);
  const server = factory.label;
  if (opened.result.error !== undefined) {
    const { error } = opened.result;
    const interrupted = error.class === 'cancelled';
    const verdict = interrupted ? interruptedVerdict : error.message;
    return { ok: false, verdict, server, steps: opened.steps, error: error.report() };
  }
  const lease = new Lease(factory, opened.result.transport);
  const runner = new StepRunner(clock, onStep);
  try {
    await runSteps(factory, lease, runner, options);
  } finally {
    await lease.close();
  }
  return { ...conclude(runner, options.siteLabel), server, steps: [...opened.steps, ...runner.steps] };
}

const interruptedVerdict = 'The self-check was interrupted.';

async function runSteps(
  factory: TransportFactory,
  lease: Lease,
  runner: StepRunner,
  options: SelfCheckOptions,
): Promise<void> {
  const { clock, random } = options;
  const signal = options.signal ?? new AbortController().signal;
  const workspace = new SelfCheckWorkspace(clock, random);
  const connect = () => lease.connection(signal);
  const steps = new SelfCheckSteps({ clock, random, signal, workspace, connect });
  try {
    await runner.run('make-folder', [], () => steps.makeFolder());
    await runner.run('write', ['make-folder'], () => steps.write());
    await runner.run('size', ['write'], () => steps.size());
    await runner.run('read-back', ['write'], () => steps.readBack());
    await runner.run('resume', ['read-back'], () => steps.resume());
    await runner.run('list', ['write'], () => steps.list());
    await runner.run('rename', ['size'], () => steps.rename());
    await runner.run('rename-existing', ['rename'], () => steps.renameOntoExisting());
    await runner.run('delete', ['write'], () => steps.remove());
    const removeRest = async () => {
      // The folder must be empty first; what cannot be deleted was told by the step before.
      await workspace.removeFiles(connect, signal);
      return await steps.removeFolder();
    };
    await runner.run('remove-folder', ['make-folder', 'delete'], removeRest);
    await runner.run('clock', ['size'], () => steps.clockDifference());
    await runner.run('connections', [], async () => {
      await connect();
      return await countConnections(factory, options.connections ?? 4, signal);
    });
    await runner.run('free-space', [], () => steps.freeSpace());
  } finally {
    await cleanUpAfterCheck(lease, runner, workspace, clock);
  }
}

function conclude(runner: StepRunner, siteLabel: string): Pick<CheckReport, 'ok' | 'verdict' | 'error'> {
  if (runner.cancelled !== undefined) {
    return { ok: false, verdict: interruptedVerdict, error: cancelledError(interruptedVerdict).report() };
  }
  const failed = runner.steps.filter((step) => step.outcome === 'failed').map((step) => step.name);
  if (failed.length === 0) {
    const verdict = `The home directory can be read, written, renamed in and deleted from, so ${siteLabel} can exchange packets.`;
    return { ok: true, verdict, error: undefined };
  }
  const stepNames = selfCheckStepNames.filter((name) => failed.includes(name) && name !== 'clean-up');
  const verdict =
    stepNames.length === 0
      ? `${siteLabel} can exchange packets, but the self-check could not remove what it wrote.`
      : `${siteLabel} cannot exchange packets through this server: the self-check could not ${joinWords(stepNames.map((name) => selfCheckTexts[name].cannot))}.`;
  return { ok: false, verdict: capitalised(verdict), error: undefined };
}

function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
