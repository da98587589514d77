/** What runs work on, in the graph. */
import { builder } from '../../graphql/builder.ts';
import { IngestNode } from '../ingests/ingest.graphql.ts';
import { VideoNode } from '../videos/video.graphql.ts';
import { filmOptionsOf } from '../videos/film-options.ts';
import { PipelineRunNode } from '../runs/run.graphql.ts';
import { ProjectNode } from '../projects/project.graphql.ts';

const RunSubject = builder.unionType('RunSubject', {
  description: 'What a run works on.',
  types: [ProjectNode, VideoNode, IngestNode],
  resolveType: (subject) =>
    'source' in subject ? IngestNode : 'identifier' in subject ? VideoNode : ProjectNode,
});

builder.prismaObjectFields(PipelineRunNode, (t) => ({
  subject: t.field({
    type: RunSubject,
    description: 'What it works on; its deletion is that of the run.',
    select: { project: true, video: true, ingest: true },
    resolve: ({ id, project, video, ingest }) => {
      const subject = project ?? video ?? ingest;
      if (!subject) throw new Error(`Run ${id} works on nothing.`);
      return subject;
    },
  }),
  crossfadeSeconds: t.float({
    nullable: true,
    select: { projectId: true, options: true },
    description:
      'Seconds of crossfade between scenes, at most half of either clip; 0 is a hard cut. Null for a run that ends in no film.',
    resolve: (run) => (run.projectId === null ? null : filmOptionsOf(run).crossfadeSeconds),
  }),
}));
