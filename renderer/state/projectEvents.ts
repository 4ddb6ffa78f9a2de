import type { StoreApi } from 'zustand';
import type { PresentState } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import type { AppState } from './appStore.ts';
import { afterCheckEnded, afterCheckStep } from './checkSlice.ts';
import { afterConnectionChange } from './connectionSlice.ts';
import { afterChanged, afterReconnection } from './freshnessSlice.ts';
import { afterImportEnded, afterImportProgress } from './importsSlice.ts';
import { afterPrompt, afterPromptEnded } from './promptSlice.ts';
import { afterNote, afterPresentState, afterProgress, afterRunEnded } from './runSlice.ts';

type Store = Pick<StoreApi<AppState>, 'setState'>;

/** Keeps the store in step with the engine. Returns how to stop. */
export function projectEvents(client: ContractClient, store: Store): () => void {
  const applyState = (site: PresentState) =>
    store.setState((app) => ({
      connection: 'connected',
      site,
      run: afterPresentState(app.run, site.activeRun),
    }));
  const readState = async () => {
    const answer = await client.call('state.get', {});
    if (answer.ok) applyState(answer.value);
    const prompts = await client.call('access.prompts', {});
    if (prompts.ok) store.setState(() => ({ prompts: prompts.value }));
  };
  const stops = [
    client.onConnection((connected) => {
      store.setState((app) => ({
        connection: afterConnectionChange(app.connection, connected),
        freshness: connected ? afterReconnection(app.freshness) : app.freshness,
      }));
      // The desktop program was connected before its page loaded, so the page may have missed the first state.
      if (connected) void readState();
    }),
    client.on('state.is', applyState),
    client.on('run.progress', (data) => store.setState((app) => ({ run: afterProgress(app.run, data) }))),
    client.on('run.note', (data) => store.setState((app) => ({ run: afterNote(app.run, data) }))),
    client.on('run.ended', (data) => store.setState((app) => ({ run: afterRunEnded(app.run, data) }))),
    client.on('check.step', (data) =>
      store.setState((app) => ({ checks: afterCheckStep(app.checks, data) })),
    ),
    client.on('check.ended', (data) =>
      store.setState((app) => ({ checks: afterCheckEnded(app.checks, data) })),
    ),
    client.on('access.prompt', (prompt) =>
      store.setState((app) => ({ prompts: afterPrompt(app.prompts, prompt) })),
    ),
    client.on('access.promptEnded', ({ promptId }) =>
      store.setState((app) => ({ prompts: afterPromptEnded(app.prompts, promptId) })),
    ),
    client.on('imports.progress', (data) =>
      store.setState((app) => ({ imports: afterImportProgress(app.imports, data) })),
    ),
    client.on('imports.ended', (data) =>
      store.setState((app) => ({ imports: afterImportEnded(app.imports, data) })),
    ),
    client.on('changed', ({ topics }) =>
      store.setState((app) => ({ freshness: afterChanged(app.freshness, topics) })),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
