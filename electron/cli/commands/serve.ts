import { type Command, InvalidArgumentError } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { safeText } from '../output/safeText.ts';

export function addServe(program: Command, act: Act): void {
  const command = program
    .command('serve')
    .summary('show the windows in a browser on this machine')
    .description(
      'Serves the windows to a browser on this machine only, until Ctrl-C. The address that it prints opens once; then the next one is printed. Transmissions keep their schedule while it runs.',
    )
    .option('--port <number>', 'the port to listen on; 0 takes any free one', parsePort, 0)
    .action((options: { port: number }) =>
      act(async ({ parts, options: { dataDir, verbose }, say, tell }) => {
        await parts.serve({
          dataDir,
          verbose,
          port: options.port,
          signal: parts.signal,
          say: (line) => say(safeText(line)),
          onAddress: (address) => tell(address),
        });
        return done({}, ['Branchline has ended.']);
      }),
    );
  addExamples(command, ['branchline serve', 'branchline serve --port 8080']);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
