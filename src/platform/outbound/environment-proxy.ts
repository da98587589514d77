/** The way out through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name, in either case of letters. */
import { Agent as HttpAgent, setGlobalProxyFromEnv } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { InvalidSettingsError } from '../config.ts';

/** No proxy is asked for this machine: none could find it. */
const HERE = ['localhost', '127.0.0.1', '::1', '[::1]'];

/**
 * Makes `fetch` and Node's own agents go through it, in the whole process. Clients that have agents of their own take
 * {@link agentsThrough}, or read the variables themselves, as Google's do. This machine is added to `NO_PROXY`.
 *
 * @returns a function that takes it back, but for what is written into the environment.
 * @throws {InvalidSettingsError} naming the variables that hold no address of a proxy of HTTP.
 */
export function obeyProxy(): () => void {
  checkProxies();
  const { NO_PROXY, no_proxy: given = NO_PROXY } = process.env;
  const spared = given === '*' ? given : [given, ...HERE].filter(Boolean).join(',');
  process.env['NO_PROXY'] = spared;
  process.env['no_proxy'] = spared;
  return setGlobalProxyFromEnv(process.env);
}

/** As everybody else reads them: without a scheme it is a proxy of HTTP. */
function checkProxies(): void {
  const problems: string[] = [];
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) {
    const given = process.env[name];
    if (!given) continue;
    const address = given.includes('://') ? given : `http://${given}`;
    process.env[name] = address;
    if (!/^https?:$/.test(URL.parse(address)?.protocol ?? ''))
      problems.push(`${name}: must be a proxy of HTTP, as in http://proxy.example:3128 (environment).`);
  }
  if (problems.length > 0) throw new InvalidSettingsError(problems);
}

/** Agents of a client's own, that go through it where it is named; a connection a request unless `options` keep it. */
export const agentsThrough = (proxyEnv: NodeJS.ProcessEnv = process.env, options: AgentOptions = {}) => ({
  http: new HttpAgent({ ...options, proxyEnv }),
  https: new HttpsAgent({ ...options, proxyEnv }),
});
