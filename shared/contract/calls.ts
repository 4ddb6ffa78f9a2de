import { z } from 'zod';
import { errorReportSchema } from '../errors.ts';
import { progressSchema, runNoteSchema, transmissionResultSchema } from '../progress.ts';
import { settingsSchema } from '../settings.ts';
import {
  checkReportSchema,
  checkStepSchema,
  queueRowSchema,
  statusViewSchema,
  transmissionDetailSchema,
  transmissionModeSchema,
  transmissionRowSchema,
} from '../views.ts';
import { accessCalls, accessEvents } from './accessCalls.ts';
import { alertsCalls, alertsEvents } from './alertsCalls.ts';
import { candidateSchema, passphraseChangeSchema, passwordChangeSchema } from './candidate.ts';
import { customerFilesCalls, customerFilesEvents } from './customerFilesCalls.ts';
import { call, event } from './define.ts';
import { exportsCalls, exportsEvents } from './exportsCalls.ts';
import { importsCalls, importsEvents } from './importsCalls.ts';
import { recordsCalls, recordsEvents } from './recordsCalls.ts';
import {
  historyDaySchema,
  historyFileSchema,
  historyNoteSchema,
  packetFileRowSchema,
  storeRowSchema,
} from './rows.ts';
import { trustCalls, trustEvents } from './trustCalls.ts';
import { upkeepCalls, upkeepEvents } from './upkeepCalls.ts';

/**
 * All that a window, the command line or a browser may ask of the engine. The client, the dispatcher and the
 * preload's allowlist are derived from this table; a call that is not here cannot be made.
 *
 * Shape: each call has an input and an output; long work answers with an id at once and goes on in events.
 */

const nothing = z.strictObject({});
const text = z.string().max(2000);
const ids = z.array(z.int().min(1)).max(100_000);

/** Whoever starts it can answer the server's questions: they come as access.prompt. */
const attended = z.boolean().default(false);

/**
 * How a configuration is proven before it is saved: by logging in and writing, reading back and deleting a small file.
 * The proof goes on in check.* events under `checkId`, which the client makes up, and check.cancel ends it. When it
 * fails, nothing is replaced and the call answers with that error, unless `unproven` is true: then it is saved all the
 * same, and noted in the history. A foreign office and a store number that is taken are refused even so.
 */
const saving = {
  checkId: z.string().min(8).max(64).optional(),
  unproven: z.boolean().optional(),
};

const initRequest = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.literal('central'),
    name: text,
    officeId: text.optional(),
    guid: text.optional(),
  }),
  z.strictObject({ role: z.literal('store'), storeNumber: text, name: text, guid: text.optional() }),
]);

const resendRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('packet'), packet: text }),
  z.strictObject({ kind: z.literal('stream'), to: text }),
  z.strictObject({ kind: z.literal('since'), sinceMs: z.int(), to: text.optional() }),
]);

/** A transmission under way, as everybody sees it. */
export const activeRunSchema = z.object({
  runId: z.string(),
  mode: transmissionModeSchema,
  startedMs: z.number(),
  /** Who asked: `window`, `command line`, `schedule`. */
  startedBy: z.string(),
  progress: progressSchema.optional(),
  /** The last lines of its log, oldest first. */
  notes: z.array(runNoteSchema.extend({ atMs: z.number() })),
});
export type ActiveRun = z.infer<typeof activeRunSchema>;

/** What a client gets first, and again after every reconnection. */
export const presentStateSchema = z.object({
  version: z.string(),
  dataDir: z.string(),
  /** True for a practice office. */
  practice: z.boolean(),
  status: statusViewSchema,
  settings: settingsSchema.optional(),
  /** Why the saved settings cannot be used, where they cannot. */
  settingsError: errorReportSchema.optional(),
  hasPassword: z.boolean(),
  /** Of the SSH key file. */
  hasPassphrase: z.boolean(),
  activeRun: activeRunSchema.optional(),
  /** When the schedule transmits next, epoch ms. */
  nextRunMs: z.number().optional(),
});
export type PresentState = z.infer<typeof presentStateSchema>;

/** What the engine's areas answer: each has a table of its own beside this file, and its handlers in electron/engine/areas/. */
export const areaCalls = {
  ...accessCalls,
  ...trustCalls,
  ...alertsCalls,
  ...upkeepCalls,
  ...recordsCalls,
  ...exportsCalls,
  ...importsCalls,
  ...customerFilesCalls,
} as const;
export type AreaCallName = keyof typeof areaCalls;

