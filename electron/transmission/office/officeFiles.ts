import type { z } from 'zod';
import { type Office, officeSchema } from '../../../shared/office.ts';
import { officeFile } from '../../../shared/remoteNames.ts';
import type { Transport } from '../../transport/transport.ts';
import type { RunContext } from '../siteContext.ts';
import { unreadable } from './officeErrors.ts';
import { type OpenedJson, openJson } from './sealedJson.ts';
import { readSmallFile } from './smallFiles.ts';

const maxBytes = 64 * 1024;

/** office.json, or undefined where the home directory has none. */
export async function readOffice(
  run: Pick<RunContext, 'signal'>,
  transport: Transport,
): Promise<Office | undefined> {
  const opened = await readSealed(run, transport, officeFile, officeSchema);
  if (opened === undefined) return undefined;
  if (!opened.ok) throw unreadable(officeFile, opened.message);
  return opened.value;
}

/** Reads a sealed file; a damaged one is read a second time, since the damage may be on the way. */
export async function readSealed<T>(
  run: Pick<RunContext, 'signal'>,
  transport: Transport,
  path: string,
  schema: z.ZodType<T>,
): Promise<OpenedJson<T> | undefined> {
  const read = async () => {
    const bytes = await readSmallFile(transport, path, maxBytes, run.signal);
    return bytes === undefined ? undefined : openJson(bytes, schema);
  };
  const first = await read();
  return first !== undefined && !first.ok && first.why === 'damaged' ? await read() : first;
}
