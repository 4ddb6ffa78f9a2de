import type { Alarms, Post } from '../../alerts/alarms.ts';
import type { Records } from '../../records/records.ts';
import type { AreaParts } from './area.ts';

/** What the areas that work with partners' files and datasets get besides. */
export interface PartnerParts extends AreaParts {
  readonly records: () => Records;
  readonly alarms: Alarms;
  readonly post: Post;
}
