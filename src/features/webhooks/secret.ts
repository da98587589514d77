/** Webhooks' secrets: told once, kept sealed, opened to sign. */
import { newId } from '../../core/ids.ts';
import type { WebhookSecret } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import { type Secrets, SecretUnreadableError } from '../../platform/secrets/secrets.ts';
import { newSecret } from './sign.ts';

/**
 * A new secret, and the row that keeps it sealed.
 *
 * @throws {DomainError} `SECRET_KEY_MISSING`.
 */
export function makeSecret(secrets: Secrets): { secret: string; row: { id: string; secret: string } } {
  const secret = newSecret();
  const id = newId();
  return { secret, row: { id, secret: secrets.seal(secret, id) } };
}

/**
 * The secrets that sign a message now. One that was replaced and cannot be opened signs no more.
 *
 * @throws {SecretUnreadableError} if the one in use cannot be opened.
 */
export const signingSecrets = (secrets: Secrets, rows: readonly WebhookSecret[]): string[] =>
  rows.flatMap((row) => {
    try {
      return [secrets.open(row.secret, row.id)];
    } catch (error) {
      if (error instanceof SecretUnreadableError && row.expiresAt !== null) return [];
      throw error;
    }
  });

/**
 * Seals with the newest key what is not: secrets from before there were keys, and those of an older key.
 *
 * @returns how many are left as they were, for this process has no key, or not the one they were sealed with.
 */
export async function sealAnew({ db, secrets }: Pick<Ctx, 'db' | 'secrets'>): Promise<number> {
  if (secrets.mark === null) return db.webhookSecret.count();
  const where = { NOT: { secret: { startsWith: secrets.mark } } };
  for (const { id, secret } of await db.webhookSecret.findMany({ where })) {
    const opened = tryToOpen(secrets, secret, id);
    if (opened === null) continue;
    const sealed = secrets.seal(opened, id);
    await db.webhookSecret.updateMany({ where: { id, secret }, data: { secret: sealed } });
  }
  return db.webhookSecret.count({ where });
}

function tryToOpen(secrets: Secrets, kept: string, id: string): string | null {
  try {
    return secrets.open(kept, id);
  } catch (error) {
    if (error instanceof SecretUnreadableError) return null;
    throw error;
  }
}
