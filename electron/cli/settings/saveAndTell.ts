import type { PasswordChange } from '../../../shared/contract/candidate.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import { missingForProof, type ProofNeed, proofNeed } from '../../../shared/proof.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { CheckReport } from '../../../shared/views.ts';
import type { Engine, SaveOptions } from '../../engine/engine.ts';
import { answerPrompts } from '../answerPrompts.ts';
import type { Context } from '../context.ts';
import { safeText } from '../output/safeText.ts';
import { requireSettings } from './requireSettings.ts';

export const unprovenHelp =
  'save even if the server is not there yet or refuses; the history keeps a note of it';

export interface SaveRequest {
  /** The whole settings where some of them change. */
  readonly changed: unknown | undefined;
  /** Default: the saved one is kept. */
  readonly password?: PasswordChange;
  /** Of the key file. Default: the saved one is kept. */
  readonly passphrase?: PasswordChange;
  readonly unproven: boolean;
}

export interface Saved {
  readonly settings: Settings;
  /** Whether it was proven: `unchanged`: nothing had to be. `incomplete`: nothing could be yet. */
  readonly proof: Exclude<ProofNeed, 'needed'> | 'proven' | 'unproven';
  /** The first line for people. */
  readonly headline: string;
}

/** Saves settings and password, proven where they can be, and says which. Errors: those of Engine.saveSettings. */
export async function saveAndTell(context: Context, engine: Engine, request: SaveRequest): Promise<Saved> {
  const before = requireSettings(engine);
  const hadPassword = await hasPassword(engine);
  let report: CheckReport | undefined;
  const { changed, password = { do: 'keep' }, passphrase = { do: 'keep' } } = request;
  const options: SaveOptions = {
    unproven: request.unproven,
    signal: context.parts.signal,
    onStep: (step) => context.showStep(step.label),
    onReport: (told) => {
      report = told;
    },
  };
  await answerPrompts(context, engine, async (attended) => {
    if (changed !== undefined)
      await engine.saveSettings(changed, { ...options, attended, password, passphrase });
    else if (password.do !== 'keep')
      await engine.setPassword(password.do === 'set' ? password.value : undefined, { ...options, attended });
  });
  const settings = requireSettings(engine);
  if (report !== undefined) return { settings, ...tellReport(report) };
  const willHave = password.do === 'set' || (password.do === 'keep' && hadPassword);
  const need = proofNeed({
    before: before.ftp,
    after: settings.ftp,
    password,
    passphrase,
    hasPassword: hadPassword,
  });
  const missing = missingForProof(settings.ftp, willHave);
  return need === 'unchanged' || missing === undefined
    ? { settings, proof: 'unchanged', headline: 'Saved.' }
    : {
        settings,
        proof: 'incomplete',
        headline: `Saved, not proven yet: the FTP Configuration has no ${missing} yet.`,
      };
}

function tellReport(report: CheckReport): Pick<Saved, 'proof' | 'headline'> {
  if (report.ok) return { proof: 'proven', headline: `Proven and saved. ${safeText(report.verdict)}` };
  return {
    proof: 'unproven',
    headline: `Saved WITHOUT PROOF, which the history keeps. ${safeText(report.verdict)}`,
  };
}

/** A keychain that cannot be opened has no password to prove. */
async function hasPassword(engine: Engine): Promise<boolean> {
  try {
    return await engine.hasPassword();
  } catch (error) {
    if (error instanceof ExchangeError) return false;
    throw error;
  }
}
