import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { asksForKeys, loadConfig } from '../../src/platform/config.ts';
import { SETTINGS } from '../../src/platform/settings/settings.ts';
import { copiedInto } from '../support/image-files.ts';
import { useTestApi } from '../support/test-api.ts';

type Service = {
  image: string;
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  stop_grace_period?: string;
};
type Compose = { services: Record<'api' | 'worker' | 'postgres', Service>; volumes: object };

/** What Compose makes of `${NAME:-value}` where nothing is set. */
const substituted = readFileSync('compose.yaml', 'utf8').replaceAll(/\$\{\w+:-(\w*)\}/g, '$1');
const { services, volumes } = parse(substituted, { merge: true }) as Compose;
const dockerfile = readFileSync('Dockerfile', 'utf8');

describe('compose.yaml', () => {
  test.each(['api', 'worker'] as const)('gives %s settings that the program knows and accepts', (name) => {
    const environment = services[name].environment ?? {};
    const known = Object.values(SETTINGS).map((setting) => setting.name);
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)));
    const [, HOST] = /HOST=(\S+)/.exec(dockerfile) ?? [];
    const config = loadConfig({ HOST, ...environment });
    expect(config).toMatchObject({
      role: name,
      databaseUrl: expect.stringContaining('@postgres:5432/') as string,
      host: '0.0.0.0',
      port: 4000,
    });
    expect(asksForKeys(config)).toBe(true);
  });

  test('has the database that it tells of, and keeps what must last in named volumes', () => {
    const { username, password, pathname } = new URL(services.api.environment?.['DATABASE_URL'] ?? '');
    expect(services.postgres.environment).toEqual({
      POSTGRES_USER: username,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: pathname.slice(1),
    });
    const [, dataDir] = /VIDPIPE_DATA_DIR=(\S+)/.exec(dockerfile) ?? [];
    for (const { volumes: mounted } of [services.api, services.worker])
      expect(mounted).toEqual([`data:${dataDir}`]);
    expect(Object.keys(volumes)).toEqual(['data', 'database']);
  });

  test('waits longer for the end than the program takes, and publishes to this machine alone', () => {
    for (const { stop_grace_period: seconds = '' } of [services.api, services.worker])
      expect(Number.parseInt(seconds, 10)).toBeGreaterThan(10);
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).toEqual(['127.0.0.1:4000:4000']);
    expect(services.api.ports).toEqual(ports);
    expect(dockerfile).toMatch(/^EXPOSE 4000$/m);
  });
});

describe('the image', () => {
  test('is built of files that exist and that .dockerignore lets through', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    const copied = copiedInto(dockerfile);
    expect(copied).toContain('src');
    expect(copied.filter((name) => !existsSync(name) || !allowed.includes(`!${name}`))).toEqual([]);
  });
});

describe('beside a server', () => {
  const started: ChildProcess[] = [];
  const run = (script: string, env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['-e', script], { env, stdio: 'inherit' });
    started.push(child);
    return child;
  };
  const api = useTestApi();
  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
  });

  const port = () => new URL(api.api.url).port;

  test('the health check of the image is well while it is ready, and unwell without it', async () => {
    const [, command = '[]'] = /^HEALTHCHECK [^[]*CMD (\[.*\])$/m.exec(dockerfile) ?? [];
    const [, , script = ''] = JSON.parse(command) as string[];
    const check = async (checked: string) => {
      const [code] = (await once(run(script, { PORT: checked }), 'exit')) as [number];
      return code;
    };
    expect(await check(port())).toBe(0);
    expect(await check('1')).toBe(1);
  });
});
