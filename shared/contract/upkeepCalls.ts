import { z } from 'zod';
import { checkReportSchema, checkStepSchema } from '../views.ts';
import { call, event } from './define.ts';

/** A name that the caller gives, to know the steps and to cancel by. */
const checkId = z.string().min(1).max(100);

/** Doctor and diagnostics. */
export const upkeepCalls = {
  /**
   * Checks everything that this site needs. It answers when it is through; each step is told before by
   * `upkeep.step`. `offline`: the server is not asked.
   */
  'upkeep.doctor': call(z.strictObject({ checkId, offline: z.boolean() }), checkReportSchema),
  'upkeep.cancel': call(z.strictObject({ checkId }), z.strictObject({})),

  /**
   * One text document for support: settings, the doctor's report, what happened last, the end of the log. Without
   * secrets; user names and e-mail addresses only when asked for.
   */
  'upkeep.diagnostics': call(
    z.strictObject({ checkId, offline: z.boolean(), withNames: z.boolean() }),
    z.object({ fileName: z.string(), text: z.string() }),
  ),
} as const;

export const upkeepEvents = {
  'upkeep.step': event(z.object({ checkId: z.string(), step: checkStepSchema })),
} as const;