export const calls = {
  ...areaCalls,

  /** The present state; events bring what changes after it. */
  'state.get': call(nothing, presentStateSchema),

  'site.init': call(z.strictObject({ request: initRequest }), settingsSchema),
  /**
   * Replaces the settings and the password. Where they reach the server in another way than before and nothing is
   * missing, they are proven first: see `saving`. What is trusted stays; trust.* calls change that.
   */
  'settings.save': call(
    z.strictObject({
      settings: settingsSchema,
      password: passwordChangeSchema,
      passphrase: passphraseChangeSchema,
      attended,
      ...saving,
    }),
    settingsSchema,
  ),
  'password.set': call(z.strictObject({ password: passwordChangeSchema, attended, ...saving }), nothing),

  /** Starts Test Connection or the self-check, of the candidate or of what is saved. Goes on in check.* events. */
  'check.start': call(
    z.strictObject({
      kind: z.enum(['test-connection', 'self-check']),
      candidate: candidateSchema.optional(),
      attended,
    }),
    z.object({ checkId: z.string() }),
  ),
  'check.cancel': call(z.strictObject({ checkId: z.string() }), nothing),

  /** Starts a transmission; when one is under way already, answers with that one. */
  'run.start': call(
    z.strictObject({ mode: transmissionModeSchema, startedBy: z.string().max(50), attended }),
    z.object({ runId: z.string(), joined: z.boolean() }),
  ),
  'run.cancel': call(z.strictObject({ runId: z.string() }), nothing),
  /** How a run ended; undefined while it is under way. */
  'run.result': call(
    z.strictObject({ runId: z.string() }),
    z.object({ result: transmissionResultSchema.optional(), error: errorReportSchema.optional() }),
  ),

  'queue.list': call(nothing, z.array(queueRowSchema)),
  'queue.files': call(z.strictObject({ packetId: text }), z.array(packetFileRowSchema)),
  /** Without ids: all that were skipped. */
  'queue.retry': call(z.strictObject({ ids: ids.optional() }), z.object({ count: z.number() })),
  'queue.skip': call(z.strictObject({ ids }), z.object({ count: z.number() })),
  'queue.cancel': call(z.strictObject({ ids }), z.object({ count: z.number() })),
  'queue.resend': call(
    z.strictObject({ request: resendRequest }),
    z.object({ queued: z.number(), unavailable: z.array(z.string()) }),
  ),

  /** Central site: how every store stands. Empty at a store. */
  'stores.list': call(nothing, z.array(storeRowSchema)),

  /** Newest first; `beforeMs` pages on. */
  'history.list': call(
    z.strictObject({ limit: z.int().min(1).max(5000), beforeMs: z.number().optional() }),
    z.array(transmissionRowSchema),
  ),
  /** What the history holds besides transmissions, newest first. */
  'history.notes': call(z.strictObject({ limit: z.int().min(1).max(1000) }), z.array(historyNoteSchema)),
  /** One entry for each local day with a transmission. `utcOffsetMinutes` says what a day is. */
  'history.days': call(
    z.strictObject({
      fromMs: z.number(),
      throughMs: z.number(),
      utcOffsetMinutes: z.number().min(-900).max(900),
    }),
    z.array(historyDaySchema),
  ),
  'history.show': call(z.strictObject({ transmissionId: text }), transmissionDetailSchema.optional()),
  /** "Where did this file go?": sent and received files whose path contains the text. Newest first. */
  'history.files': call(
    z.strictObject({ text: z.string().max(500), limit: z.int().min(1).max(1000) }),
    z.array(historyFileSchema),
  ),
  /** The transmissions as CSV text (RFC 4180), newest first. */
  'history.csv': call(
    z.strictObject({ fromMs: z.number().optional(), throughMs: z.number().optional() }),
    z.object({ csv: z.string() }),
  ),

  /** Sets up a practice office on this machine: a loopback site, this central site, and two practice stores. */
  'practice.start': call(nothing, nothing),
  /** Has a practice store put files into its outgoing folder and transmit. */
  'practice.play': call(nothing, nothing),
  'practice.remove': call(nothing, nothing),
} as const;
export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

/** What may be read anew after a `changed` event. */
export const topicSchema = z.enum([
  'state',
  'queue',
  'stores',
  'history',
  'trust',
  'alerts',
  'records',
  'exports',
  'imports',
  'customer-files',
]);
export type Topic = z.infer<typeof topicSchema>;

export const events = {
  ...accessEvents,
  ...trustEvents,
  ...alertsEvents,
  ...upkeepEvents,
  ...recordsEvents,
  ...exportsEvents,
  ...importsEvents,
  ...customerFilesEvents,

  /** The present state, as a whole: after connecting, and whenever something in it changed (but progress). */
  'state.is': event(presentStateSchema),
  'run.progress': event(z.object({ runId: z.string(), progress: progressSchema })),
  'run.note': event(z.object({ runId: z.string(), note: runNoteSchema.extend({ atMs: z.number() }) })),
  'run.ended': event(
    z.object({
      runId: z.string(),
      result: transmissionResultSchema.optional(),
      error: errorReportSchema.optional(),
    }),
  ),
  'check.step': event(z.object({ checkId: z.string(), step: checkStepSchema })),
  'check.ended': event(
    z.object({
      checkId: z.string(),
      report: checkReportSchema.optional(),
      error: errorReportSchema.optional(),
    }),
  ),
  /** Lists that a client shows are out of date. */
  changed: event(z.object({ topics: z.array(topicSchema) })),
} as const;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventData<N extends EventName> = z.output<Events[N]>;
