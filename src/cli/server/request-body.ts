/** Bodies of GraphQL requests: JSON, or a form where the input has files. */

type Body = { type: string; body: string | ArrayBuffer };

/** Puts an operation into a body; its files are fields of `variables.input`. */
export async function bodyOf(query: string, variables: Record<string, unknown>): Promise<Body> {
  const input = (variables['input'] ?? {}) as Record<string, unknown>;
  const files = Object.entries(input).filter((entry): entry is [string, File] => entry[1] instanceof File);
  if (files.length === 0) return { type: 'application/json', body: JSON.stringify({ query, variables }) };
  const form = new FormData();
  const places = Object.fromEntries(files.map(([field]) => [field, null]));
  form.set(
    'operations',
    JSON.stringify({ query, variables: { ...variables, input: { ...input, ...places } } }),
  );
  form.set(
    'map',
    JSON.stringify(Object.fromEntries(files.map(([field]) => [field, [`variables.input.${field}`]]))),
  );
  for (const [field, file] of files) form.set(field, file);
  // In one piece: of a stream the length is not known, and the server wants to be told.
  const encoded = new Response(form);
  return { type: encoded.headers.get('content-type') ?? '', body: await encoded.arrayBuffer() };
}
