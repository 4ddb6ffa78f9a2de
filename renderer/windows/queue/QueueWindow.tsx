import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { text } from '../../text/en.ts';

export function QueueWindow() {
  return <WindowFrame title={text.queue.title}>{null}</WindowFrame>;
}
