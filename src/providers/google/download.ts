/** Fetches clips from Google's stores, by requests of our own. */
import type { CallOptions, ClipResult } from '../provider.ts';
import { fetchFile, makeCall } from './call.ts';
import type { GoogleClient } from './client.ts';
import { keepFilm } from './film-file.ts';

/** Longest a download may take, in seconds; a clip has a few ten megabytes. */
const LIMIT_SECONDS = 300;

const GEMINI_HOST = 'https://generativelanguage.googleapis.com';
const STORAGE_HOST = 'https://storage.googleapis.com';

/** Fetches a file of the Gemini API, `files/<id>`; it is kept there for 48 hours. */
export function downloadFile(
  client: GoogleClient,
  file: string,
  toFile: string,
  options: CallOptions,
): Promise<ClipResult> {
  const { baseUrl, apiVersion } = client.settings;
  const address = `${withoutSlash(baseUrl ?? GEMINI_HOST)}/${apiVersion ?? 'v1'}/${file}:download?alt=media`;
  return download(client, `Google ${file}`, address, toFile, options);
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
  const host = withoutSlash(client.settings.baseUrl ?? STORAGE_HOST);
  const address = `${host}/storage/v1/b/${bucket}/o/${object}?alt=media`;
  return download(client, `Google ${uri}`, address, toFile, options);
}

async function download(
  client: GoogleClient,
  name: string,
  address: string,
  toFile: string,
  options: CallOptions,
): Promise<ClipResult> {
  const plan = {
    name,
    begins: false,
    namesModel: false,
    paid: false,
    limitSeconds: LIMIT_SECONDS,
    secrets: client.secrets,
  };
  const { answer } = await makeCall(plan, options.signal, async () => {
    const file = await fetchFile(address, await client.credentials());
    return keepFilm(toFile, { name, ...file }, options);
  });
  return answer;
}

const withoutSlash = (address: string) => address.replace(/\/+$/, '');
