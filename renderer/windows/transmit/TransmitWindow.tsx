import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { text } from '../../text/en.ts';

export function TransmitWindow() {
  return <WindowFrame title={text.transmit.title}>{null}</WindowFrame>;
}
