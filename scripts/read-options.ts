import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** What an option takes: one of a list, a whole number from 1 on, or any text; a switch takes nothing. */
export type OptionKinds = Readonly<Record<string, readonly string[] | 'count' | 'text' | 'switch'>>;

type Values<Kinds extends OptionKinds> = {
  [Name in keyof Kinds]?: Kinds[Name] extends readonly (infer Word)[]
    ? Word
    : ValueOf[Kinds[Name] & keyof ValueOf];
};
type ValueOf = { count: number; text: string; switch: boolean };

/**
 * Reads the options of a script. `--help` prints `usage` and ends the process with 0; an option that is not known, or
 * takes something else, prints what it takes and ends it with 2.
 */
export function readOptions<const Kinds extends OptionKinds>(usage: string, kinds: Kinds): Values<Kinds> {
  try {
    return parse<Kinds>(usage, kinds);
  } catch (error) {
    return refuseOptions(usage, (error as Error).message);
  }
}

/** Prints what is wrong with the options and what they are, and ends the process with 2. */
export function refuseOptions(usage: string, message: string): never {
  console.error(`${message}\n${usage}`);
  process.exit(2);
}

function parse<Kinds extends OptionKinds>(usage: string, kinds: Kinds): Values<Kinds> {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
  for (const [name, kind] of Object.entries(kinds))
    options[name] = { type: kind === 'switch' ? 'boolean' : 'string' };
  const { help, ...given } = parseArgs({ options }).values;
  if (help) {
    console.log(usage);
    process.exit(0);
  }
  const read = Object.entries(given).map(([name, text]) => [name, valueOf(name, String(text), kinds[name])]);
  return Object.fromEntries(read) as Values<Kinds>;
}

function valueOf(name: string, text: string, kind: OptionKinds[string] = []): string | number | boolean {
  if (kind === 'text') return text;
  if (kind === 'switch') return true;
  if (kind === 'count') {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    throw new Error(`--${name}: must be a whole number from 1 on, not "${text}".`);
  }
  const found = kind.find((word) => word.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new Error(`--${name}: must be one of ${kind.join(', ')}, not "${text}".`);
}
