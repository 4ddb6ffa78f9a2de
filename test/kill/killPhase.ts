export const killPhases = [
  'starting',
  'connecting',
  'joining',
  'packing',
  'exporting',
  'importing',
  'receipts and clean-up',
] as const;
export type KillPhase = (typeof killPhases)[number];

/** Where a run was, from the lines that it wrote to its log about its calls to the server. */
export function phaseOf(log: string): KillPhase {
  if (/"Packed (?!.*#\d+ (?:upload|rename))/s.test(log)) return 'packing';
  const calls = log.split('\n').filter((line) => /#\d+ /.test(line));
  const last = calls.findLast((line) => !/#\d+ (open|close)\b/.test(line)) ?? '';
  if (calls.length === 0) return 'starting';
  if (last === '') return 'connecting';
  if (/office\.json|site\.json|welcome\.json|makeFolder| list stores/.test(last)) return 'joining';
  if (/receipt\.json|removeFolder/.test(last)) return 'receipts and clean-up';
  if (/ (upload|rename|fileSize) /.test(last)) return 'exporting';
  if (/ remove /.test(last)) return 'receipts and clean-up';
  return 'importing';
}
