import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { text } from '../../text/en.ts';

export function FirstRunWindow() {
  return <WindowFrame title={text.firstRun.title}>{null}</WindowFrame>;
}
