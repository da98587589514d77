/** Reference images, from the words of the command line. */
import path from 'node:path';
import type { AddReferenceImageInput, ReferenceKind } from '../generated/graphql.ts';
import { readInput } from '../input/read-input.ts';

/** What a person typed: `--character "Mara, the baker=mara.jpg"`. */
export type ReferenceOption = { kind: ReferenceKind; name: string; file: string };

/** A picture that was read. */
export type Reference = Pick<AddReferenceImageInput, 'name' | 'image'> & { kind: ReferenceKind };

/** The option that a reference of a kind is given with. */
export const REFERENCE_OPTIONS: Record<ReferenceKind, string> = {
  CHARACTER: '--character',
  PRODUCT: '--product',
};

/** The server takes no larger form (docs/reference-images.md). */
const MAX_PICTURE_BYTES = 16_000_000;

/** Adds another `NAME=FILE` to those before it; without a name, the file's own. */
export const another =
  (kind: ReferenceKind) =>
  (text: string, before: ReferenceOption[] = []): ReferenceOption[] => {
    const at = text.indexOf('=');
    const file = text.slice(at + 1);
    return [...before, { kind, file, name: at < 0 ? path.parse(file).name : text.slice(0, at) }];
  };

/**
 * Reads the files.
 *
 * @throws {CliFailure} `badInput` naming the first that cannot be read.
 */
export const readReferences = (asked: readonly ReferenceOption[]): Promise<Reference[]> =>
  Promise.all(
    asked.map(async ({ kind, name, file }) => {
      const bytes = await readInput(file, REFERENCE_OPTIONS[kind], MAX_PICTURE_BYTES);
      return { kind, name, image: new File([new Uint8Array(bytes)], path.basename(file)) };
    }),
  );
