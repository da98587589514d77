import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { scopeOf, scopesOf } from '../../src/core/scopes.ts';
import { recordAudit, recordTogether } from '../../src/features/audit/log/audit.ts';
import { LogTail } from '../../src/features/audit/live/log-tail.ts';
import { removeEntries } from '../support/forget-entries.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const BATCH = 100;

const platform = useTestPlatform();

let projectId: string;
beforeEach(() => {
  projectId = newId();
});

const write = (messages: readonly string[]) =>
  recordTogether(platform.db, async (tx) => {
    for (const message of messages) {
      await recordAudit(tx, platform.ctx.actor, {
        subject: { type: 'Project', id: projectId },
        scopes: scopesOf({ Project: projectId }),
        eventType: 'STATE_CHANGE',
        message,
      });
    }
  });

/** As a process that has just started. */
async function start(): Promise<LogTail> {
  const tail = new LogTail(platform.db, platform.events, platform.pulse);
  await tail.ready;
  return tail;
}

const read = async (tail: LogTail, after: bigint) => {
  const { entries, position } = await tail.read(
    { scope: scopeOf('Project', projectId) },
    platform.ctx.actor,
    after,
  );
  return { messages: entries.map(({ message }) => message), position };
};

test('a process knows from its start what those who come over to it have missed, without a query for each', async () => {
  const before = (await start()).position;
  await write(['one', 'two']);
  const tail = await start();
  await removeEntries(platform, { scopes: { has: scopeOf('Project', projectId) } });
  expect(await read(tail, before)).toEqual({ messages: ['one', 'two'], position: tail.position });
});

test('one who has missed much is given it in parts', async () => {
  const before = (await start()).position;
  const messages = Array.from({ length: BATCH + 1 }, (_, index) => String(index));
  await write(messages);
  const tail = await start();
  const first = await read(tail, before);
  expect(first.messages).toEqual(messages.slice(0, BATCH));
  expect(await read(tail, first.position)).toEqual({ messages: [String(BATCH)], position: tail.position });
});
