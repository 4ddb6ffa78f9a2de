import type { Append } from '../../../../shared/appendsSettings.ts';
import type { Records } from '../../../records/records.ts';
import type { RunContext } from '../../../transmission/siteContext.ts';

export interface AppendParts {
  readonly records: () => Records;
  readonly appends: readonly Append[];
}

export async function appendArrived(_run: RunContext, _parts: AppendParts): Promise<void> {}
