import { existsSync } from 'node:fs';
import type { Progress } from '../../shared/progress.ts';
import type { Engine } from '../engine/engine.ts';
import type { CliParts } from './cliParts.ts';
import type { GlobalOptions } from './globalOptions.ts';
import { notConfigured } from './notConfigured.ts';
import { describeProgress, ProgressLine } from './output/progressLine.ts';
import { safeText } from './output/safeText.ts';

/** What a command is given to do its work. */
export interface Context {
  readonly parts: CliParts;
  readonly options: GlobalOptions;
  /**
   * Opens the engine of the data directory, and closes it whatever happens. Only `init` makes a data directory:
   * a mistyped one is not to leave an empty one behind.
   *
   * Errors: not-configured when there is no such folder; those of openEngine.
   */
  withEngine<T>(work: (engine: Engine) => Promise<T> | T, mayMakeFolder?: 'may-make-folder'): Promise<T>;
  showProgress(progress: Progress, who?: string): void;
  showStep(label: string): void;
  /** A lasting line for people on stderr, unless `--quiet`. */
  say(line: string): void;
  /** A line of what the person came to see: on stdout, unless that belongs to a JSON document. */
  tell(line: string): void;
  eraseProgress(): void;
}

export function createContext(parts: CliParts, options: GlobalOptions): Context {
  const line = new ProgressLine(parts.stderr, () => parts.clock.monotonic());
  return {
    parts,
    options,
    async withEngine(work, mayMakeFolder) {
      if (mayMakeFolder === undefined && !existsSync(options.dataDir)) throw notConfigured(options.dataDir);
      const engine = await parts.openEngine({ dataDir: options.dataDir, verbose: options.verbose });
      try {
        return await work(engine);
      } finally {
        line.erase();
        await engine.close();
      }
    },
    showProgress(progress, who = '') {
      if (options.quiet) return;
      if (progress.phase === 'done') return line.erase();
      const text = describeProgress(progress);
      line.update(who === '' ? text : `${who}: ${text}`);
    },
    showStep(label) {
      if (!options.quiet) line.update(`${safeText(label)}…`);
    },
    say(text) {
      if (!options.quiet) line.say(text);
    },
    tell(text) {
      if (!options.quiet) line.say(text, options.json ? parts.stderr : parts.stdout);
    },
    eraseProgress: () => line.erase(),
  };
}
