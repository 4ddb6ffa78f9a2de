import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { text } from '../../text/en.ts';

export function StoresWindow() {
  return <WindowFrame title={text.stores.title}>{null}</WindowFrame>;
}
