import type { LogOnPrompt } from '../../shared/contract/accessCalls.ts';

/** The questions of servers that wait for a person, oldest first. */
export type PromptState = readonly LogOnPrompt[];

export function afterPrompt(prompts: PromptState, prompt: LogOnPrompt): PromptState {
  return prompts.some(({ promptId }) => promptId === prompt.promptId) ? prompts : [...prompts, prompt];
}

export function afterPromptEnded(prompts: PromptState, promptId: string): PromptState {
  return prompts.filter((prompt) => prompt.promptId !== promptId);
}
