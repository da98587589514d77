import type { ReferencePicture } from '../../providers/scene-brief.ts';
import type { StoredReference } from './references.sql.ts';

/** The pictures with their files on this machine, in the same order. */
export const referencesWithFiles = (
  references: readonly StoredReference[],
  files: readonly string[],
): ReferencePicture[] =>
  references.map(({ name, kind }, index) => ({ name, kind, file: files[index] ?? '' }));
