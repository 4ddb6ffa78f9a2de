import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { text } from '../../text/en.ts';

export function HistoryWindow() {
  return <WindowFrame title={text.history.title}>{null}</WindowFrame>;
}
