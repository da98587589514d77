/** Requests as they are written: `fetch` resolves dots, and chooses some headers itself. */
import { request } from 'node:http';

type Options = { method?: string; headers?: Record<string, string>; body?: string };

/** Sends a request to a path of `url` and returns what came back. */
export const rawRequest = (url: string, path: string, { method = 'GET', headers = {}, body }: Options = {}) =>
  new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    });
    sent.on('error', reject).end(body);
  });
