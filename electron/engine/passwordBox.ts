import { openSecrets } from '../platform/secrets/openSecrets.ts';

/** The key of the FTP Configuration's password in Secrets. */
const passwordKey = 'ftp-password';

export interface PasswordBox {
  get(): Promise<string | undefined>;
  has(): Promise<boolean>;
  set(value: string | undefined): Promise<void>;
}

/** The one password of a data directory. Secrets are opened when first needed: many commands need none. What is read is hidden from the log first. */
export function passwordBox(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
  hide: (secret: string) => void,
): PasswordBox {
  let opened: ReturnType<typeof openSecrets> | undefined;
  const secrets = () => (opened ??= openSecrets({ dataDir, env }));
  const get = async () => {
    const password = await (await secrets()).get(passwordKey);
    if (password !== undefined) hide(password);
    return password;
  };
  return {
    get,
    has: async () => (await get()) !== undefined,
    async set(value) {
      if (value !== undefined) hide(value);
      if (value === undefined) await (await secrets()).remove(passwordKey);
      else await (await secrets()).set(passwordKey, value);
    },
  };
}
