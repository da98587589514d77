/** Whether a text that is to be JSON ends before it does. Pure. */

/** What JSON begins with, perhaps in a fence. */
const BEGINNING = /^\s*(?:```(?:json)?)?\s*(?=[[{])/i;

/** Whether brackets or a string are still open at the end of a text that begins as JSON. */
export function breaksOff(text: string): boolean {
  const [before] = BEGINNING.exec(text) ?? [];
  if (before === undefined) return false;
  let depth = 0;
  let isInString = false;
  for (let at = before.length; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0 && !isInString) return false;
  }
  return true;
}
