import type { CheckReport, CheckStep } from '../../../../shared/views.ts';
import { selfCheck } from '../../../transport/probes/selfCheck.ts';
import { testConnection } from '../../../transport/probes/testConnection.ts';
import { nameOf } from '../../siteOf.ts';
import type { AreaParts } from '../area.ts';
import { type Check, type Finding, failed, failedBy, fine, note, notRun } from './finding.ts';

/** Test Connection, the self-check, and of that one the clock. Each needs the one before. */
export function serverChecks(parts: AreaParts, offline: boolean, signal: AbortSignal): Check[] {
  let connected = false;
  let checked: CheckReport | undefined;
  const untried = offline ? 'The server was not asked.' : 'There is no connection to the server.';
  return [
    {
      name: 'server',
      label: 'Server',
      async look() {
        if (offline) return notRun(untried);
        const report = await testConnection(await parts.factory(), { clock: parts.clock, signal });
        connected = report.ok;
        return fromReport(report);
      },
    },
    {
      name: 'home-dir',
      label: 'Home directory',
      async look() {
        if (!connected) return notRun(untried);
        const settings = parts.configured();
        checked = await selfCheck(await parts.factory(), {
          clock: parts.clock,
          random: parts.random,
          signal,
          connections: settings.ftp.connections,
          siteLabel: nameOf(settings),
        });
        return fromReport({ ...checked, steps: checked.steps.filter(({ name }) => name !== 'clock') });
      },
    },
    {
      name: 'clock',
      label: 'Clock',
      look() {
        const step = checked?.steps.find(({ name }) => name === 'clock');
        if (step === undefined || step.outcome === 'not-run') return notRun(untried);
        const detail = `Difference to the server: ${step.detail}`;
        if (step.outcome === 'ok') return fine(detail);
        return note(step.outcome === 'note' ? detail : step.detail, step.meaning, step.advice);
      },
    },
  ];
}

function fromReport({ ok, verdict, server, steps, error }: CheckReport): Finding {
  const worth = (outcome: CheckStep['outcome']) => steps.find((step) => step.outcome === outcome);
  if (ok) {
    const remark = worth('note');
    const detail = server === '' ? verdict : `${server}. ${verdict}`;
    return remark === undefined || remark.name === 'rename-existing'
      ? fine(detail)
      : note(`${detail} ${remark.label}: ${remark.detail}`, remark.meaning, remark.advice);
  }
  const red = worth('failed');
  if (error !== undefined) {
    const { message, advice } = error;
    const meaning = red?.meaning ?? '';
    return { outcome: 'failed', detail: message, meaning, advice: advice || (red?.advice ?? ''), error };
  }
  return red === undefined
    ? failedBy(new Error(verdict))
    : failed('self-check-failed', verdict, red.meaning, red.advice);
}
