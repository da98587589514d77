/** What is known of a part of a film that is here, in a file beside it. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** What a part that is here is a part of. */
const partNotes = z.object({
  url: z.string(),
  validator: z.string().nullable(),
  total: z.number().nullable(),
});
type PartNotes = z.infer<typeof partNotes>;

const notesOf = (part: string) => `${part}.json`;

/** Of a part that came from this address; null for none. */
export async function readNotes(part: string, url: URL): Promise<PartNotes | null> {
  try {
    const notes = partNotes.parse(JSON.parse(await readFile(notesOf(part), 'utf8')));
    return notes.url === url.href ? notes : null;
  } catch {
    // There are none, or a process died while it wrote them: the part is of no use then.
    return null;
  }
}

/** Replaces what was known. */
export const writeNotes = (part: string, notes: PartNotes): Promise<void> =>
  writeFile(notesOf(part), JSON.stringify(notes));
