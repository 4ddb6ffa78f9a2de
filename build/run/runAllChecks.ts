// `npm test`: every check there is. All run, also after one has failed; the last line counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { countTests } from './countTests.ts';

const root = resolve(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/branchline-checks');
const report = join(cache, 'vitest.json');
/** Read by .ci/run. */
const countFile = join(cache, 'count.txt');
const vitestName = 'tests';

const checks: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'test machine', command: ['node', 'build/setup/prepareTestMachine.ts'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of shared/', command: ['tsc', '-p', 'shared'] },
  { name: 'types of renderer/', command: ['tsc', '-p', 'renderer'] },
  { name: 'lint and format', command: ['biome', 'ci', '--error-on-warnings', '.'] },
  { name: 'dead code', command: ['knip'] },
  // Before the tests: some look at what is built.
  { name: 'build', command: ['vite', 'build', '-c', 'build/vite.config.ts', '--logLevel', 'warn'] },
  {
    name: vitestName,
    command: [
      'vitest',
      'run',
      '-c',
      'build/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
  },
  { name: 'built command line', command: ['node', 'build/run/smokeBuiltCli.ts'] },
];

function run(command: readonly string[]): boolean {
  const [program = '', ...args] = command;
  const path = join(root, 'node_modules/.bin', program);
  return (
    spawnSync(path, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
  );
}

rmSync(report, { force: true });
rmSync(countFile, { force: true });
const outcomes = checks.map(({ name, command }) => {
  process.stdout.write(`\n── ${name}\n`);
  const startedMs = performance.now();
  const ok = run(command);
  return { name, ok, seconds: (performance.now() - startedMs) / 1000 };
});

process.stdout.write('\n── summary\n');
for (const { name, ok, seconds } of outcomes) {
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)\n`);
}
const failedChecks = outcomes.filter(({ name, ok }) => !ok && name !== vitestName).length;
const vitestOk = outcomes.some(({ name, ok }) => name === vitestName && ok);
const line = countTests(report, vitestOk, failedChecks);
mkdirSync(dirname(countFile), { recursive: true });
writeFileSync(countFile, `${line}\n`);
process.stdout.write(`\n${line}\n`);
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;
