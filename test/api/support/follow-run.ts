import type { Client } from 'graphql-ws';

/** What a subscriber of a run's progress heard. */
export type Heard = { status: string; percent: number; message: string };

/** Follows a run over a WebSocket until it has ended. */
export async function followRun(client: Client, id: string): Promise<Heard[]> {
  const heard: Heard[] = [];
  const events = client.iterate<{ runProgress: Heard }>({
    query: 'subscription ($id: ID!) { runProgress(runId: $id) { status percent message } }',
    variables: { id },
  });
  for await (const { data } of events) if (data) heard.push(data.runProgress);
  return heard;
}

/** Waits for a clip of a project to be in `status`, as a subscriber of the project sees it. */
export async function videoClipBecomes(client: Client, projectId: string, status: string): Promise<void> {
  const events = client.iterate<{ videoClipStatusChanged: { status: string } }>({
    query: 'subscription ($id: ID!) { videoClipStatusChanged(projectId: $id, after: "0") { status } }',
    variables: { id: projectId },
  });
  for await (const { data } of events) if (data?.videoClipStatusChanged.status === status) return;
}
