import { expect, test } from 'vitest';
import { makeDataDir } from '../support/embedded-template.ts';
import { runVidpipe, startVidpipe } from '../support/vidpipe-process.ts';

const env = { VIDPIPE_DATA_DIR: await makeDataDir(), PORT: '0', LOG_LEVEL: 'silent', HOST: '0.0.0.0' };
const keys = (...args: string[]) => runVidpipe(['keys', ...args], env);

test(
  'a key is made once, opens a server that others may reach, and is revoked',
  { timeout: 300_000, tags: 'long' },
  async () => {
    const made = await keys('create', 'a laptop', '--workspace', 'Films', '--expires', '90d');
    expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/a laptop\nKeep it/) as string });
    const key = made.stdout.trim();
    expect(key).toMatch(/^vp_[0-9a-f]{8}_[\w-]{43}$/);
    const prefix = key.slice(0, 'vp_1a2b3c4d'.length);

    const refused = await keys('create', ' ', '--workspace', 'x'.repeat(101));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^NAME: Must have 1 to 100 .*--workspace: Must have 1 to 100 /);
    expect((await keys('create', 'x', '--expires', '90')).stderr).toMatch(/^--expires: .*as in 90d/);

    const server = startVidpipe(['serve'], env);
    try {
      await server.saw(/http:\S+\/graphql|is ready/);
      const without = await runVidpipe(['list'], env);
      expect(without).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^VIDPIPE_API_KEY: This server asks for an API key/) as string,
      });
      const within = await runVidpipe(['list', '--json'], { ...env, VIDPIPE_API_KEY: key });
      expect(within).toMatchObject({ code: 0, stdout: '' });
      const busy = await keys('list');
      expect(busy).toMatchObject({
        code: 4,
        stderr: expect.stringMatching(/^VIDPIPE_DATA_DIR: .*in use/) as string,
      });
    } finally {
      server.child.kill('SIGTERM');
      await server.ended;
    }

    expect((await keys('revoke', 'vp_00000000')).stderr).toMatch(/^PREFIX: No key starts with vp_00000000/);
    const revoked = await keys('revoke', key);
    expect(revoked).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(`^${prefix}  REVOKED`) as string,
    });
    const { stdout } = await keys('list', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      prefix,
      name: 'a laptop',
      workspace: 'Films',
      state: 'REVOKED',
    });
    expect(stdout).not.toContain(key);
  },
);
