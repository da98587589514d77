/** What is told of a refusal that holds for every purchase: of one itself, or of a clip that was bought. */
import type { ClipVerdict } from '../clip-verdict.ts';
import { type FailureCode, isRefusedForAll, ProviderError } from '../provider-error.ts';
import { wayOut } from './ask-model.ts';
import type { GoogleClient } from './client.ts';
import type { ModelMemory } from './model-memory.ts';
import type { GoogleCall, GoogleModel } from './models.ts';

const SURFACES = { GEMINI: 'the Gemini API', VERTEX: 'Vertex AI' } as const;

/** What speaks to Google here. */
export const SPOKEN_BY = '@google/genai 3.1.0';

/** Makes a purchase; one that is refused for all says where and of which model, and whoever asks for that asks anew. */
export async function purchase<Goods>(
  client: GoogleClient,
  memory: ModelMemory,
  call: GoogleCall,
  buy: () => Promise<Goods>,
): Promise<Goods> {
  try {
    return await buy();
  } catch (error) {
    if (!isRefusedForAll(error)) throw error;
    const model = client.settings.models[call];
    memory.forget(model);
    throw new ProviderError(
      'REFUSED',
      `${error.message} ${whereOf(client, model, error.code as FailureCode)}`,
      {
        code: error.code as FailureCode,
        cause: error,
        ...(error.receipt && { receipt: error.receipt }),
      },
    );
  }
}

/** What was said of a bought clip; what refuses it for all says where and of which model, and that is asked for anew. */
export function tellForAll(
  client: GoogleClient,
  memory: ModelMemory,
  model: GoogleModel,
  told: ClipVerdict,
): ClipVerdict {
  if (told.verdict !== 'REFUSED_FOR_ALL') return told;
  memory.forget(model);
  return { ...told, words: `${told.words} ${whereOf(client, model, told.code)}` };
}

function whereOf(client: GoogleClient, model: GoogleModel, code: FailureCode): string {
  const where = `Asked on ${SURFACES[client.settings.surface]} for ${model.name}.`;
  if (code === 'MODEL_NOT_FOUND') return `${where} ${wayOut(client, model)}`;
  if (code !== 'INTERFACE_GONE') return where;
  return `${where} This release speaks by ${SPOKEN_BY}; install a later one of vidpipe, which speaks the new form.`;
}
