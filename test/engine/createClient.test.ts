import { describe, expect, it } from 'vitest';
import { type ClientLineEvents, createClient } from '../../shared/contract/createClient.ts';

/** Lines that a test holds the other end of. */
function lines() {
  const made: { readonly end: ClientLineEvents; readonly sent: string[]; closed: boolean }[] = [];
  const connect = (end: ClientLineEvents) => {
    const line = { end, sent: [] as string[], closed: false };
    made.push(line);
    return {
      send: (text: string) => void line.sent.push(text),
      close() {
        line.closed = true;
      },
    };
  };
  const nth = (index: number) => {
    const line = made.at(index);
    if (line === undefined) throw new Error(`There is no line ${index}.`);
    return line;
  };
  return { connect, nth, made };
}

const lost = { ok: false, error: { code: 'engine-lost', class: 'retry' } };
const answer = (id: number, value: unknown) => JSON.stringify({ kind: 'answer', id, ok: true, value });

describe('a client of the contract', () => {
  it('refuses input that does not parse before it is sent', async () => {
    const { connect, nth } = lines();
    const client = createClient({ connect });
    nth(0).end.onOpen();
    expect(await client.call('queue.skip', { ids: [0] })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', class: 'fix' },
    });
    expect(nth(0).sent).toEqual([]);
  });

  it('keeps what is asked before the line stands, and matches answers by their number', async () => {
    const { connect, nth } = lines();
    const client = createClient({ connect });
    const first = client.call('queue.retry', {});
    const second = client.call('queue.skip', { ids: [5] });
    expect(nth(0).sent).toEqual([]);
    nth(0).end.onOpen();
    expect(nth(0).sent.map((text) => JSON.parse(text))).toEqual([
      { id: 1, call: 'queue.retry', input: {} },
      { id: 2, call: 'queue.skip', input: { ids: [5] } },
    ]);
    nth(0).end.onMessage(answer(2, { count: 1 }));
    nth(0).end.onMessage(answer(1, { count: 9 }));
    expect(await first).toEqual({ ok: true, value: { count: 9 } });
    expect(await second).toEqual({ ok: true, value: { count: 1 } });
  });

  it('takes an answer of nothing, which JSON leaves out', async () => {
    const { connect, nth } = lines();
    const client = createClient({ connect });
    nth(0).end.onOpen();
    const asked = client.call('history.show', { transmissionId: 'none' });
    nth(0).end.onMessage(answer(1, undefined));
    expect(await asked).toEqual({ ok: true, value: undefined });
  });

  it('takes no answer that does not parse, and lets noise pass', async () => {
    const { connect, nth } = lines();
    const client = createClient({ connect });
    nth(0).end.onOpen();
    const asked = client.call('queue.retry', {});
    for (const noise of ['{', 'null', '{"kind":"other"}', answer(77, {})]) nth(0).end.onMessage(noise);
    nth(0).end.onMessage(answer(1, { count: 'many' }));
    expect(await asked).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  });

  it('hands on events that parse, to those who listen still', () => {
    const { connect, nth } = lines();
    const client = createClient({ connect });
    const heard: unknown[] = [];
    const stop = client.on('changed', (data) => heard.push(data));
    const event = (data: unknown, name = 'changed') => JSON.stringify({ kind: 'event', event: name, data });
    nth(0).end.onMessage(event({ topics: ['queue'] }));
    nth(0).end.onMessage(event({ topics: ['secrets'] }));
    nth(0).end.onMessage(event({}, 'constructor'));
    stop();
    nth(0).end.onMessage(event({ topics: ['stores'] }));
    expect(heard).toEqual([{ topics: ['queue'] }]);
  });

  it('answers what is pending as lost when the line ends, and what is asked later at once', async () => {
    const { connect, nth } = lines();
    const client = createClient({ connect });
    const seen: boolean[] = [];
    client.onConnection((connected) => seen.push(connected));
    nth(0).end.onOpen();
    const pending = client.call('state.get', {});
    nth(0).end.onClose();
    expect(await pending).toMatchObject(lost);
    expect(await client.call('state.get', {})).toMatchObject(lost);
    expect(seen).toEqual([true, false]);
  });

  it('comes back by the policy that it was given, and asks nothing twice', async () => {
    const { connect, nth, made } = lines();
    const again: (() => void)[] = [];
    const client = createClient({ connect, later: (call) => again.push(call) });
    const seen: boolean[] = [];
    client.onConnection((connected) => seen.push(connected));
    nth(0).end.onOpen();
    const pending = client.call('queue.retry', {});
    nth(0).end.onClose();
    expect(await pending).toMatchObject(lost);
    const meanwhile = client.call('queue.list', {});
    again.shift()?.();
    nth(1).end.onOpen();
    expect(nth(1).sent.map((text) => JSON.parse(text).call)).toEqual(['queue.list']);
    nth(1).end.onMessage(answer(2, []));
    expect(await meanwhile).toEqual({ ok: true, value: [] });
    expect(seen).toEqual([true, false, true]);

    client.close();
    nth(1).end.onClose();
    expect(again).toEqual([]);
    expect(made).toHaveLength(2);
  });

  it('ends a line to an engine that speaks another contract', async () => {
    const { connect, nth } = lines();
    const client = createClient({ connect, later: () => undefined });
    nth(0).end.onOpen();
    const pending = client.call('state.get', {});
    nth(0).end.onMessage(JSON.stringify({ kind: 'hello', contractVersion: 999, version: '99' }));
    expect(nth(0).closed).toBe(true);
    nth(0).end.onClose();
    expect(await pending).toMatchObject(lost);
  });
});
