import { formOfCanary } from './canary.ts';

/** Where a secret was found, in this test file. */
const finds = new Set<string>();

export function noteFind(find: string): void {
  finds.add(find);
}

/** What was found so far; it is not told twice. */
export function takeFinds(): string[] {
  const taken = [...finds];
  finds.clear();
  return taken;
}

/** Searches what the program said: a test hands it over where no process said it. */
export function searchWords(words: string, where: string): void {
  const form = formOfCanary(words);
  if (form !== undefined) noteFind(`${where}: ${form}`);
}
