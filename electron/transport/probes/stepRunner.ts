import { ExchangeError } from '../../../shared/errors.ts';
import type { CheckStep } from '../../../shared/views.ts';
import type { Clock } from '../../platform/clock.ts';
import { optionalSteps, type SelfCheckStepName, selfCheckTexts } from './selfCheckTexts.ts';

/** What a step that did not fail found. A `note` has something to say beyond its detail. */
export interface StepFinding {
  readonly detail: string;
  readonly note?: { readonly meaning: string; readonly advice: string };
}

/** Runs steps one after the other and tells each as it ends. */
export class StepRunner {
  readonly steps: CheckStep[] = [];
  /** What failed steps met, by their names. */
  readonly failures = new Map<string, ExchangeError>();
  /** The cancelling that ended the check, where one did. */
  cancelled: ExchangeError | undefined;
  readonly #clock: Clock;
  readonly #onStep: ((step: CheckStep) => void) | undefined;
  readonly #worked = new Set<SelfCheckStepName>();

  constructor(clock: Clock, onStep: ((step: CheckStep) => void) | undefined) {
    this.#clock = clock;
    this.#onStep = onStep;
  }

  /** Runs a step unless one that it needs did not work, or the check was cancelled. */
  async run(
    name: SelfCheckStepName,
    needs: readonly SelfCheckStepName[],
    work: () => Promise<StepFinding>,
  ): Promise<void> {
    if (this.cancelled !== undefined || !needs.every((need) => this.#worked.has(need))) {
      this.#tell(name, 'not-run', 0, '', '', '');
      return;
    }
    await this.#run(name, work);
  }

  /** Runs a step whatever happened before; being stopped is a failure of this step like any other. */
  async runAlways(name: SelfCheckStepName, work: () => Promise<StepFinding>): Promise<void> {
    const cancelled = this.cancelled;
    await this.#run(name, async () => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof ExchangeError) || error.class !== 'cancelled') throw error;
        throw new ExchangeError({ code: 'timed-out', class: 'retry', message: 'It took too long.' });
      }
    });
    this.cancelled = cancelled;
  }

  async #run(name: SelfCheckStepName, work: () => Promise<StepFinding>): Promise<void> {
    const start = this.#clock.monotonic();
    try {
      const { detail, note } = await work();
      const took = this.#clock.monotonic() - start;
      this.#worked.add(name);
      if (note === undefined) this.#tell(name, 'ok', took, detail, '', '');
      else this.#tell(name, 'note', took, detail, note.meaning, note.advice);
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      const took = this.#clock.monotonic() - start;
      const damaged = error.code === 'resumed-damaged';
      const meaning = damaged ? resumedDamagedMeaning : selfCheckTexts[name].meaning;
      if (error.class === 'cancelled') {
        this.cancelled = error;
        this.#tell(name, 'not-run', took, 'Interrupted.', '', '');
        return;
      }
      this.failures.set(name, error);
      const outcome = optionalSteps.has(name) && !damaged ? 'note' : 'failed';
      this.#tell(name, outcome, took, error.message, meaning, adviceFor(name, error));
    }
  }

  #tell(
    name: SelfCheckStepName,
    outcome: CheckStep['outcome'],
    durationMs: number,
    detail: string,
    meaning: string,
    advice: string,
  ): void {
    const step = { name, label: selfCheckTexts[name].label, outcome, durationMs, detail, meaning, advice };
    this.steps.push(step);
    this.#onStep?.(step);
  }
}

const resumedDamagedMeaning =
  'A packet whose upload was interrupted would arrive damaged, be refused, and be asked for again.';

const transfers: readonly SelfCheckStepName[] = ['write', 'read-back', 'list'];

function adviceFor(name: SelfCheckStepName, error: ExchangeError): string {
  const { ask } = selfCheckTexts[name];
  if (name === 'office' && error.advice !== '') return error.advice;
  if (error.class === 'full') {
    return 'Ask the FTP provider for more room or a larger quota, or have old files removed.';
  }
  if (error.class !== 'retry') return ask;
  const lostData = transfers.includes(name) && ['connection-lost', 'timed-out'].includes(error.code);
  return lostData
    ? 'Data connections do not get through. Try the other setting of Passive Mode, and ask the FTP provider which ports data connections use; firewalls on both sides must let them pass.'
    : `Try again; if it stays so, quote the message above to the FTP provider. ${ask}`.trim();
}
