import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { text } from '../../text/en.ts';

export function SetupWindow() {
  return <WindowFrame title={text.setup.titleCentral}>{null}</WindowFrame>;
}
