/** The type of editor and console, and its files. */

import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';

export const CODE_FONT = "'JetBrains Mono Variable', monospace";
export const CODE_SIZE_PX = 13.5;
export const CODE_LINE_PX = 20;

/** A letter of each alphabet, because each has a file of its own. */
const LETTERS = 'AĀΩЖВ';

/** Load the code font: who measures or draws letters before that does it with another font, and keeps it. */
export async function loadCodeFont(): Promise<void> {
  const faces = ['400', '700'].map((weight) =>
    document.fonts.load(`${weight} ${CODE_SIZE_PX}px ${CODE_FONT}`, LETTERS),
  );
  await Promise.all(faces);
}
