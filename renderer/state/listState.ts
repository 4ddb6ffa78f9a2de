import type { ErrorReport } from '../../shared/errors.ts';

/** A list as the engine last told it. Rows stay while they are read anew, and while that fails. */
export interface ListState<Row> {
  /** Undefined until first read. */
  readonly rows?: readonly Row[];
  readonly error?: ErrorReport;
}
