import { LIMITS } from '../limits.ts';
import { type Archive, ARCHIVE_LIMITS } from './archive.ts';
import { unescaped } from './escapes.ts';
import { readAllXml } from './xml.ts';

/** The texts that cells name by their index, wherever in the archive they are. Their formats and how they are pronounced are left out. */
export async function readSharedTexts(archive: Archive, part: string | null): Promise<string[]> {
  const texts: string[] = [];
  if (part === null) return texts;
  const text = new RichText();
  await readAllXml(archive.text(part, ARCHIVE_LIMITS.textsBytes), {
    open: (name) => text.open(name),
    text: (piece) => text.add(piece),
    close(name) {
      text.close(name);
      if (name === 'si') texts.push(text.take());
    },
  });
  return texts;
}

/** Text in several pieces of different looks; one that is too long is kept just so long that this is seen. */
export class RichText {
  #text = '';
  #isText = false;
  #isPronunciation = false;

  open(name: string): void {
    if (name === 'rPh') this.#isPronunciation = true;
    if (name === 't') this.#isText = !this.#isPronunciation;
  }

  add(piece: string): void {
    if (this.#isText && this.#text.length <= LIMITS.cellUnits) this.#text += piece;
  }

  close(name: string): void {
    if (name === 'rPh') this.#isPronunciation = false;
    if (name === 't') this.#isText = false;
  }

  /** The text; from then on there is none. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return unescaped(text);
  }
}
