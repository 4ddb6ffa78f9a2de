import type { DropRunResult } from '../../../shared/contract/customerFilesCalls.ts';
import { type ErrorReport, ExchangeError } from '../../../shared/errors.ts';
import { type Answer, done, failing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatBytes, formatCount } from '../output/formatAmounts.ts';
import { safeText } from '../output/safeText.ts';
import { requireSettings } from '../settings/requireSettings.ts';

/** Looks into the drop folders now, showing how far it is; Ctrl-C ends it after the file in hand. */
export function runDropFolders(context: Context, folder: string | undefined): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const { promise, resolve, reject } = Promise.withResolvers<DropRunResult>();
    const listeners = [
      engine.on('customerFiles.progress', ({ what, bytesDone, bytesTotal }) =>
        context.showStep(
          bytesTotal > 0 ? `${what}  ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}` : what,
        ),
      ),
      engine.on('customerFiles.note', ({ note }) => {
        if (note.level !== 'info' || context.options.verbose) context.say(safeText(`Note: ${note.text}`));
      }),
      engine.on('customerFiles.ended', ({ result, error }) => {
        if (result !== undefined) resolve(result);
        else reject(new ExchangeError(error ?? unknownEnd));
      }),
    ];
    let joined = false;
    const stop = () => {
      // A look that somebody else started is theirs to end.
      if (joined)
        reject(new ExchangeError({ code: 'cancelled', class: 'cancelled', message: 'Stopped waiting.' }));
      else void engine.ask('customerFiles.cancel', {});
    };
    const { signal } = context.parts;
    signal.addEventListener('abort', stop, { once: true });
    try {
      ({ joined } = await engine.ask('customerFiles.run', folder === undefined ? {} : { folder }));
      if (signal.aborted) stop();
      return answerRun(await promise);
    } finally {
      signal.removeEventListener('abort', stop);
      for (const stopListening of listeners) stopListening();
    }
  });
}

const unknownEnd: ErrorReport = {
  code: 'unexpected',
  class: 'fix',
  message: 'The look into the drop folders ended without a result.',
  advice: 'Try again.',
};

function answerRun(result: DropRunResult): Answer {
  const { attached, again, unidentified, growing, failed, problems } = result;
  const lines = [
    [
      `${formatCount(attached, 'file')} attached`,
      ...(again > 0 ? [`${formatCount(again, 'file')} known already`] : []),
      ...(unidentified > 0 ? [`${unidentified} not identified`] : []),
      ...(growing > 0 ? [`${growing} left for later (still being uploaded)`] : []),
      ...(failed > 0 ? [`${failed} not taken`] : []),
    ].join(', '),
    ...problems.map((problem) => `  ${safeText(problem)}`),
    ...(unidentified > 0 ? ['  See: branchline customer-files unidentified list'] : []),
  ];
  const verdict = `${lines[0]?.charAt(0).toUpperCase()}${lines[0]?.slice(1)}.`;
  const told = [verdict, ...lines.slice(1)];
  if (failed === 0 && problems.length === 0) return done(result, told);
  const error = {
    code: 'partial',
    class: 'fix',
    message: problems[0] ?? `${formatCount(failed, 'file')} could not be taken.`,
    advice: 'The notes say why. What was not taken is still on the FTP site.',
  } as const;
  return failing(error, result, told);
}
