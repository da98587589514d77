import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Kind, parse, visit } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { schema } from '../../src/api/schema.ts';
import { readEventDocument } from '../../src/features/webhooks/event-document.graphql.ts';
import { newSecret, signedHeaders } from '../../src/features/webhooks/sign.ts';
import { freePort } from '../support/free-port.ts';

const page = readFileSync('docs/webhooks.md', 'utf8');
const blocksOf = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

test('its documents select what events have', () => {
  const documents: string[] = [];
  for (const operation of blocksOf('graphql'))
    visit(parse(operation), {
      ObjectField({ name, value }) {
        if (name.value === 'document' && value.kind === Kind.STRING) documents.push(value.value);
      },
    });
  expect(documents).toHaveLength(1);
  for (const document of documents) expect(readEventDocument(schema, document).definitions).toHaveLength(1);
});

describe('its receiver', () => {
  const secret = newSecret();
  let url: string;
  let receiver: ChildProcess;
  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}/`;
    const [code = ''] = blocksOf('js');
    const { PATH = '' } = process.env;
    const env = { PATH, WEBHOOK_SECRET: secret, PORT: String(port) };
    receiver = spawn(process.execPath, ['--input-type=module', '--eval', code], { env, stdio: 'ignore' });
    await vi.waitFor(() => fetch(url), { timeout: 20_000 });
  });
  afterAll(async () => {
    receiver.kill('SIGKILL');
    await once(receiver, 'close');
  });

  const post = async (signedBy: string, body: string, sent = body) => {
    const headers = signedHeaders([signedBy], { id: 'msg_1', at: new Date(), body });
    return (await fetch(url, { method: 'POST', headers, body: sent })).status;
  };

  test('takes what is signed, and nothing else', async () => {
    const body = '{"type":"scene.changed","data":{}}';
    expect(await post(secret, body)).toBe(204);
    expect(await post(newSecret(), body)).toBe(401);
    expect(await post(secret, body, body.replace('scene', 'video'))).toBe(401);
  });
});
