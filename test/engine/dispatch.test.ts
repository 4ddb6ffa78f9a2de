import { describe, expect, it } from 'vitest';
import type { Handlers } from '../../electron/engine/handlers.ts';
import { dispatch } from '../../electron/engine/host/dispatch.ts';
import { ExchangeError } from '../../shared/errors.ts';

/** Handlers that note who was called; those that are given answer. */
function handlers(given: Partial<Handlers> = {}) {
  const called: string[] = [];
  const table = new Proxy(given, {
    get: (target, name) => {
      called.push(String(name));
      return Reflect.get(target, name) ?? (() => ({}));
    },
  });
  // Every name answers, as in the real table.
  return { table: table as Handlers, called };
}

const request = (call: unknown, input: unknown, id: unknown = 7) => JSON.stringify({ id, call, input });

describe('the dispatcher', () => {
  it.each([
    ['what is no JSON', '{', 0],
    ['what is no request', '[]', 0],
    ['a request without id', JSON.stringify({ call: 'state.get', input: {} }), 0],
    [
      'a request with more than a request has',
      JSON.stringify({ id: 7, call: 'state.get', input: {}, as: 'root' }),
      0,
    ],
    ['a message that is far too long', request('state.get', { text: 'x'.repeat(9_000_000) }), 0],
    ['an unknown call', request('state.set', {}), 7],
    ['a call named like a part of every object', request('constructor', {}), 7],
    ['another such', request('__proto__', {}), 7],
    ['a request without input', JSON.stringify({ id: 7, call: 'run.start' }), 0],
    ['input of a wrong type', request('queue.skip', { ids: 'all' }), 7],
    ['an id below one', request('queue.skip', { ids: [0] }), 7],
    ['a field that the call does not have', request('state.get', { secrets: true }), 7],
    [
      'a password that is too long',
      request('password.set', { password: { do: 'set', value: 'x'.repeat(1001) } }),
      7,
    ],
  ])('refuses %s before any handler sees it', async (_what, text, id) => {
    const { table, called } = handlers();
    expect(await dispatch(table, text)).toMatchObject({
      kind: 'failure',
      id,
      error: { code: 'invalid-input', class: 'fix' },
    });
    expect(called).toEqual([]);
  });

  it('answers with what the handler gave', async () => {
    const { table, called } = handlers({ 'queue.retry': ({ ids }) => ({ count: ids?.length ?? 0 }) });
    expect(await dispatch(table, request('queue.retry', { ids: [1, 2] }))).toEqual({
      kind: 'answer',
      id: 7,
      ok: true,
      value: { count: 2 },
    });
    expect(called).toEqual(['queue.retry']);
  });

  it('turns what a handler throws into a failure, in its own words where they were foreseen', async () => {
    const report = { code: 'busy', class: 'busy', message: 'Busy.', advice: 'Wait.' } as const;
    const { table } = handlers({
      'queue.list': () => {
        throw new ExchangeError(report);
      },
      'stores.list': async () => {
        throw new TypeError('x is not a function');
      },
    });
    expect(await dispatch(table, request('queue.list', {}))).toMatchObject({
      kind: 'failure',
      id: 7,
      error: report,
    });
    const unforeseen = await dispatch(table, request('stores.list', {}));
    expect(unforeseen).toMatchObject({ kind: 'failure', id: 7, error: { code: 'unexpected' } });
    expect(JSON.stringify(unforeseen)).not.toContain('.ts:');
  });
});
