import type { Addressee } from '../../../shared/sites.ts';
import type { OutgoingFile } from './scanOutgoing.ts';

export interface PacketPlan {
  readonly to: Addressee;
  readonly files: readonly OutgoingFile[];
}

/** Divides files into packets: one addressee each, closed at the size or count limit; a larger file travels alone. */
export function groupIntoPackets(
  files: readonly OutgoingFile[],
  limits: { readonly bytes: number; readonly files: number },
): PacketPlan[] {
  const byAddressee = new Map<Addressee, OutgoingFile[]>();
  for (const file of files) {
    const group = byAddressee.get(file.to);
    if (group) group.push(file);
    else byAddressee.set(file.to, [file]);
  }
  const plans: PacketPlan[] = [];
  for (const [to, group] of byAddressee) {
    let open: OutgoingFile[] = [];
    let bytes = 0;
    for (const file of group) {
      if (open.length > 0 && (bytes + file.stamp.sizeBytes > limits.bytes || open.length >= limits.files)) {
        plans.push({ to, files: open });
        open = [];
        bytes = 0;
      }
      open.push(file);
      bytes += file.stamp.sizeBytes;
    }
    if (open.length > 0) plans.push({ to, files: open });
  }
  return plans;
}
