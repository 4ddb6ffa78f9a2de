import { expect, test } from 'vitest';
import { FaultScript } from '../../../electron/transport/decorators/faultScript.ts';
import { withProtocolLog } from '../../../electron/transport/decorators/withProtocolLog.ts';
import { withScriptedFaults } from '../../../electron/transport/decorators/withScriptedFaults.ts';
import { createMemoryServer } from '../../../electron/transport/memory/memoryServer.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { readAll, sourceOf } from '../../support/transportBytes.ts';

function logged(script: ConstructorParameters<typeof FaultScript>[0] = []) {
  const clock = createFakeClock();
  const lines: string[] = [];
  const server = createMemoryServer({ clock });
  const factory = withProtocolLog(
    withScriptedFaults(server.factory('memory://test'), new FaultScript(script)),
    {
      clock,
      redact: (line) => line.replaceAll('s3cret', '[hidden]'),
      write: (line) => lines.push(line),
    },
  );
  return { lines, factory };
}

test('every call is told in one line with its outcome, and answers as before', async () => {
  const { lines, factory } = logged();
  const transport = await factory.open();
  await transport.makeFolder('in');
  await transport.upload('tmp.bin', sourceOf('hello'));
  await transport.rename('tmp.bin', 'in/a.bin');
  expect((await readAll(transport, 'in/a.bin')).toString()).toBe('hello');
  expect(await transport.list('in')).toHaveLength(1);
  expect(await transport.remove('nothing')).toBe(false);
  await transport.close();
  await transport.close();
  expect(lines).toEqual([
    '#1 open memory://test: done in 0 ms',
    '#1 makeFolder "in": done in 0 ms',
    '#1 upload "tmp.bin": done in 0 ms, 5 bytes',
    '#1 rename "tmp.bin" to "in/a.bin": done in 0 ms',
    '#1 download "in/a.bin": 5 in 0 ms, 5 bytes',
    '#1 list "in": 1 entries in 0 ms',
    '#1 remove "nothing": false in 0 ms',
    '#1 close',
  ]);
});

test('a failure is told with its code and the last words of the server, without secrets or line ends', async () => {
  const error = new ExchangeError({
    code: 'login-refused',
    class: 'fix',
    message: 'The server refused s3cret.',
    reply: '530 No\r\ns3cret',
  });
  const { lines, factory } = logged([{ method: 'open', fault: { kind: 'fail', when: 'before', error } }]);
  await expect(factory.open()).rejects.toBe(error);
  expect(lines).toEqual([
    '#1 open memory://test: failed in 0 ms: login-refused: The server refused [hidden]. [530 No  [hidden]]',
  ]);
});

test('no line is endless', async () => {
  const { lines, factory } = logged();
  const transport = await factory.open();
  await transport.fileSize('x'.repeat(3000));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(1000);
});
