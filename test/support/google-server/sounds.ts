/** Where models are asked what is said in a sound. A sound here is text in UTF-8: what is said in it, word for word. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Ledger } from '../paid-provider/ledger.ts';
import { jsonReply, type Reply } from '../paid-provider/reply.ts';
import { type Used, usedByHearing, usedByListening } from './charges.ts';
import { blockedReply } from './content.ts';
import { filled } from './fill.ts';
import type { PlayedAsked, RefusedEntry } from './play.ts';
import { googleError } from './refusals.ts';
import { chargeOfUsage } from './usage-bill.ts';
import type { hearingRequest, listeningRequest } from './wire.ts';

type HearingRequest = z.infer<typeof hearingRequest>;
type ListeningRequest = z.infer<typeof listeningRequest>;

/** Of a word here. */
const WORD_MS = 400;

/** What is said in a sound that is none of ours. */
const IN_ANY_SOUND = 'Okay, so the first rule is simple.';

export class SoundCounter {
  readonly #ledger: Ledger;
  readonly #refusals: RefusedEntry[];

  constructor(ledger: Ledger, refusals: RefusedEntry[]) {
    this.#ledger = ledger;
    this.#refusals = refusals;
  }

  hear(model: string, { contents, generationConfig }: HearingRequest): PlayedAsked | Reply {
    const { audioTranscriptionConfig: config } = generationConfig;
    const refusal = refusalOf(config);
    if (refusal !== null) return googleError(400, refusal);
    const data = contents[0]?.parts[0]?.inlineData.data ?? '';
    return this.#asked(model, data, (words, seconds) => {
      const used = usedByHearing(model, seconds, words.length);
      return { used, reply: contentReply(words, used, config.diarization === true) };
    });
  }

  listen({ model, input, generation_config: { transcription_config: config } }: ListeningRequest) {
    const hasSpeakers = config.mode.diarization_mode === 'speaker';
    return this.#asked(model, input[0]?.data ?? '', (words, seconds) => {
      const used = usedByListening(model, seconds, words.length);
      return { used, reply: interactionReply(model, words, used, hasSpeakers) };
    });
  }

  #asked(
    model: string,
    data: string,
    make: (words: string[], seconds: number) => { used: Used; reply: Reply },
  ): PlayedAsked {
    const sound = Buffer.from(data, 'base64');
    const said = saidIn(sound);
    const words = said.split(/\s+/).filter(Boolean);
    const { used, reply } = make(words, (words.length * WORD_MS) / 1_000);
    const buy = (more: { money?: 'SOLD' | 'NOBODY_KNOWS'; scenario?: string; microUsd: number }) =>
      this.#ledger.buy({
        kind: 'TRANSCRIPT',
        subject: said,
        promptHash: createHash('sha256').update(sound).digest('hex'),
        pictures: [],
        boughtAt: Date.now(),
        operation: null,
        ...more,
      });
    return {
      call: 'TRANSCRIPT',
      subject: said,
      model,
      places: ['TRANSCRIPT'],
      blocked: blockedReply(),
      accept: (_end, play) => {
        if (!play) {
          buy({ microUsd: used.microUsd });
          return reply;
        }
        const { name, money, says } = play;
        const [told] = says;
        if (money === 'FREE') this.#refusals.push({ call: 'TRANSCRIPT', subject: said, scenario: name });
        else buy({ money, scenario: name, microUsd: chargeOfUsage(model, told?.body) ?? used.microUsd });
        return jsonReply(filled(told?.body, { model }), told?.status);
      },
    };
  }
}

/** Sounds of tests are their words; of any other nobody here can tell. */
function saidIn(sound: Buffer): string {
  const text = sound.toString('utf8');
  return /^[\p{L}\p{N}\p{P}\s]*$/u.test(text) ? text : IN_ANY_SOUND;
}

/** In Google's words (forum thread 180240, 2026-08-29). */
function refusalOf(config: HearingRequest['generationConfig']['audioTranscriptionConfig']): string | null {
  const { customVocabulary = [], wordTimestamp, diarization, mode } = config;
  if (mode === 'SMART' && wordTimestamp) return 'Transcription mode SMART is incompatible with timestamps';
  if (customVocabulary.length > 0 && wordTimestamp)
    return 'custom_vocabulary is incompatible with timestamps.';
  return customVocabulary.length > 0 && diarization
    ? 'custom_vocabulary is incompatible with diarization.'
    : null;
}

const offset = (words: number): string => `${(words * WORD_MS) / 1_000}s`;

function contentReply(words: string[], { usage }: Used, hasSpeakers: boolean): Reply {
  const audioTranscription = {
    text: words.join(' '),
    languageCode: 'en-US',
    ...(hasSpeakers && { speakerLabel: 'spk:0' }),
    words: words.map((word, index) => ({ word, startOffset: offset(index), endOffset: offset(index + 1) })),
  };
  const parts = words.length === 0 ? [{}] : [{ text: words.join(' '), audioTranscription }];
  return jsonReply({
    candidates: [{ index: 0, finishReason: 'STOP', content: { role: 'model', parts } }],
    responseId: 'response-1',
    modelVersion: 'test',
    usageMetadata: usage,
  });
}

function interactionReply(model: string, words: string[], { usage }: Used, hasSpeakers: boolean): Reply {
  const text = words.join(' ');
  const annotations = words.map((word, index) => ({
    type: 'word_info',
    text: word,
    ...(hasSpeakers && { speaker: 'spk:0' }),
    start_offset: offset(index),
    end_offset: offset(index + 1),
  }));
  const steps =
    words.length === 0 ? [] : [{ type: 'model_output', content: [{ type: 'text', text, annotations }] }];
  const id = `v1_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  return jsonReply({
    id,
    object: 'interaction',
    model,
    status: 'completed',
    steps,
    output_text: text,
    usage,
  });
}
