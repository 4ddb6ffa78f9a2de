import type { LogOnPrompt } from '../../shared/contract/accessCalls.ts';
import type { Engine } from '../engine/engine.ts';
import { askHidden, askShown } from './askPassword.ts';
import type { CliParts } from './cliParts.ts';
import type { Context } from './context.ts';
import { safeText } from './output/safeText.ts';

/**
 * Does work of the engine during which the server may ask questions at log-on. At a terminal they are asked here,
 * as the server words them; elsewhere nobody can be asked, and `attended` is false.
 *
 * Promise: one question at a time; one that is answered elsewhere, or no longer asked, is let go.
 */
export async function answerPrompts<T>(
  context: Context,
  engine: Engine,
  work: (attended: boolean) => Promise<T>,
): Promise<T> {
  const { parts } = context;
  if (parts.stdin.isTTY !== true) return await work(false);
  const over = new Set<string>();
  let current: { readonly id: string; readonly stop: AbortController } | undefined;
  let queue: Promise<void> = Promise.resolve();
  const ask = async (prompt: LogOnPrompt) => {
    if (over.has(prompt.promptId)) return;
    const stop = new AbortController();
    current = { id: prompt.promptId, stop };
    context.eraseProgress();
    const answers = await askAll({ ...parts, signal: AbortSignal.any([parts.signal, stop.signal]) }, prompt);
    current = undefined;
    if (over.has(prompt.promptId)) return;
    // It may have ended this very moment; then the engine says so, and the work tells the rest.
    await engine
      .ask('access.answer', { promptId: prompt.promptId, ...(answers === undefined ? {} : { answers }) })
      .catch(() => undefined);
  };
  const stops = [
    engine.on('access.prompt', (prompt) => {
      queue = queue.then(() => ask(prompt));
    }),
    engine.on('access.promptEnded', ({ promptId }) => {
      over.add(promptId);
      if (current?.id === promptId) current.stop.abort();
    }),
  ];
  try {
    return await work(true);
  } finally {
    for (const stop of stops) stop();
  }
}

/** The answers, or undefined where the person would rather not. */
async function askAll(parts: CliParts, prompt: LogOnPrompt): Promise<string[] | undefined> {
  const heading = [prompt.name, prompt.instructions].map((text) => text.trim()).filter((text) => text !== '');
  parts.stderr.write(`${safeText(prompt.server)} asks:\n`);
  for (const text of heading) {
    for (const line of text.split('\n')) parts.stderr.write(`  ${safeText(line)}\n`);
  }
  const answers: string[] = [];
  try {
    for (const { text, echo } of prompt.prompts) {
      const question = `  ${safeText(text)} `;
      answers.push(echo ? await askShown(parts, question) : await askHidden(parts, question));
    }
  } catch {
    return undefined;
  }
  return answers;
}
