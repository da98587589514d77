/** Fetches clips from Google's stores, by requests of our own. */
import type { CallOptions } from '../capabilities/capability.ts';
import type { ClipResult } from '../capabilities/clip.ts';
import { omniRoot, storageRoot } from './addresses.ts';
import { fetchFile, makeCall } from './call.ts';
import { type GoogleClient, planOf } from './client.ts';
import { whenActive } from './files.ts';
import { keepFilm } from './film-file.ts';

/** Fetches a file of the Gemini API, `files/<id>`, once it is ready; it is kept there for 48 hours. */
export function downloadFile(
  client: GoogleClient,
  file: string,
  toFile: string,
  options: CallOptions,
): Promise<ClipResult> {
  const address = `${omniRoot(client)}/${file}:download?alt=media`;
  return whenActive(client, file, options, () => download(client, file, address, toFile, options));
}

/** Fetches an object of Cloud Storage, `gs://bucket/object`. */
export function downloadObject(
  client: GoogleClient,
  uri: string,
  toFile: string,
  options: CallOptions,
): Promise<ClipResult> {
  const { host: bucket, pathname } = new URL(uri);
  const object = encodeURIComponent(decodeURIComponent(pathname.slice(1)));
  const address = `${storageRoot(client)}/storage/v1/b/${bucket}/o/${object}?alt=media`;
  return download(client, uri, address, toFile, options);
}

async function download(
  client: GoogleClient,
  what: string,
  address: string,
  toFile: string,
  options: CallOptions,
): Promise<ClipResult> {
  const { answer } = await makeCall(planOf(client, what), options.signal, async () => {
    const file = await fetchFile(address, await client.credentials());
    return keepFilm(toFile, { name: `Google ${what}`, ...file }, options);
  });
  return answer;
}
