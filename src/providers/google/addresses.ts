/** Addresses of Google's, for requests of our own. */
import type { GoogleSettings } from './google-settings.ts';

const GEMINI_HOST = 'https://generativelanguage.googleapis.com';
const VERTEX_HOST = 'https://aiplatform.googleapis.com';
const STORAGE_HOST = 'https://storage.googleapis.com';

type Client = { settings: GoogleSettings };

/** The version of the Gemini API under which Omni was seen to work (public reports until 2026-10); none on v1. */
export const GEMINI_VERSION = 'v1beta';
/** Of Vertex, as the SDK has it (@google/genai 3.1.0). */
const VERTEX_VERSION = 'v1beta1';

/** The version of the API in which Omni is spoken to, and its files are fetched. */
export const versionOf = ({ settings: { apiVersion, surface } }: Client): string =>
  apiVersion ?? (surface === 'GEMINI' ? GEMINI_VERSION : VERTEX_VERSION);

/** What the SDK is told of it; nothing on Vertex, where it puts the project into the same place. */
export const versionForSdk = (client: Client): { api_version?: string } =>
  client.settings.surface === 'GEMINI' ? { api_version: versionOf(client) } : {};

/** Under which Omni's interactions, and the Gemini API's files, are found; without a slash at its end. */
export function omniRoot(client: Client): string {
  const { settings } = client;
  const version = versionOf(client);
  if (settings.surface === 'GEMINI') return `${hostOf(settings, GEMINI_HOST)}/${version}`;
  return `${hostOf(settings, VERTEX_HOST)}/${version}/projects/${settings.project}/locations/global`;
}

/** Root of Cloud Storage; without a slash at its end. */
export const storageRoot = ({ settings }: Client): string => hostOf(settings, STORAGE_HOST);

const hostOf = ({ baseUrl }: GoogleSettings, googles: string): string =>
  (baseUrl ?? googles).replace(/\/+$/, '');
