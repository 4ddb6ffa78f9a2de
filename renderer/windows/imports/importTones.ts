import type { ImportRow } from '../../../shared/importReport.ts';
import type { StateTone } from '../../parts/stateTone.ts';
import { text } from '../../text/en.ts';

const tones: Readonly<Record<ImportRow['outcome'], StateTone>> = {
  running: 'busy',
  publishing: 'busy',
  published: 'good',
  tested: 'info',
  previewed: 'info',
  failed: 'bad',
  cancelled: 'idle',
  interrupted: 'warn',
};

type Shown = Pick<ImportRow, 'outcome' | 'mode'> & { readonly counts: Pick<ImportRow['counts'], 'rejected'> };

/** Colour and sign of an import. */
export function toneOf({ outcome, mode, counts }: Shown): StateTone {
  if (outcome === 'published' && mode !== 'rollback' && counts.rejected > 0) return 'warn';
  return tones[outcome];
}

/** Its outcome in a word or two. */
export function outcomeOf({ outcome, mode, counts }: Shown): string {
  if (mode === 'rollback' && outcome === 'published') return text.imports.rolledBack;
  if (mode === 'test' && outcome === 'failed') return text.imports.testRefused;
  if (outcome === 'published' && counts.rejected > 0) return text.imports.publishedInPart;
  return text.imports.outcomes[outcome];
}
