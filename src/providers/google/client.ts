/** The way to Google: the SDK's clients, loaded at first need, and credentials for what the SDK is not fit for. */
import type { GoogleGenAI } from '@google/genai';
import type { GoogleAuth } from 'google-auth-library';
import { type CallPlan, guardedFetch } from './call.ts';
import { knowLengths, type KnownLengths } from './clip-lengths.ts';
import type { GoogleSettings } from './google-settings.ts';
import type { GoogleModel } from './models.ts';
import { OmniMemory } from './omni/memory.ts';

export type GoogleClient = {
  settings: GoogleSettings;
  /** The SDK's client for a model; calls of it go inside `makeCall`. */
  sdk(model: Pick<GoogleModel, 'location'>): Promise<GoogleGenAI>;
  /** What a request of our own needs to be let in. */
  credentials(): Promise<Headers>;
  /** Texts that no message may show. */
  secrets: readonly string[];
  /** How long clips may last. */
  lengths: KnownLengths;
  /** What was learnt of Omni here. */
  omni: OmniMemory;
};

/** Longest that a purchase may wait for its name: later the step that made it has given it up. */
const ACCEPTED_SECONDS = 60;

const SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];

/** Prepares the way; nothing is loaded or asked for before it is needed. */
export function openClient(settings: GoogleSettings): GoogleClient {
  const { apiVersion, baseUrl } = settings;
  const auth = once(() => openAuth(settings));
  const clients = new Map<string, Promise<GoogleGenAI>>();
  const httpOptions = {
    fetch: guardedFetch,
    ...(baseUrl !== null && { baseUrl }),
    ...(apiVersion !== null && { apiVersion }),
  };

  const open = async (location: string): Promise<GoogleGenAI> => {
    const sdk = await import('@google/genai');
    if (settings.surface === 'GEMINI')
      return new sdk.GoogleGenAI({
        vertexai: false,
        apiKey: settings.apiKey,
        httpOptions: { ...httpOptions },
      });
    const { project } = settings;
    const googleAuthOptions = { authClient: await (await auth()).getClient(), projectId: project };
    return new sdk.GoogleGenAI({
      vertexai: true,
      project,
      location,
      googleAuthOptions,
      httpOptions: { ...httpOptions },
    });
  };

  return {
    settings,
    async sdk(model) {
      const location = model.location ?? (settings.surface === 'VERTEX' ? settings.location : '');
      const client = clients.get(location) ?? open(location);
      clients.set(location, client);
      // One that could not be opened is not kept: credentials may be mended meanwhile.
      client.catch(() => clients.delete(location));
      return client;
    },
    async credentials() {
      if (settings.surface === 'GEMINI') return new Headers({ 'x-goog-api-key': settings.apiKey });
      return new Headers(await (await auth()).getRequestHeaders());
    },
    secrets: settings.surface === 'GEMINI' ? [settings.apiKey] : [],
    lengths: knowLengths(),
    omni: new OmniMemory(`omni ${settings.surface} ${settings.models.CLIP.name}`),
  };
}

async function openAuth(settings: GoogleSettings): Promise<GoogleAuth> {
  const { GoogleAuth: Auth } = await import('google-auth-library');
  // Named, or it would be asked of Google at every start.
  const project = settings.surface === 'VERTEX' ? { projectId: settings.project } : {};
  return new Auth({ scopes: SCOPES, ...project });
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => (made ??= make());
}

/** A call that costs nothing and begins nothing; spread what is otherwise over it. */
export const planOf = ({ settings, secrets }: GoogleClient, what: string): CallPlan => ({
  name: `Google ${what}`,
  begins: false,
  namesModel: false,
  paid: false,
  limitSeconds: settings.timeoutSeconds,
  secrets,
  patience: { firstSeconds: settings.waitSeconds, inAllSeconds: settings.patienceSeconds },
  callsPerMinute: settings.rates.CLIP.calls,
});

/** A purchase that begins an operation; it is accepted within seconds unless it is held for longer. */
export const purchaseOf = (
  client: GoogleClient,
  model: string,
  limitSeconds = Math.min(client.settings.timeoutSeconds, ACCEPTED_SECONDS),
): CallPlan => ({
  ...planOf(client, model),
  begins: true,
  namesModel: true,
  paid: true,
  limitSeconds,
});
