import type { ServiceSpec } from '../../electron/engine/service/service.ts';

/** What a path may hold, and what such files give a meaning to. */
export const awkward = [
  'plain',
  'with  two spaces ',
  'per%cent %h %%i',
  "quote\" 'single'",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of systemd's.
  'dollar$HOME ${HOME}$$',
  'back\\slash\\n',
  'Zürich – 日本',
  'semi;colon #hash <tag> & co',
] as const;

export function specOf(changes: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    name: 'branchline',
    scope: 'system',
    program: ['/usr/bin/node', '/opt/branchline/cli.js'],
    dataDir: '/srv/branchline',
    vaultKeyFile: '/etc/branchline/branchline.key',
    account: 'root',
    ...changes,
  };
}
