import { cancelledError } from '../../shared/errors.ts';
import type { Engine } from '../engine/engine.ts';
import type { Context } from './context.ts';

/** Shows the doctor's steps while it works, and cancels it on Ctrl-C. One process asks for one check. */
export async function watchCheck<T>(
  { parts, showStep }: Context,
  engine: Engine,
  ask: (checkId: string) => Promise<T>,
): Promise<T> {
  const checkId = `command-line-${process.pid}`;
  if (parts.signal.aborted) throw cancelledError();
  const stop = engine.on('upkeep.step', (told) => {
    if (told.checkId === checkId) showStep(told.step.label);
  });
  const cancel = () => void engine.ask('upkeep.cancel', { checkId }).catch(() => undefined);
  parts.signal.addEventListener('abort', cancel, { once: true });
  try {
    return await ask(checkId);
  } finally {
    parts.signal.removeEventListener('abort', cancel);
    stop();
  }
}
