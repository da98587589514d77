/** Names that people's files have. Pure. */
import type { InputIssue } from '../../../core/errors.ts';

/** In UTF-16 units; what disks take. */
export const MAX_FILE_NAME_LENGTH = 255;

export function fileNameIssues(fileName: string, maxLength: number): InputIssue[] {
  const isName = fileName.length >= 1 && fileName.length <= maxLength && !/[\p{Cc}/\\]/u.test(fileName);
  if (isName && fileName.isWellFormed()) return [];
  const message = `Must be a name as in talk.mp4, without folders, of 1 to ${maxLength} characters.`;
  return [{ path: ['fileName'], message }];
}
