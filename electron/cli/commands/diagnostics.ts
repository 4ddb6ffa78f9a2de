import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { formatBytes } from '../output/formatAmounts.ts';
import { safeText } from '../output/safeText.ts';
import { usageError } from '../usageError.ts';
import { watchCheck } from '../watchCheck.ts';

export function addDiagnostics(program: Command, act: Act): void {
  const command = program
    .command('diagnostics [file]')
    .summary('write one file for support')
    .description(
      "Writes one JSON file for support: version, settings, the doctor's report, the last transmissions, the queue and the end of the log. No secret is in it; user names and e-mail addresses only with --with-names. Host names, folders and file names are. Read it before you send it.",
    )
    .option('--offline', 'do not ask the server')
    .option('--with-names', 'leave user names and e-mail addresses in')
    .action((file: string | undefined, options: { offline?: true; withNames?: true }) =>
      act((context) =>
        context.withEngine(async (engine) => {
          if (file !== undefined) refuseExisting(resolve(file));
          const input = { offline: options.offline === true, withNames: options.withNames === true };
          const { fileName, text } = await watchCheck(context, engine, (checkId) =>
            engine.ask('upkeep.diagnostics', { checkId, ...input }),
          );
          const path = resolve(file ?? fileName);
          refuseExisting(path);
          writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
          return done({ file: path, bytes: Buffer.byteLength(text) }, [
            `Written: ${safeText(path)} (${formatBytes(Buffer.byteLength(text))}).`,
            'There is no password in it. Read it before you send it.',
          ]);
        }),
      ),
    );
  addExamples(command, ['branchline diagnostics', 'branchline diagnostics report.json --with-names']);
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw usageError(`${path} exists already.`, 'Name a new file; nothing is written over.');
}
