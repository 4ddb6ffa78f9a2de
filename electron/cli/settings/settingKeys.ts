import { z } from 'zod';
import { settingsSchema } from '../../../shared/settings.ts';

/** One value that `config set` can change, as the schema of the settings describes it. */
export interface SettingKey {
  /** Dotted: `ftp.port`. */
  readonly key: string;
  readonly path: readonly string[];
  readonly kind: 'yes-or-no' | 'number' | 'text' | 'list';
  /** Plain words: `a whole number from 1 to 65535`. */
  readonly rule: string;
  readonly optional: boolean;
  readonly proposed: unknown;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function ruleOf(schema: JsonSchema): string {
  if (schema.type === 'boolean') return 'true or false';
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  if (schema.type === 'integer') return `a whole number from ${schema.minimum} to ${schema.maximum}`;
  if (schema.type === 'number') return `a number from ${schema.minimum} to ${schema.maximum}`;
  if (schema.anyOf !== undefined)
    return schema.default === undefined
      ? 'an IPv4 or IPv6 address'
      : 'an e-mail address like office@example.com';
  if (schema.type === 'array')
    return `a list of at most ${schema.maxItems}, separated by commas; "" for none`;
  if (schema.pattern?.includes('[0-5]') === true) return 'a time of day like 07:30';
  if (schema.pattern !== undefined) return '32 upper-case hex pairs joined by ":"';
  return `text of at most ${schema.maxLength} characters, without control characters`;
}

function kindOf(schema: JsonSchema): SettingKey['kind'] {
  if (schema.type === 'boolean') return 'yes-or-no';
  if (schema.type === 'array') return 'list';
  return schema.type === 'integer' || schema.type === 'number' ? 'number' : 'text';
}

function leavesOf(schema: JsonSchema, path: readonly string[]): SettingKey[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    if (typeof child === 'boolean') return [];
    const here = [...path, name];
    // Lists of things have commands of their own.
    if (child.type === 'array' && typeof child.items === 'object' && 'properties' in child.items) return [];
    if (child.type === 'object') return leavesOf(child, here);
    return [
      {
        key: here.join('.'),
        path: here,
        kind: kindOf(child),
        rule: ruleOf(child),
        optional: child.default === undefined,
        proposed: child.default,
      },
    ];
  });
}

function allKeys(): SettingKey[] {
  const { properties = {} } = z.toJSONSchema(settingsSchema, { io: 'input' });
  const rooms = [
    'ftp',
    'delivery',
    'suspension',
    'mail',
    'alerts',
    'schedule',
    'oversight',
    'dropFolders',
    'desktop',
    'folders',
  ].flatMap((room) => {
    const schema = properties[room];
    return schema === undefined || typeof schema === 'boolean' ? [] : leavesOf(schema, [room]);
  });
  const siteName: SettingKey = {
    key: 'site.name',
    path: ['site', 'name'],
    kind: 'text',
    rule: 'text of at most 200 characters, without control characters',
    optional: false,
    proposed: undefined,
  };
  return [siteName, ...rooms];
}

/** Every setting that can be changed one by one, in the order of the schema. */
export const settingKeys: readonly SettingKey[] = allKeys();

/** The password is no setting: it lives in the keychain or vault. */
export const passwordKey = 'ftp.password';
/** The mail server's password, likewise. */
export const mailPasswordKey = 'mail.password';

/** Nor is the passphrase of the SSH key file. */
export const keyPassphraseKey = 'ftp.keyPassphrase';
