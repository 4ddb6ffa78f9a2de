import { Buffer } from 'node:buffer';

const mask = '***';
/** What is looked at and what is kept of one text: neither a hostile reply nor a dump fills a log. */
const longestInput = 256 * 1024;
const longestOutput = 8 * 1024;

// Every repetition that something must follow is bounded: a hostile text cannot make a search crawl.
const rules: readonly (readonly [RegExp, string])[] = [
  // A whole key, and one that was cut off before its end.
  [
    /-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g,
    `[private key ${mask}]`,
  ],
  // FTP's log-in commands, wherever a protocol log quotes them.
  [/\b(PASS|ACCT) [^\r\n]+/g, `$1 ${mask}`],
  [/^([^\w\r\n]{0,16}(?:pass|acct) )[^\r\n]+/gim, `$1${mask}`],
  [/\b(Authorization["']?\s{0,8}[:=]\s{0,8}["']?(?:Basic|Bearer|Digest)\s{1,8})[^\s"']+/gi, `$1${mask}`],
  // ftp://user:password@host, up to the last @: a password may hold an unescaped @ or /. `host:port/…@` is none.
  [/(:\/\/[^\s/:@]{0,256}:)(?!\d{1,5}\/)[^\s"'<>]{0,1024}@/g, `$1${mask}@`],
  [
    /((?:password|passwd|passphrase|secret|token|vault[_-]?key)["']?\s{0,8}[=:]\s{0,8})("(?:[^"\\]|\\.){0,1024}"|'(?:[^'\\]|\\.){0,1024}'|[^\s,;}]+)/gi,
    `$1${mask}`,
  ],
];

/**
 * Takes out of a text whatever must not be read by others: the given secrets in every form they travel in, and
 * what looks like a password or a private key.
 *
 * Promise: bounded in length; never throws; doing it twice changes nothing more that matters.
 */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let result = text.length > longestInput ? text.slice(0, longestInput) : text;
  for (const form of formsOf(secrets)) result = replaceForm(result, form);
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement);
  if (result.length <= longestOutput && text.length <= longestInput) return result;
  return `${result.slice(0, longestOutput)}… (${text.length} characters in all)`;
}

export interface Hidden {
  readonly secrets: readonly (string | undefined)[];
  /** Not secret, but nobody else's business: user names, the person's home folder. Hidden where they stand by themselves. */
  readonly names?: readonly string[];
  /** E-mail addresses, all of them. */
  readonly addresses?: boolean;
}

const address = /[^\s@<>"'(),;:\\/]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}/g;

/** Takes secrets, and names where asked, out of every text of a document; its shape, numbers and keys stay. */
export function redactDocument(
  document: unknown,
  { secrets, names = [], addresses = false }: Hidden,
): unknown {
  const hideNames = (text: string) =>
    names.filter((name) => name !== '').reduce((result, name) => replaceWord(result, name, '(name)'), text);
  const redactText = (text: string) => {
    const bare = redact(text, secrets);
    return hideNames(addresses ? bare.replace(address, '(e-mail)') : bare);
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return redactText(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [redactText(key), walk(part)]));
  };
  return walk(document);
}

/** Longest first: a form that lies in another one would break it into pieces that are not recognised. */
function formsOf(secrets: readonly (string | undefined)[]): string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret === undefined || secret === '') continue;
    for (const form of [
      secret,
      ...urlForms(secret),
      JSON.stringify(secret).slice(1, -1),
      ...base64Forms(secret),
    ]) {
      forms.add(form);
    }
  }
  return [...forms].sort((one, other) => other.length - one.length);
}

function urlForms(secret: string): string[] {
  // A lone surrogate has no URL form.
  if (!secret.isWellFormed()) return [];
  const strict = encodeURIComponent(secret).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const usual = encodeURIComponent(secret);
  const lower = (form: string) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [usual, strict, lower(usual), lower(strict), usual.replaceAll('%20', '+'), encodeURI(secret)];
}

/** Base64 of the secret, alone and inside something longer (`user:password`), where it may begin at any of three places. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [bytes.toString('base64'), bytes.toString('base64url')];
  for (const shift of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first characters mix with what stands before, the last one with what comes after.
    const first = shift === 0 ? 0 : shift + 1;
    const last = (shift + bytes.length) % 3 === 0 ? shifted.length : shifted.length - 1;
    const inner = shifted.slice(first, last);
    if (inner.length >= 6) forms.push(inner, inner.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}

function replaceForm(text: string, form: string): string {
  // A very short password would take half of every word with it: it is hidden where it stands by itself.
  return form.length >= 4 ? text.replaceAll(form, mask) : replaceWord(text, form, mask);
}

function replaceWord(text: string, word: string, replacement: string): string {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu'), replacement);
}
