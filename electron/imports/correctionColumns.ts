/**
 * What stands before the original columns in a file of rejected rows. A file with all of these in its header is
 * taken for one that was corrected and dropped again: its rows go into the edition that its run has published.
 */
export const correctionColumns = [
  'rejected_run',
  'rejected_line',
  'rejected_column',
  'rejected_value',
  'rejected_reason',
] as const;
