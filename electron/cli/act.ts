import type { Answer } from './answer.ts';
import type { Context } from './context.ts';

/** Carries a command out and prints its answer. */
export type Act = (command: (context: Context) => Promise<Answer> | Answer) => Promise<void>;
