/** Reads multipart/form-data as it comes: texts into memory, a file onto the disk. */
import { createWriteStream, openAsBlob } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { finished, pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { messageOf } from '../../core/outside-text.ts';

/** Ours: the graph takes no more at once. */
export const MOST_FILES = 1;
/** A request with files has `operations`, `map` and the files. */
const LIMITS = { fields: 2, files: MOST_FILES, parts: 2 + MOST_FILES };
/** Bytes of a text; as much as of a body of JSON. */
const FIELD_BYTES = 1_000_000;

/** What a form has, by the names of its parts; of those that are called alike, the last. */
export type Form = { fields: ReadonlyMap<string, string>; files: ReadonlyMap<string, File> };

/** Why a body is no form that is read here. */
export class FormFault extends Error {
  override readonly name = 'FormFault';
}

/**
 * Reads the form of a request, and writes the file it has to a path that is free; what is read of the file later comes from
 * there. A body that turns out to be none, or too much, is let go by to its end, so that the client hears why.
 *
 * @throws {FormFault}; the error of the disk.
 */
export async function readForm(request: IncomingMessage, toFile: string): Promise<Form> {
  const fields = new Map<string, string>();
  const files: Promise<[name: string, file: File]>[] = [];
  const { promise: whole, resolve, reject } = Promise.withResolvers<void>();
  const refuse = (why: string) => reject(new FormFault(why));
  const spoil = (error: unknown) => refuse(messageOf(error));
  const givenUp = new AbortController();

  const parts = openParts(request);
  parts.on('field', (name, value, _isNameCut, isCut) => {
    if (isCut) refuse(`Field value size exceeded: ${FIELD_BYTES} bytes`);
    else fields.set(name, value);
  });
  parts.on('file', (name, content, fileName: string | undefined, _transferEncoding, type) => {
    // Whichever of the two fails first is what counts: the other is ended with it.
    content.once('error', spoil);
    const disk = createWriteStream(toFile, { flags: 'wx', mode: 0o600 }).once('error', reject);
    const saved = pipeline(content, disk, { signal: givenUp.signal });
    files.push(saved.then(async () => [name, await openFile(toFile, fileName ?? '', type)]));
  });
  parts.on('fieldsLimit', () => refuse(`Fields limit exceeded: ${LIMITS.fields}`));
  parts.on('filesLimit', () => refuse(`Files limit exceeded: ${LIMITS.files}`));
  parts.on('partsLimit', () => refuse(`Parts limit exceeded: ${LIMITS.parts}`));
  parts.once('finish', resolve).on('error', spoil);
  // A pipe does not tell that its source broke off.
  finished(request, { writable: false }).catch(spoil);
  request.pipe(parts);
  try {
    await whole;
    return { fields, files: new Map(await Promise.all(files)) };
  } catch (error) {
    givenUp.abort();
    await Promise.allSettled(files);
    throw error;
  } finally {
    request.unpipe(parts);
    request.resume();
  }
}

function openParts({ headers }: IncomingMessage): BusboyInstance {
  try {
    const limits = { ...LIMITS, fieldSize: FIELD_BYTES };
    return new Busboy({ headers: headers as BusboyHeaders, limits, defCharset: 'utf-8' });
  } catch (error) {
    throw new FormFault(messageOf(error));
  }
}

/** Nothing of it is read yet. */
const openFile = async (file: string, name: string, type: string): Promise<File> =>
  new File([await openAsBlob(file)], name, { type });
