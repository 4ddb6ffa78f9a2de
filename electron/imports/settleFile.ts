import type { ImportReport } from '../../shared/importReport.ts';
import type { ImportChannel } from '../../shared/importsSettings.ts';
import type { Settlement } from '../dropFolders/dropFolder.ts';

/** What becomes of an imported file on the FTP site: what was refused lies where its partner sees it. */
export function settlementOf(
  report: Pick<ImportReport, 'outcome'>,
  channel: Pick<ImportChannel, 'afterImport'>,
  folder: string,
): Settlement {
  if (report.outcome === 'failed' || report.outcome === 'cancelled') {
    return { do: 'move', to: `${folder}/rejected` };
  }
  return channel.afterImport === 'remove' ? { do: 'remove' } : { do: 'move', to: `${folder}/done` };
}

/** Names under which FTP clients upload before they rename, and hidden ones. */
const unfinished = /^\.|~$|\.(?:part|partial|filepart|tmp|temp|crdownload|upload)$/i;

/** Whether a name in an import's folder is one to take: also a wrong one, which is refused and told. */
export function takesName(name: string): boolean {
  return !unfinished.test(name);
}
