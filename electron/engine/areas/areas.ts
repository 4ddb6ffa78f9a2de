import type { AreaCallName } from '../../../shared/contract/calls.ts';
import type { RunHooks } from '../../transmission/siteContext.ts';
import type { AskPerson } from '../../transport/sftp/answerQuestion.ts';
import type { Handlers } from '../handlers.ts';
import { createAccessArea } from './accessArea.ts';
import { guardedFactory } from './alerts/guardedFactory.ts';
import { createAlertsArea } from './alertsArea.ts';
import type { Area, AreaParts } from './area.ts';
import { createCustomerFilesArea } from './customerFilesArea.ts';
import { createExportsArea, type ExportsArea } from './exportsArea.ts';
import { createImportsArea } from './importsArea.ts';
import type { PartnerParts } from './partnerParts.ts';
import { createRecordsArea } from './recordsArea.ts';
import { createTrustArea } from './trustArea.ts';
import { createUpkeepArea } from './upkeepArea.ts';

/** All areas of one engine, as one. */
export interface Areas {
  readonly handlers: Pick<Handlers, AreaCallName>;
  readonly hooks: RunHooks;
  /** Asks whoever watches an attended run what a server wants to know. */
  asking(server: string): AskPerson;
  attention(): string[];
  /** What each store has of the sets that it gets. */
  storeEditions: ExportsArea['storeEditions'];
  begin(): void;
  onSettings(): void;
  /** A person changed the password or steered the queue. */
  review(): void;
  close(): Promise<void>;
}

export function createAreas(parts: AreaParts): Areas {
  const access = createAccessArea(parts);
  const trust = createTrustArea(parts);
  const alerts = createAlertsArea(parts);
  const upkeep = createUpkeepArea(parts);
  const records = createRecordsArea(parts);
  const partner: PartnerParts = {
    ...parts,
    // Their connections rest with those of transmissions.
    factory: async (options) => {
      const factory = await parts.factory(options);
      return options?.candidate === undefined ? guardedFactory(parts, factory) : factory;
    },
    records: records.open,
    alarms: alerts.alarms,
    post: alerts.post,
  };
  const exports = createExportsArea(partner);
  const imports = createImportsArea(partner);
  const customerFiles = createCustomerFilesArea(partner);
  // Within a transmission in this order: what is imported goes on to the stores in the same one.
  const all: Area<never>[] = [access, trust, alerts, upkeep, records, imports, customerFiles, exports];
  const hooks = all.flatMap((area) => (area.hooks === undefined ? [] : [area.hooks]));
  return {
    handlers: {
      ...access.handlers,
      ...trust.handlers,
      ...alerts.handlers,
      ...upkeep.handlers,
      ...records.handlers,
      ...exports.handlers,
      ...imports.handlers,
      ...customerFiles.handlers,
    },
    hooks: {
      async beforeExport(run) {
        for (const hook of hooks) await hook.beforeExport?.(run);
      },
      async testFiles(run, files) {
        for (const hook of hooks) await hook.testFiles?.(run, files);
      },
      async afterImport(run) {
        for (const hook of hooks) await hook.afterImport?.(run);
      },
      async afterRun(run, result) {
        for (const hook of hooks) await hook.afterRun?.(run, result);
      },
      editions: () => Object.assign({}, ...hooks.map((hook) => hook.editions?.() ?? {})),
    },
    storeEditions: exports.storeEditions,
    asking: (server) => access.asking(server),
    attention: () => all.flatMap((area) => area.attention?.() ?? []),
    begin() {
      for (const area of all) area.begin?.();
    },
    onSettings() {
      for (const area of all) area.onSettings?.();
    },
    review() {
      for (const area of all) area.review?.();
    },
    async close() {
      // The later ones work with the earlier ones.
      for (const area of all.toReversed()) await area.close?.();
    },
  };
}
