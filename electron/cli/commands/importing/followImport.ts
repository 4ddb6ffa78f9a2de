import type { EventData } from '../../../../shared/contract/calls.ts';
import { ExchangeError } from '../../../../shared/errors.ts';
import type { ImportProgress } from '../../../../shared/importReport.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Context } from '../../context.ts';
import { formatBytes, formatCount } from '../../output/formatAmounts.ts';

const askEveryMs = 2000;

/**
 * Starts imports and waits for their end, with progress. Ctrl-C cancels what is running.
 *
 * Errors: what the engine says; engine-lost.
 */
export async function followImport<N extends 'imports.ended' | 'imports.taken'>(
  context: Context,
  engine: Engine,
  follow: {
    readonly until: N;
    /** Starts it; answers with what its last event is known by. */
    start(): Promise<string>;
    isIt(data: EventData<N>, id: string): boolean;
  },
): Promise<EventData<N>> {
  const ended: EventData<N>[] = [];
  const running = new Set<string>();
  let wake = Promise.withResolvers<void>();
  const stops = [
    engine.on('imports.progress', (progress) => {
      running.add(progress.runId);
      context.showStep(describeStep(progress));
    }),
    engine.on(follow.until, (data) => {
      ended.push(data);
      wake.resolve();
    }),
  ];
  const { signal, clock } = context.parts;
  const cancel = () => {
    for (const runId of running) void engine.ask('imports.cancel', { runId }).catch(() => undefined);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const id = await follow.start();
    for (;;) {
      const found = ended.find((data) => follow.isIt(data, id));
      if (found !== undefined) return found;
      if (signal.aborted) cancel();
      await Promise.race([wake.promise, clock.sleep(askEveryMs)]);
      wake = Promise.withResolvers<void>();
      // An engine that is gone answers this with an error.
      await engine.ask('imports.active', {});
    }
  } finally {
    for (const stop of stops) stop();
    signal.removeEventListener('abort', cancel);
  }
}

function describeStep({ step, source, rows, rejected, bytesDone, bytesTotal }: ImportProgress): string {
  const amount = bytesTotal > 1 ? `, ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}` : '';
  const kept = rejected > 0 ? `, ${formatCount(rejected, 'row')} kept out` : '';
  switch (step) {
    case 'waiting':
      return `${source} waits for another import`;
    case 'reading':
      return `Reading ${source}: ${formatCount(rows, 'row')}${kept}${amount}`;
    case 'indexing':
      return `Making ${source} durable: ${formatCount(rows, 'row')}${kept}`;
    case 'comparing':
      return `Comparing ${source} with the published set`;
    case 'publishing':
      return `Publishing ${source}`;
  }
}

/** The report of a run that ended. Errors: what went wrong where there is none. */
export function reportOf(data: EventData<'imports.ended'>) {
  if (data.report !== undefined) return data.report;
  throw new ExchangeError(
    data.error ?? { code: 'unexpected', class: 'fix', message: 'The import left no report.', advice: '' },
  );
}
