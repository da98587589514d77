/** A storage without files beside a database that knows of some. */
import type { Ctx } from '../../platform/context.ts';
import type { Log } from '../../platform/log.ts';

/**
 * Warns who runs the server if the folder of the files was empty when it was opened, and the database names files: it is
 * another one than before, as after a restart without its disk.
 */
export async function warnOfNewStorage(
  { db, storage }: Pick<Ctx, 'db' | 'storage'>,
  log: Pick<Log, 'warn'>,
): Promise<void> {
  if (!storage.isNew || !(await db.keyframe.findFirst({ select: { id: true } }))) return;
  log.warn(NEW);
}

const NEW =
  'The folder of the files is empty, and the database names files. If its disk is not mounted, stop, mount it and start again: what is made until then is put elsewhere.';
