import type { ContractClient } from '../../shared/contract/wire.ts';
import type { Clock } from '../engine/localMachine.ts';
import type { ElectronParts } from './electronParts.ts';
import { type EngineChild, keepEngine } from './keepEngine.ts';
import { programPaths } from './programPaths.ts';
import { shellText } from './shellText.ts';
import { startEngineProcess } from './startEngineProcess.ts';
import { startShell } from './startShell.ts';

/** What the machine gives. */
export interface DesktopParts {
  readonly electron: ElectronParts;
  readonly dataDir: string;
  /** The way to the data directory's engine, which finds back to it by itself. */
  readonly client: ContractClient;
  /** True when an engine answers for the data directory. */
  readonly isEngineRunning: () => Promise<boolean>;
  readonly clock: Clock;
  readonly appDir: string;
  readonly resourcesDir: string;
  readonly process: Pick<NodeJS.Process, 'argv' | 'env' | 'platform'>;
}

/** Runs the desktop program: the shell, and an engine for it. The app is ready. */
export function runDesktop(parts: DesktopParts): void {
  const { electron, client, dataDir, appDir, resourcesDir } = parts;
  const { app } = electron;
  const { argv, env, platform } = parts.process;
  const paths = programPaths({ isPackaged: app.isPackaged, appDir, resourcesDir, platform, env });
  const shell = startShell({ electron, client, paths, dataDir, argv, env, platform });

  const start = (): EngineChild =>
    startEngineProcess({ node: paths.node, script: paths.engineScript, dataDir, env });
  const { restarted, restartedBody, notStarted, notStartedBody } = shellText.notes;
  const keeper = keepEngine({
    isRunning: parts.isEngineRunning,
    start,
    clock: parts.clock,
    onRestarted: () => shell.say(restarted, restartedBody),
    onFailing: () => shell.say(notStarted, notStartedBody),
  });
  client.onConnection((connected) => {
    if (connected) keeper.met();
    else keeper.look();
  });

  let hasEnded = false;
  app.on('will-quit', (event) => {
    if (hasEnded) return;
    // The engine first leaves in order what is under way.
    event.preventDefault();
    client.close();
    void keeper.close().then(() => {
      hasEnded = true;
      app.quit();
    });
  });
}
