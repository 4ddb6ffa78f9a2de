import { expect, test } from 'vitest';
import type { LogOnPrompt } from '../../shared/contract/accessCalls.ts';
import { FakeEngine, resultOf } from './fakeEngine.ts';
import { runFake } from './runFake.ts';

const prompt: LogOnPrompt = {
  promptId: 'p1',
  server: 'sftp office@sftp.example.com:22 /',
  name: 'Second\u001b[2J factor',
  instructions: 'From your\ntelephone',
  prompts: [{ text: 'Code:', echo: false }],
};

/** An engine whose server asks one question in an attended transmission. */
class AskingEngine extends FakeEngine {
  readonly answered: unknown[] = [];
  attended: boolean | undefined;
  #ask: (prompt: LogOnPrompt) => void = () => undefined;
  readonly #done = Promise.withResolvers<void>();

  constructor() {
    super('/data');
    this.onTransmit = async ({ attended }) => {
      this.attended = attended;
      if (attended === true) {
        this.#ask(prompt);
        await this.#done.promise;
      }
      return resultOf();
    };
  }

  // Only the event and the call that this test is about; the interface's types know all of them.
  override on = ((name: string, listener: (data: LogOnPrompt) => void) => {
    if (name === 'access.prompt') this.#ask = listener;
    return () => undefined;
  }) as FakeEngine['on'];

  override ask = ((_name: string, input: unknown) => {
    this.answered.push(input);
    this.#done.resolve();
    return Promise.resolve({});
  }) as unknown as FakeEngine['ask'];
}

test('what the server asks is asked at the terminal, and a hidden answer is not shown', async () => {
  const engine = new AskingEngine();
  const ran = await runFake(['transmit'], { engine, terminal: true, stdin: '4711\r' });
  expect(ran.exitCode).toBe(0);
  expect(engine.answered).toEqual([{ promptId: 'p1', answers: ['4711'] }]);
  expect(ran.err).toMatch(/sftp\.example\.com:22 \/ asks:\n/);
  expect(ran.err).toMatch(/ {2}From your\n {2}telephone\n {2}Code:/);
  for (const unwanted of ['4711', '\u001b[2J']) expect(ran.out + ran.err).not.toContain(unwanted);
});

test('Ctrl-C at the question gives the log-on up', async () => {
  const engine = new AskingEngine();
  await runFake(['transmit'], { engine, terminal: true, stdin: '47\u0003' });
  expect(engine.answered).toEqual([{ promptId: 'p1' }]);
});

test('without a terminal, and with --unattended, nobody is asked', async () => {
  for (const [args, terminal] of [
    [['transmit'], false],
    [['transmit', '--unattended'], true],
  ] as const) {
    const engine = new AskingEngine();
    expect((await runFake([...args], { engine, terminal })).exitCode).toBe(0);
    expect([engine.attended, engine.answered]).toEqual([false, []]);
  }
});
