import { changeEvent } from '../audit/change-event.graphql.ts';
import { TranscriptNode } from './transcript.graphql.ts';
import { visibleTranscripts } from './transcript.ts';

changeEvent({
  subject: 'Transcript',
  eventType: 'TRANSCRIPT_CHANGED',
  tellsOf: 'what is said in a video',
  description: 'A transcript was made, corrected or deleted.',
  shows: { node: TranscriptNode, visible: visibleTranscripts, noun: 'transcript' },
});
