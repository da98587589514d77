/** TTML, by the IMSC library: it knows what the times of nested elements mean in frames, ticks and offsets. */
import { createRequire } from 'node:module';
import { messageOf } from '../../core/outside-text.ts';
import { refused } from '../problem.ts';
import { checkXml } from './check-xml.ts';
import type { RawCue, RawSubtitles, Warning } from './raw-cue.ts';

/** As much of the library's document as is looked at. */
type TtmlElement = {
  kind?: string;
  begin: number;
  end: number;
  text?: string;
  contents?: (TtmlElement | undefined)[];
};
type TtmlLibrary = {
  fromXML: (
    xml: string,
    handler: Record<'info' | 'warn' | 'error' | 'fatal', (message: string) => boolean>,
  ) => {
    body: TtmlElement | null;
  };
};

/** The whole of the library needs a window. */
const library = createRequire(import.meta.url)('imsc/src/main/js/doc.js') as TtmlLibrary;

const ignore = () => false;

/**
 * Reads TTML. A paragraph is a cue; one in which all has times of its own is several.
 *
 * @throws {SubtitlesRefused} FILE_DAMAGED, TOO_MANY_CUES.
 */
export function readTtml(xml: string): RawSubtitles {
  checkXml(xml);
  const warnings: Warning[] = [];
  const warn = (message: string) => {
    const line = /\bat \((\d+),/.exec(message)?.[1];
    warnings.push({ code: 'TIME_DAMAGED', line: line ? Number(line) : null, reason: `${message}.` });
    return false;
  };
  const onTimes = (message: string) => (message.startsWith('Malformed') ? warn(message) : false);
  try {
    const { body } = library.fromXML(xml, { info: ignore, warn: onTimes, error: ignore, fatal: ignore });
    return { cues: body ? cuesOf(body) : [], warnings };
  } catch (error) {
    throw refused('FILE_DAMAGED', `This is no TTML that can be read: ${messageOf(error)}`, null, {
      cause: error,
    });
  }
}

/** @param until when everything around the element ends. */
function cuesOf(element: TtmlElement, until = Infinity): RawCue[] {
  const end = Math.min(element.end, until);
  const children = (element.contents ?? []).filter((child) => child !== undefined);
  if (element.kind === 'body' || element.kind === 'div')
    return children.flatMap((child) => cuesOf(child, end));
  if (element.kind !== 'p') return [];
  const said = children.filter((child) => textOf(child).trim() !== '');
  if (said.length > 0 && said.every((child) => isTimedIn(child, element)))
    return said.map((child) => cueOf(child, Math.min(child.end, end)));
  return [cueOf(element, end)];
}

/** Whether a span has times of its own. */
const isTimedIn = (child: TtmlElement, { begin, end }: TtmlElement): boolean =>
  child.kind === 'span' && Number.isFinite(child.end) && (child.begin !== begin || child.end !== end);

const cueOf = (element: TtmlElement, endSeconds: number): RawCue => ({
  line: null,
  startSeconds: element.begin,
  endSeconds,
  text: textOf(element),
});

/** The library keeps the file's line ends, which mean nothing there. */
function textOf({ kind, text, contents = [] }: TtmlElement): string {
  if (kind === 'br') return '\n';
  if (text !== undefined) return text.replaceAll(/\s+/g, ' ');
  return contents.map((child) => (child ? textOf(child) : '')).join('');
}
