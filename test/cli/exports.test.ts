import { describe, expect, test } from 'vitest';
import type { AreaCallName, CallInput, CallOutput } from '../../shared/contract/calls.ts';
import { FakeEngine } from './fakeEngine.ts';
import { runFake } from './runFake.ts';

/** An engine that notes what is asked of its areas, and answers with what it was given. */
class AskedEngine extends FakeEngine {
  readonly asked: (readonly [string, unknown])[] = [];
  answers: Partial<Record<AreaCallName, unknown>> = {};

  override async ask<N extends AreaCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    this.asked.push([name, input]);
    // The test gives each call the answer of its kind.
    return this.answers[name] as CallOutput<N>;
  }
}

function engine(answers: AskedEngine['answers'] = {}): AskedEngine {
  const made = new AskedEngine('/data');
  made.answers = answers;
  return made;
}

const view = (settings: object) => ({ settings, nextMs: undefined });

describe('branchline exports', () => {
  test('add takes name, folder and dataset from one word, and every option', async () => {
    const plain = engine({ 'exports.save': view({}) });
    const ran = await runFake(['exports', 'add', 'users'], { engine: plain });
    expect(ran.exitCode).toBe(0);
    expect(plain.asked[0]).toMatchObject([
      'exports.save',
      {
        settings: {
          name: 'users',
          dataset: 'users',
          folder: 'exports/users',
          kind: 'complete',
          keepDays: 30,
        },
      },
    ]);
    const full = engine({ 'exports.save': view({}) });
    const options =
      '--dataset customers --set main --columns name,email --changes --every 60 --from 07:00 --through 19:00 --at 20:15 --keep-days 0 --keep-formulas';
    await runFake(
      [
        'exports',
        'add',
        'leeds',
        ...options.split(' '),
        '--filter',
        'city is Leeds',
        '--filter',
        'email not-empty',
      ],
      { engine: full },
    );
    expect(full.asked[0]?.[1]).toMatchObject({
      settings: {
        name: 'leeds',
        dataset: 'customers',
        set: 'main',
        columns: ['name', 'email'],
        kind: 'changes',
        keepDays: 0,
        neutraliseFormulas: false,
        filters: [
          { column: 'city', operator: 'is', value: 'Leeds' },
          { column: 'email', operator: 'not-empty', value: '' },
        ],
        schedule: { enabled: true, everyMinutes: 60, from: '07:00', through: '19:00', at: ['20:15'] },
      },
    });
  });

  test.each([
    [['exports', 'add', 'Users!'], 'export name'],
    [['exports', 'add', 'users', '--filter', 'Leeds'], 'not a filter'],
    [['exports', 'add', 'users', '--every', 'often'], 'whole number'],
    [['exports', 'add', 'users', '--folder', 'stores/0012'], 'belongs to Branchline'],
    [['exports', 'add', 'users', '--folder', '../up'], 'is written like'],
    [['exports', 'add', 'users', '--at', 'noon'], 'time of day'],
    [['subscriptions', 'add', 'rate-book/a/b', '--stores', 'all'], 'not a set'],
    [['subscriptions', 'add', 'rate-book', '--stores', 'nobody-here'], 'store number'],
    [['appends', 'add', 'Sign Ups', '--dataset', 'users'], 'channel name'],
    [['channels', 'add', 'branchline-sets'], 'belongs to Branchline'],
  ])('%j is refused before the engine is asked', async (argv, said) => {
    const asked = engine();
    const ran = await runFake(argv, { engine: asked });
    expect(ran.exitCode).toBe(2);
    expect(ran.err).toContain(said);
    expect(asked.asked).toEqual([]);
  });

  test('run waits for the end and says how it was; a failure has its exit code', async () => {
    const run = { runId: 'r', name: 'users', startedBy: 'x', startedMs: 1, rows: 2, sizeBytes: 9, note: '' };
    const answers = { 'exports.run': { runs: [{ name: 'users', runId: 'r', joined: false }] } };
    const done = engine({ ...answers, 'exports.result': { ...run, outcome: 'done', fileName: 'f.csv' } });
    const good = await runFake(['exports', 'run', 'users'], { engine: done });
    expect(good.out).toBe('users: 2 rows in f.csv.\n');
    const error = { code: 'connection-lost', class: 'retry', message: 'Lost.', advice: 'Again.' };
    const lost = engine({ ...answers, 'exports.result': { ...run, outcome: 'failed', error } });
    expect((await runFake(['exports', 'run', 'users'], { engine: lost })).exitCode).toBe(4);
  });
});
