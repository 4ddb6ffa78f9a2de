import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { ExchangeError } from '../../../shared/errors.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { notConfigured } from '../notConfigured.ts';
import { createEventLines, type EventLine } from '../output/eventLines.ts';
import { formatTime } from '../output/formatAmounts.ts';
import { safeText } from '../output/safeText.ts';

/** Levels of a line as journald reads them. Source: sd-daemon(3). */
const journalLevels = { info: '<6>', warning: '<4>', error: '<3>' } as const;

export function addEngine(program: Command, act: Act): void {
  const command = program
    .command('engine')
    .summary('keep the schedule, until it is told to end')
    .description(
      'Runs the engine in the foreground, for a service manager or a terminal: it keeps the schedule and answers other commands and the windows. It writes one line for each event to standard error; with --quiet only what is wrong. It ends politely on SIGTERM or Ctrl-C. `branchline service install` registers it with this system.',
    )
    .option('--vault-key-file <file>', 'where the key of the vault is, as BRANCHLINE_VAULT_KEY_FILE')
    .action((options: { vaultKeyFile?: string }) =>
      act(async ({ parts, options: { dataDir, verbose, quiet } }) => {
        // Under systemd the journal adds the time, and takes the level from the line's beginning.
        const forJournal = (parts.env['JOURNAL_STREAM'] ?? '') !== '';
        const write = ({ level, text }: EventLine) => {
          if (quiet && level === 'info') return;
          const head = forJournal ? journalLevels[level] : `${formatTime(parts.clock.now())} `;
          parts.stderr.write(`${head}${safeText(text.replaceAll(/\s*\n\s*/g, ' '))}\n`);
        };
        if (!existsSync(dataDir)) throw notConfigured(dataDir);
        const { vaultKeyFile } = options;
        const linesOf = createEventLines();
        // A missed run may be under way before the site is known to be one.
        let held: EventLine[] | undefined = [];
        const engine = await parts.startEngine({
          dataDir,
          verbose,
          vaultKeyFile,
          watch(message) {
            for (const line of linesOf(message)) {
              if (held === undefined) write(line);
              else held.push(line);
            }
          },
        });
        try {
          const state = await engine.state();
          if (state.settingsError !== undefined) throw new ExchangeError(state.settingsError);
          if (state.settings === undefined) throw notConfigured(dataDir);
          write({ level: 'info', text: `Branchline ${parts.version} works on ${dataDir}.` });
          if (!state.settings.schedule.enabled) write({ level: 'warning', text: noSchedule });
          for (const line of held) write(line);
          held = undefined;
          await fired(parts.signal);
          write({ level: 'info', text: 'Told to end.' });
        } finally {
          await engine.close();
        }
        write({ level: 'info', text: 'Branchline has ended.' });
        return done({}, []);
      }),
    );
  addExamples(command, ['branchline engine', 'branchline engine --quiet --data-dir /srv/branchline']);
}

const noSchedule =
  'No schedule is set: transmissions begin only when somebody asks for one. Set it with: branchline config set schedule.enabled=true';

function fired(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
