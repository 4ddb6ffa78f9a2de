import type { RunNote } from '../../shared/progress.ts';
import type { RunContext } from './siteContext.ts';

/**
 * The lines of one run: told at once, kept in the ledger at the end of each step. Not a commit each: a line
 * must not cost a disk flush, and may be said in the middle of a commit.
 */
export class RunLog {
  readonly #run: RunContext;
  #unsaved: { readonly atMs: number; readonly note: RunNote }[] = [];

  constructor(run: RunContext) {
    this.#run = run;
  }

  note(level: RunNote['level'], text: string): void {
    this.#unsaved.push({ atMs: this.#run.clock.now(), note: { level, text } });
    this.#run.note(level, text);
  }

  save(): void {
    const unsaved = this.#unsaved;
    if (unsaved.length === 0) return;
    this.#unsaved = [];
    this.#run.ledger.commit('notes', (tables) => {
      for (const { atMs, note } of unsaved)
        tables.transmissions.addNote(this.#run.transmissionId, atMs, note);
    });
  }
}
