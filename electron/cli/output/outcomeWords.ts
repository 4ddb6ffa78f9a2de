import type { TransmissionRow } from '../../../shared/views.ts';

/** How a run ended, in words. */
export const outcomeWords: Readonly<Record<TransmissionRow['outcome'], string>> = {
  done: 'done',
  partial: 'done in part',
  failed: 'FAILED',
  cancelled: 'stopped by a person',
  running: 'running',
  interrupted: 'broken off; the next run picks up from there',
};
