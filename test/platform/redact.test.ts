import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../electron/platform/redact.ts';

describe('redacting', () => {
  it.each([
    ['> PASS hunter2', '> PASS ***'],
    ['pass hunter2 two words', 'pass ***'],
    ['USER me\r\nPASS hunter2\r\nPWD', 'USER me\r\nPASS ***\r\nPWD'],
    ['ACCT 4711', 'ACCT ***'],
    ['ftp://me:hunter2@ftp.example.com/x', 'ftp://me:***@ftp.example.com/x'],
    ['ftps://me:hu@nt/er2@host:990/', 'ftps://me:***@host:990/'],
    ['http://127.0.0.1:2121/a@b', 'http://127.0.0.1:2121/a@b'],
    ['password=hunter2 next', 'password=*** next'],
    ['{"password": "hun \\"ter2", "port": 21}', '{"password": ***, "port": 21}'],
    [
      'BRANCHLINE_VAULT_KEY=abc BRANCHLINE_VAULT_KEY_FILE=/etc/k',
      'BRANCHLINE_VAULT_KEY=*** BRANCHLINE_VAULT_KEY_FILE=/etc/k',
    ],
    ['Authorization: Basic aHVudGVyMg==', 'Authorization: Basic ***'],
    ['a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb', 'a\n[private key ***]\nb'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE and cut', '[private key ***]'],
    ['331 Password required for me.', '331 Password required for me.'],
    ['compass needle, passed the test', 'compass needle, passed the test'],
  ])('%j becomes %j', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('hides a given secret plain, in a URL, in JSON and in base64, also inside something longer', () => {
    const secret = 'pä"ss /wörd+%\\';
    const forms = [
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(secret).toLowerCase(),
      encodeURIComponent(secret).replaceAll('%20', '+'),
      JSON.stringify(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ];
    for (const form of forms) {
      const hidden = redact(`before ${form} after`, [secret]);
      expect(hidden).toMatch(/^before "?\*\*\*=*"? after$/);
    }
    for (const user of ['', 'a', 'ab', 'abc']) {
      const basic = Buffer.from(`${user}:${secret}`).toString('base64');
      const decoded = Buffer.from(redact(basic, [secret]).replaceAll('***', ''), 'base64').toString();
      expect(decoded).not.toContain('wörd');
    }
  });

  it('hides a very short secret only where it stands by itself', () => {
    expect(redact('a: an apple a day', ['a'])).toBe('***: an apple *** day');
  });

  it('hides the longer of two secrets whole, and takes no notice of missing ones', () => {
    expect(redact('secret-longer secret', ['secret', 'secret-longer', undefined, ''])).toBe('*** ***');
  });

  it('never lets a secret of four or more characters through, whatever surrounds it', () => {
    const secret = fc
      .string({ minLength: 4, maxLength: 40, unit: 'grapheme' })
      .filter((text) => !'***'.includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        fc.pre(!`${before}***${after}`.includes(hidden));
        expect(redact(`${before}${hidden}${after}`, [hidden])).not.toContain(hidden);
      }),
    );
  });

  it('takes any secret, however short or odd', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4 }), (hidden) => {
        expect(redact('plain text', [hidden, '\ud800-'])).toContain('t');
      }),
    );
    expect(redact('my -] is', ['-]'])).toBe('my *** is');
  });

  // What takes time without end is ended by the time limit of every test; a slow machine is not.
  it('keeps a text bounded, and comes to an end with a hostile one', () => {
    const long = redact('x'.repeat(5_000_000));
    expect(long.length).toBeLessThan(10_000);
    expect(long).toContain('5000000 characters in all');
    for (const hostile of [
      ':// '.repeat(60_000),
      '://:'.repeat(60_000),
      'password="'.repeat(25_000),
      'password="\\"'.repeat(20_000),
      '\n'.repeat(250_000),
      ' '.repeat(250_000),
      '-----BEGIN PRIVATE KEY-----'.repeat(9_000),
    ]) {
      expect(redact(hostile).length).toBeLessThan(10_000);
    }
  });

  it('does not let the end of a long text give away a secret that was cut in two', () => {
    const secret = 'a-very-secret-password';
    const key = `-----BEGIN PRIVATE KEY-----${'A'.repeat(262_100)}-----END PRIVATE KEY-----`;
    expect(redact(`${key}${secret}`, [secret])).not.toContain('secret');
  });
});
