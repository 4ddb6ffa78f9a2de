import { describe, expect, test } from 'vitest';
import { ask, closeCode, dial, dialOpen, enter, nextMessage, startHost } from './webHostFixture.ts';

describe('who gets in', () => {
  test('a token opens once, gives a cookie for this page only, and leaves the address', async () => {
    const { host, port } = await startHost();
    const { search } = new URL(host.address());
    const first = await ask(port, `/${search}`);
    expect(first.status).toBe(303);
    const folder = String(first.headers['location']);
    expect(folder).toMatch(/^\/[\w-]{16}\/$/);
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(
        new RegExp(`^branchline-${port}=[\\w-]{43}; Path=${folder}; HttpOnly; SameSite=Strict$`),
      ),
    ]);
    const again = await ask(port, `/${search}`);
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.body).toContain('newest');
  });

  test('the cookie opens the page and its files', async () => {
    const { host, port } = await startHost();
    const { cookie, folder } = await enter(host.address());
    expect(await ask(port, folder, { headers: { cookie } })).toMatchObject({
      status: 200,
      body: '<!doctype html>the page',
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    });
    expect(await ask(port, `${folder}assets/index-abc.js`, { headers: { cookie } })).toMatchObject({
      status: 200,
      body: 'the script',
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    });
  });

  test('outside of its folder, which nobody can guess, even the cookie opens nothing', async () => {
    const { host, port } = await startHost();
    const { cookie } = await enter(host.address());
    for (const path of ['/', '/index.html', '/AAAAAAAAAAAAAAAA/']) {
      expect((await ask(port, path, { headers: { cookie } })).status).toBe(404);
    }
    const other = await startHost();
    expect((await enter(other.host.address())).folder).not.toBe((await enter(host.address())).folder);
  });

  test('two browsers need two tokens and get two cookies', async () => {
    const { host, addresses, port } = await startHost();
    const one = await enter(host.address());
    expect(addresses).toEqual([host.address()]);
    const two = await enter(addresses[0] ?? '');
    expect(two.cookie).not.toBe(one.cookie);
    for (const { cookie, folder } of [one, two]) {
      expect((await ask(port, folder, { headers: { cookie } })).status).toBe(200);
    }
  });

  test.each([
    ['/', {}],
    ['/assets/index-abc.js', {}],
    ['/nowhere', {}],
    ['/?token=', {}],
    [`/?token=${'A'.repeat(43)}`, {}],
    ['/', { cookie: 'branchline=1' }],
  ])('%s without the token is answered 401 and tells nothing', async (path, headers) => {
    const { port } = await startHost();
    const reply = await ask(port, path, { headers });
    expect(reply.status).toBe(401);
    expect(reply.body).not.toMatch(/the page|the script/);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  test("another web host's cookie opens nothing here", async () => {
    const other = await startHost();
    const here = await startHost();
    const value = (await enter(other.host.address())).cookie.split('=')[1] ?? '';
    const cookie = `branchline-${here.port}=${value}`;
    expect((await ask(here.port, '/', { headers: { cookie } })).status).toBe(401);
  });
});

