import { useEffect, useRef, useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { CheckReport, CheckStep } from '../../../shared/views.ts';
import { cancelUpkeep, checkEverything, writeDiagnostics } from '../../actions/upkeep.ts';
import { useClient } from '../../api/client.ts';
import { notifyDone } from '../../parts/notify.ts';
import { nowMs } from '../../parts/now.ts';
import { text } from '../../text/en.ts';

export interface UpkeepWork {
  readonly kind: 'check' | 'diagnostics';
  readonly running: boolean;
  readonly steps: readonly CheckStep[];
  readonly report?: CheckReport;
  readonly error?: ErrorReport;
}

/** The doctor and the diagnostics, one at a time, with live steps. Leaving the window ends them. */
export function useUpkeep() {
  const client = useClient();
  const [work, setWork] = useState<UpkeepWork>();
  const underWay = useRef<string>(undefined);

  useEffect(() => {
    const stopHearing = client.on('upkeep.step', ({ checkId, step }) => {
      if (checkId !== underWay.current) return;
      setWork((now) => now && { ...now, steps: [...now.steps, step] });
    });
    return () => {
      stopHearing();
      if (underWay.current !== undefined) void cancelUpkeep(client, underWay.current);
    };
  }, [client]);

  const begin = (kind: UpkeepWork['kind']): string => {
    const checkId = `window ${nowMs()}`;
    underWay.current = checkId;
    setWork({ kind, running: true, steps: [] });
    return checkId;
  };
  const end = (checkId: string, found: Pick<UpkeepWork, 'report' | 'error'>) => {
    if (underWay.current !== checkId) return;
    underWay.current = undefined;
    setWork((now) => now && { ...now, ...found, running: false });
  };

  return {
    work,
    async check() {
      const checkId = begin('check');
      const answer = await checkEverything(client, checkId);
      end(checkId, answer.ok ? { report: answer.value } : { error: answer.error });
    },
    async write(withNames: boolean) {
      const checkId = begin('diagnostics');
      const answer = await writeDiagnostics(client, checkId, withNames);
      if (answer.ok) notifyDone(text.upkeep.written(answer.value.fileName));
      end(checkId, answer.ok ? {} : { error: answer.error });
    },
    stop() {
      if (underWay.current !== undefined) void cancelUpkeep(client, underWay.current);
    },
  };
}
