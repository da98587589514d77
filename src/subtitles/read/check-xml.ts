import { SaxesParser } from 'saxes';
import { LIMITS } from '../limits.ts';
import { refused } from '../problem.ts';

/**
 * Looks over XML before a library reads it that would take anything: it has to be well-formed, without entities of its own,
 * and no deeper nor longer than subtitles are.
 *
 * @throws {SubtitlesRefused} FILE_DAMAGED, TOO_MANY_CUES.
 */
export function checkXml(xml: string): void {
  const parser = new SaxesParser({ xmlns: true, position: true });
  let [depth, paragraphs] = [0, 0];
  parser.on('error', ({ message }) => {
    throw refused(
      'FILE_DAMAGED',
      `The XML is damaged in line ${parser.line}: ${message.slice(0, 200)}`,
      parser.line,
    );
  });
  parser.on('doctype', () => {
    throw refused(
      'FILE_DAMAGED',
      `Line ${parser.line} defines XML of its own (DOCTYPE), as no subtitles do; remove it.`,
      parser.line,
    );
  });
  parser.on('opentag', ({ local }) => {
    depth += 1;
    if (depth > LIMITS.depth)
      throw refused(
        'FILE_DAMAGED',
        `The elements of line ${parser.line} are nested too deeply.`,
        parser.line,
      );
    if (local !== 'p') return;
    paragraphs += 1;
    if (paragraphs > LIMITS.cues)
      throw refused(
        'TOO_MANY_CUES',
        `There are more than ${LIMITS.cues} cues; make several files of it.`,
        parser.line,
      );
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  parser.write(xml).close();
}