describe('pages of other sites', () => {
  test.each(['evil.example', 'localhost', '127.0.0.1', 'evil.example:80'])(
    'a request for host %s is refused, with and without the token (DNS rebinding)',
    async (host) => {
      const started = await startHost();
      const { search } = new URL(started.host.address());
      expect((await ask(started.port, `/${search}`, { headers: { host } })).status).toBe(403);
      const { cookie, folder } = await enter(started.host.address());
      expect((await ask(started.port, folder, { headers: { host, cookie } })).status).toBe(403);
    },
  );

  test('a request from a page of another site is refused', async () => {
    const { host, port } = await startHost();
    const { cookie, folder } = await enter(host.address());
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${port + 1}`]) {
      expect((await ask(port, folder, { headers: { cookie, origin } })).status).toBe(403);
    }
  });
});

describe('what is served', () => {
  test.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/../../secret.html',
    '/assets/..%5c..%5csecret.html',
    '/assets\\..\\..\\secret.html',
    '//secret.html',
    '/./index.html',
    '/index.html%00.js',
    '/assets',
    '/assets/',
    '/.env',
    '/assets/index-abc',
    `/${'a/'.repeat(150)}index.html`,
  ])('%s is no page', async (path) => {
    const { host, port } = await startHost();
    const { cookie, folder } = await enter(host.address());
    const reply = await ask(port, `${folder}${path.slice(1)}`, { headers: { cookie } });
    expect(reply.status).toBe(404);
    expect(reply.body).not.toContain('secret');
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE'])('%s is refused', async (method) => {
    const { host, port } = await startHost();
    const { cookie, folder } = await enter(host.address());
    const { search } = new URL(host.address());
    expect(await ask(port, folder, { method, headers: { cookie } })).toMatchObject({
      status: 405,
      headers: { allow: 'GET' },
    });
    expect((await ask(port, `/${search}`, { method })).headers['set-cookie']).toBeUndefined();
  });

  test('every answer forbids scripts, frames and calls from and to elsewhere', async () => {
    const { host, port } = await startHost();
    const { cookie, folder } = await enter(host.address());
    for (const reply of [await ask(port, folder, { headers: { cookie } }), await ask(port, '/')]) {
      const policy = String(reply.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port};`);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe-eval');
      expect(reply.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('/contract', () => {
  test('it hands messages on to the engine and back', async () => {
    const { host, engine, origin } = await startHost();
    const { cookie, folder } = await enter(host.address());
    const browser = await dialOpen(origin, { cookie, folder });
    browser.send('{"id":1}');
    expect(await nextMessage(browser)).toBe('echo {"id":1}');
    const event = nextMessage(browser);
    engine.ends[0]?.onMessage('{"kind":"event"}');
    expect(await event).toBe('{"kind":"event"}');
    browser.close();
    await expect.poll(() => engine.closed, { timeout: 10_000 }).toBe(1);
  });

  test('without the cookie, or from elsewhere, it stays closed', async () => {
    const { host, engine, port, origin } = await startHost();
    const { cookie, folder } = await enter(host.address());
    expect(await dial(port, `${folder}contract`, { origin })).toBe(401);
    expect(
      await dial(port, `${folder}contract`, { origin, cookie: `branchline-${port}=${'A'.repeat(43)}` }),
    ).toBe(401);
    expect(await dial(port, `${folder}contract`, { cookie })).toBe(403);
    expect(await dial(port, `${folder}contract`, { cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await dial(port, `${folder}contract`, { cookie, origin, host: 'evil.example' })).toBe(403);
    expect(await dial(port, `${folder}other`, { cookie, origin })).toBe(404);
    expect(await dial(port, '/contract', { cookie, origin })).toBe(404);
    expect(engine.ends).toEqual([]);
  });

  test('a lost engine ends the line with "service restart", and so does one that cannot be reached', async () => {
    const { host, engine, origin } = await startHost();
    const { cookie, folder } = await enter(host.address());
    const browser = await dialOpen(origin, { cookie, folder });
    browser.send('hello');
    await nextMessage(browser);
    const lost = closeCode(browser);
    engine.ends[0]?.onClose();
    expect(await lost).toBe(1012);
    engine.away = true;
    expect(await closeCode(await dialOpen(origin, { cookie, folder }))).toBe(1012);
  });

  test('binary and oversized messages end the line, and nothing of them reaches the engine', async () => {
    const { host, engine, origin } = await startHost();
    const { cookie, folder } = await enter(host.address());
    const binary = await dialOpen(origin, { cookie, folder });
    binary.send(Buffer.from('x'));
    expect(await closeCode(binary)).toBe(1003);
    const large = await dialOpen(origin, { cookie, folder });
    large.send('x'.repeat(17 * 1024 * 1024));
    expect(await closeCode(large)).toBe(1009);
    expect(engine.heard).toEqual([]);
  });

  test('a port that is taken is said, with what to do', async () => {
    const { port } = await startHost();
    await expect(startHost(port)).rejects.toMatchObject({ code: 'port-unavailable', class: 'fix' });
  });

  test('closing the web host ends every line and frees the port', async () => {
    const { host, engine, port, origin } = await startHost();
    const { cookie, folder } = await enter(host.address());
    const browser = await dialOpen(origin, { cookie, folder });
    const closed = closeCode(browser);
    await host.close();
    expect(await closed).toBe(1006);
    await expect(ask(port, '/')).rejects.toThrow('ECONNREFUSED');
    await expect.poll(() => engine.closed, { timeout: 10_000 }).toBe(1);
  });
});
