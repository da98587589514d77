/** `--map`, `--default` and `--set`: what fills the inputs of a row, from the words of the command line. */
import { InvalidArgumentError } from 'commander';

/** What fills inputs, by their names. */
export type Filling = Readonly<Record<string, string>>;

/** Adds `INPUT=COLUMN`, or `INPUT={a}: {b}`, to those before it; an input is filled from one thing. */
export function another(what: 'column' | 'value') {
  return (text: string, before: Filling = {}): Filling => {
    const at = text.indexOf('=');
    const [name, from] = [inputOf(text.slice(0, at)), text.slice(at + 1).trim()];
    if (at < 1 || name === '' || from === '') throw new InvalidArgumentError(MUST_BE[what]);
    if (Object.hasOwn(before, name))
      throw new InvalidArgumentError(`${name} is filled already; say it once.`);
    return { ...before, [name]: from };
  };
}

const MUST_BE = {
  column: 'Must be an input and a column, as in prompt=Title, or a template, as in "prompt={Title}: {Text}".',
  value: 'Must be an input and a value, as in style=noir.',
};

/** `aspect-ratio` and `aspect ratio` as the graph has it: `aspectRatio`. */
export const inputOf = (name: string): string =>
  name.trim().replaceAll(/[-_\s]+(\w)/g, (_all, letter: string) => letter.toUpperCase());

/** Inputs that stay words, whatever they look like: "2001" is a title. */
const WORDS = new Set(['prompt', 'title', 'style', 'negativePrompt', 'aspectRatio']);
/** Inputs whose words the graph has in capitals. */
const CAPITALS = new Set(['provider', 'stopAfter', 'priority']);

/** Inputs as the graph takes them: numbers, yes and no, and words. */
export const defaultsOf = (given: Filling): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).map(([name, text]) => [name, valueOf(name, text)]));

function valueOf(name: string, text: string): unknown {
  if (WORDS.has(name)) return name === 'style' ? text.toLowerCase() : text;
  if (CAPITALS.has(name)) return text.toUpperCase();
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return Number(text);
  if (/^(true|yes)$/i.test(text)) return true;
  return /^(false|no)$/i.test(text) ? false : text;
}
