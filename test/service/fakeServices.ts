import type { ServiceActor } from '../../electron/engine/service/service.ts';
import type { ServiceWorld } from '../../electron/engine/service/serviceWorld.ts';

export interface FakeServices extends ServiceWorld {
  readonly files: Map<string, Buffer>;
  readonly ran: string[];
}

/** A machine that remembers what was done to it. `refuses`: what commands it does not let through. */
export function createFakeServices(
  changes: Partial<ServiceWorld> & { readonly refuses?: RegExp } = {},
): FakeServices {
  const files = new Map<string, Buffer>();
  const ran: string[] = [];
  const { refuses, ...world } = changes;
  const actor: ServiceActor = {
    read: (path) => files.get(path),
    write: (path, content) => void files.set(path, content),
    remove: (path) => void files.delete(path),
    run(words) {
      const line = words.join(' ');
      ran.push(line);
      return refuses?.test(line)
        ? { ok: false, output: 'Access denied\n' }
        : { ok: true, output: 'active\n' };
    },
  };
  return {
    files,
    ran,
    platform: 'linux',
    program: ['/usr/bin/node', '/opt/branchline/cli.js'],
    home: '/home/anna',
    me: { uid: 1000, name: 'anna' },
    actor,
    ownerOf: () => ({ uid: 1001, name: 'branchline' }),
    accountNamed: (name) => (name === 'nobody-there' ? undefined : { uid: 1002, name }),
    isServed: async () => false,
    ...world,
  };
}
