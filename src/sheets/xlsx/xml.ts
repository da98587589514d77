import { SaxesParser } from 'saxes';
import { refused } from '../problem.ts';

/** Names come without their prefix: each program has its own. */
export type XmlHandlers = {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/**
 * Tells the handlers what stands in a part, as far as it has been read whenever something is yielded.
 *
 * @throws {SheetRefused} FILE_DAMAGED, and what the handlers throw.
 */
export async function* readXml(texts: AsyncIterable<string>, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false });
  parser.on('error', () => {
    throw refused('FILE_DAMAGED', 'The workbook is damaged: a part of it is no XML. Save it anew.');
  });
  parser.on('doctype', () => {
    throw refused('FILE_DAMAGED', 'The workbook defines its own XML, as none that a spreadsheet wrote does.');
  });
  const { open, close, text } = handlers;
  if (open)
    parser.on('opentag', ({ name, attributes }) =>
      open(localName(name), attributes as Record<string, string>),
    );
  if (close) parser.on('closetag', ({ name }) => close(localName(name)));
  if (text) parser.on('text', text);
  if (text) parser.on('cdata', text);
  for await (const piece of texts) {
    parser.write(piece);
    yield;
  }
  parser.close();
  yield;
}

/** As {@link readXml}, to its end. */
export async function readAllXml(texts: AsyncIterable<string>, handlers: XmlHandlers): Promise<void> {
  const reading = readXml(texts, handlers);
  while (!(await reading.next()).done);
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
