import { openSecrets } from '../platform/secrets/openSecrets.ts';
import type { SecretKey } from '../platform/secrets/secrets.ts';

/** One secret of a data directory. */
export interface SecretBox {
  get(): Promise<string | undefined>;
  has(): Promise<boolean>;
  /** Undefined forgets it. */
  set(value: string | undefined): Promise<void>;
}

/** The secrets of a data directory. They are opened when first needed: many commands need none. What is read is hidden from the log first. */
export function secretBoxes(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
  hide: (secret: string) => void,
): (key: SecretKey) => SecretBox {
  let opened: ReturnType<typeof openSecrets> | undefined;
  const secrets = () => (opened ??= openSecrets({ dataDir, env }));
  return (key) => {
    const get = async () => {
      const secret = await secrets().get(key);
      if (secret !== undefined) hide(secret);
      return secret;
    };
    return {
      get,
      has: async () => (await get()) !== undefined,
      async set(value) {
        if (value !== undefined) hide(value);
        if (value === undefined) await secrets().remove(key);
        else await secrets().set(key, value);
      },
    };
  };
}
