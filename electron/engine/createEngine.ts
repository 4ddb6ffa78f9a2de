import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeError } from '../../shared/errors.ts';
import { connectionsAllowed, type Settings } from '../../shared/settings.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../platform/clock.ts';
import { dataPaths } from '../platform/paths.ts';
import type { Random } from '../platform/random.ts';
import { ftpPasswordKey, keyPassphraseKey } from '../platform/secrets/secrets.ts';
import { readSettings } from '../platform/settingsFile.ts';
import { scanOutgoing } from '../transmission/outgoing/scanOutgoing.ts';
import { cancelDeliveries, retryDeliveries, skipDeliveries } from '../transmission/publish/queueActions.ts';
import type { SiteContext } from '../transmission/siteContext.ts';
import { releaseConnection } from '../transmission/suspension/connectionState.ts';
import { selfCheck } from '../transport/probes/selfCheck.ts';
import { testConnection } from '../transport/probes/testConnection.ts';
import type { TransportFactory } from '../transport/transport.ts';
import { createAreas } from './areas/areas.ts';
import { checkServer, serverLabel } from './checkServer.ts';
import { connectTo } from './connectTo.ts';
import { agentAddress, credentialsFor } from './credentials.ts';
import type { CheckOptions, Engine } from './engine.ts';
import { createEngineEvents } from './engineEvents.ts';
import type { EngineLog } from './engineLog.ts';
import { checkChange, initialSettings, saveSettings } from './engineSettings.ts';
import { answerCall } from './handlers.ts';
import { historyCsv, historyDays, historyFiles } from './historyReports.ts';
import { historyView, transmissionDetail } from './historyView.ts';
import { createProtocolLog, readProtocol } from './protocolLog.ts';
import { queueView } from './queueView.ts';
import { resend } from './resend.ts';
import { runTransmission } from './runTransmission.ts';
import { createSaveProven } from './saving/saveProven.ts';
import { type SecretBox, secretBoxes } from './secretBoxes.ts';
import { nameOf, siteOf } from './siteOf.ts';
import { statusView, unconfiguredStatus } from './statusView.ts';
import { countEditions, storesView } from './storesView.ts';

export interface EngineParts {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ledger: Ledger;
  readonly log: EngineLog;
  /** Gives the data directory free. */
  readonly unlock: () => void;
}

