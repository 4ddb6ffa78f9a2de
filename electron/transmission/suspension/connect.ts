import { ExchangeError } from '../../../shared/errors.ts';
import type { TransmissionRow } from '../../../shared/views.ts';
import { joinOffice } from '../office/joinOffice.ts';
import { sendOldest } from '../publish/runQueue.ts';
import type { RunContext } from '../siteContext.ts';
import { countFailure, holdLogin, noteLogin, restAgain } from './connectionState.ts';
import { atThisClock, isRefusedLogin, mayConnect } from './suspensionRules.ts';

/**
 * Connects and joins the office, where the connection may be used now. While it is suspended and the time is up, one
 * connection and the oldest queued packet are tried before anything else is done.
 *
 * Shape:   the office id out.
 * Promise: without permission no connection is made. Failures of class retry are counted in the ledger, in a row over
 *          runs and restarts; what becomes of them is in the ledger before this rejects.
 * Errors:  suspended (retry), ftp-disabled, login-held (fix); those of joinOffice and of sending.
 * Source:  design "Delivery rules".
 */
export async function connect(run: RunContext, mode: TransmissionRow['mode']): Promise<string> {
  const { ledger, clock, suspension: rules } = run;
  const permission = ledger.read((tables) =>
    mayConnect(tables.connection.get(), {
      nowMs: clock.now(),
      rules,
      enabled: run.ftpEnabled,
      unattended: run.unattended === true,
    }),
  );
  if (permission.kind === 'closed') {
    keepClock(run);
    throw permission.error;
  }
  const probing = permission.kind === 'probe';
  if (probing) run.note('info', 'The time of suspension is over: one connection is tried.');
  try {
    const officeId = await join(run);
    // A run that only imports sends nothing: the next one that sends finds out.
    if (probing && mode !== 'import-only') await sendOldest(run);
    return officeId;
  } catch (error) {
    if (probing && error instanceof ExchangeError && error.class !== 'retry' && error.class !== 'cancelled')
      ledger.commit('rest-again', (tables) => restAgain(tables, run));
    throw error;
  }
}

/** The clock may have been set back: what is kept is what is told. */
function keepClock({ ledger, clock, suspension }: RunContext): void {
  ledger.commit('suspension-clock', (tables) =>
    tables.connection.put(atThisClock(tables.connection.get(), clock.now(), suspension)),
  );
}

async function join(run: RunContext): Promise<string> {
  try {
    const officeId = await joinOffice(run);
    run.ledger.commit('logged-in', (tables) => noteLogin(tables, run.clock.now()));
    return officeId;
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    if (isRefusedLogin(error))
      run.ledger.commit('login-refused', (tables) => holdLogin(tables, run.clock.now(), error));
    if (error.class !== 'retry') throw error;
    throw run.ledger.commit('connect-failed', (tables) => countFailure(tables, run, error)) ?? error;
  }
}
