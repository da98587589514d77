/** Secrets in texts that say what they are: `password=…`, `Authorization: …`, `"apiKey": "…"`. */
import { isSecretName } from './secret-names.ts';

/** A name, the quotes around it and what stands before its value. From the start of a word only: so it takes linear time. */
const BEFORE_VALUE = /(?<![\w.-])([A-Za-z_][\w.-]{0,199})((?:\\*["'])?)(\s{0,8}[:=]\s{0,8})/g;

/** Words that a title may end in before a colon; as a name of a value, they have an `=` or quotes. */
const WORD = /^(secrets?|tokens?|pass|pass(words|codes?)|credentials?|signatures?|bearer)$/i;

/** Headers of several parts: all of the line is theirs. */
const HEADER = /authorization$|cookie$/i;

const QUOTED = /(\\*)(["'])[^]*?(?<!\\)\1\2/y;
/** Cut off before its end. */
const UNCLOSED = /\\*["'][^]*/y;
const LINE = /[^\r\n"'\\]*/y;
const BARE = /[^\s"'\\&,;<>(){}[\]]*/y;

/** A text with `instead` in place of values that are secret by their name. */
export function withoutNamed(text: string, instead: string): string {
  let shown = '';
  let from = 0;
  for (const { 0: whole, 1: name = '', 2: quote = '', 3: sign = '', index } of text.matchAll(BEFORE_VALUE)) {
    const start = index + whole.length;
    if (index < from || !isSecretName(name) || isProse(name, quote, sign)) continue;
    const value = valueAt(text, start, HEADER.test(name) && sign.includes(':'));
    if (value === '') continue;
    const [opening = ''] = /^\\*["']/.exec(value) ?? [];
    shown += `${text.slice(from, start)}${opening}${instead}${opening}`;
    from = start + value.length;
  }
  return shown + text.slice(from);
}

const isProse = (name: string, quote: string, sign: string): boolean =>
  quote === '' && sign.includes(':') && WORD.test(name);

function valueAt(text: string, start: number, isHeader: boolean): string {
  const patterns = [QUOTED, UNCLOSED, isHeader ? LINE : BARE];
  for (const pattern of patterns) {
    pattern.lastIndex = start;
    const [value] = pattern.exec(text) ?? [];
    if (value) return value;
  }
  return '';
}