/** Puts the rooms together for one data directory. The caller holds its lock. */
export function createEngine(parts: EngineParts): Engine {
  const { dataDir, clock, random, ledger, log } = parts;
  const secret = secretBoxes(dataDir, parts.env, log.hide);
  const password = secret(ftpPasswordKey);
  const passphrase = secret(keyPassphraseKey);
  const events = createEngineEvents();
  const settings = () => readSettings(dataDir);

  const configured = (): Settings => {
    const found = settings();
    if (found !== undefined) return found;
    throw new ExchangeError({
      code: 'not-configured',
      class: 'fix',
      message: 'This site is not set up yet.',
      advice: 'Begin with: branchline init --role central, or branchline init --role store --number …',
    });
  };

  const site = (known: Settings): SiteContext => {
    const { outgoing, incoming, sent, backup, rejected, refused, inbox } = dataPaths(dataDir, known.folders);
    const folders = { outgoing, incoming, sent, backup, rejected, refused, inbox };
    const context = siteOf({ settings: known, folders, ledger, clock, random });
    makeFolders(context);
    return context;
  };

  const factoryFor = async (
    options: CheckOptions = {},
    onLine: (line: string) => void = log.protocol,
  ): Promise<TransportFactory> => {
    const { candidate } = options;
    const ftp = candidate?.ftp ?? configured().ftp;
    checkServer(ftp);
    return connectTo({
      ftp,
      ...(await credentialsFor(ftp, { password, passphrase }, candidate)),
      agent: agentAddress(parts.env),
      askPerson: options.attended === true ? areas.asking(serverLabel(ftp)) : undefined,
      trusted: settings()?.trusted ?? [],
      clock,
      onLine,
    });
  };

  const saveChecked = (candidate: unknown): Settings => {
    const before = configured();
    const saved = saveSettings(dataDir, candidate, before);
    site(saved);
    // What the failures came from may be mended: the next run tries.
    if (JSON.stringify(saved.ftp) !== JSON.stringify(before.ftp)) releaseConnection(ledger, clock);
    areas.onSettings();
    return saved;
  };

  /** A person steered the queue: what was told of it may be over. */
  const reviewed = <T>(value: T): T => {
    areas.review();
    return value;
  };

  const areas = createAreas({
    dataDir,
    clock,
    random,
    env: parts.env,
    ledger,
    settings,
    configured,
    saveSettings: saveChecked,
    site,
    factory: (options) => factoryFor(options),
    secret,
    tell: events.tell,
    changed: (...topics) => events.tell('changed', { topics: [...topics] }),
  });

  /** Another password deserves another try. */
  const retriedWith = (box: SecretBox): SecretBox => ({
    ...box,
    async set(value) {
      await box.set(value);
      releaseConnection(ledger, clock);
      areas.review();
    },
  });
  const provenPassword = retriedWith(password);

  const saveProven = createSaveProven({
    clock,
    random,
    ledger,
    configured,
    check: (candidate, before) => checkChange(dataDir, candidate, before),
    write: saveChecked,
    password: provenPassword,
    passphrase: retriedWith(passphrase),
    factory: (options) => factoryFor(options),
    onNote: () => events.tell('changed', { topics: ['history'] }),
  });

  return {
    dataDir,
    settings,
    async init(request) {
      const made = initialSettings(dataDir, request, settings(), random);
      site(made);
      return made;
    },
    saveSettings: saveProven,
    async setPassword(value, options = {}) {
      const known = settings();
      if (known === undefined) return await provenPassword.set(value);
      const change = value === undefined ? ({ do: 'clear' } as const) : ({ do: 'set', value } as const);
      await saveProven(known, { ...options, password: change });
    },
    hasPassword: () => password.has(),

    async testConnection(options = {}) {
      const factory = await factoryFor(options);
      return await testConnection(factory, { clock, signal: options.signal, onStep: options.onStep });
    },
    async selfCheck(options = {}) {
      const factory = await factoryFor(options);
      const known = settings();
      return await selfCheck(factory, {
        clock,
        random,
        signal: options.signal,
        onStep: options.onStep,
        connections: connectionsAllowed(options.candidate?.ftp ?? configured().ftp),
        siteLabel: known === undefined ? 'this site' : nameOf(known),
      });
    },
    async transmit(options) {
      const known = configured();
      const protocol = createProtocolLog(dataDir, clock);
      const factory = await factoryFor({ attended: options.attended === true }, (line) => {
        log.protocol(line);
        protocol.add(line);
      });
      const result = await runTransmission(site(known), factory, connectionsAllowed(known.ftp), areas.hooks, {
        ...options,
        onNote(note) {
          log.note(note);
          options.onNote?.(note);
        },
      });
      protocol.save(result.transmissionId);
      return result;
    },

    queue: () => queueView(ledger),
    queueRetry: (ids) => reviewed(retryDeliveries(ledger, ids)),
    queueSkip: (ids) => reviewed(skipDeliveries(ledger, ids)),
    queueCancel: (ids) => reviewed(cancelDeliveries(ledger, ids)),
    resend: async (request) => reviewed(resend(ledger, request)),

    history: (limit = 50) => historyView(ledger, limit),
    historyShow(transmissionId) {
      const detail = transmissionDetail(ledger, transmissionId);
      return detail && { ...detail, protocol: readProtocol(dataDir, detail.transmissionId) };
    },
    async status() {
      const known = settings();
      if (known === undefined) return unconfiguredStatus;
      const scan = await scanOutgoing(site(known));
      const status = statusView(known, ledger, serverLabel(known.ftp), scan.files.length, clock.now());
      const editions = areas.storeEditions(known);
      return {
        ...status,
        stores: status.stores.map((store) => ({
          ...store,
          editions: countEditions(editions.get(store.name)),
        })),
        attention: [...areas.attention(), ...status.attention],
      };
    },
    queueFiles: (packetId) =>
      ledger.read((tables) =>
        tables.packets.files(packetId).map(({ channel, path, sizeBytes, sha256, modifiedMs }) => ({
          channel,
          path,
          sizeBytes,
          sha256,
          modifiedMs,
        })),
      ),
    stores() {
      const known = settings();
      return known === undefined ? [] : storesView(ledger, known, clock.now(), areas.storeEditions(known));
    },
    historyNotes: (limit) => ledger.read((tables) => tables.historyNotes.latest(limit)),
    historyPage: (limit, beforeMs = Number.MAX_SAFE_INTEGER) =>
      ledger.read((tables) => tables.reports.transmissionsBefore(beforeMs, limit)),
    historyDays: (fromMs, throughMs, utcOffsetMinutes) =>
      historyDays(ledger, fromMs, throughMs, utcOffsetMinutes),
    historyFiles: (text, limit) => historyFiles(ledger, text, limit),
    historyCsv: (fromMs = 0, throughMs = Number.MAX_SAFE_INTEGER) =>
      historyCsv(
        ledger
          .read((tables) => tables.reports.transmissionsBefore(throughMs, Number.MAX_SAFE_INTEGER))
          .filter((row) => row.startedMs >= fromMs),
      ),
    ask: (name, input) => answerCall(areas.handlers, name, input),
    on: events.on,
    begin: () => areas.begin(),
    async close() {
      await areas.close();
      ledger.close();
      log.close();
      parts.unlock();
    },
  };
}

/** Makes the site's folders, with one folder for each channel to put files into. */
function makeFolders(site: SiteContext): void {
  for (const folder of Object.values(site.folders)) mkdirSync(folder, { recursive: true });
  for (const channel of site.channels) {
    const folder = join(site.folders.outgoing, channel);
    mkdirSync(site.me === 'central' ? join(folder, 'all') : folder, { recursive: true });
  }
}
