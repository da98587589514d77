/** Texts of what the relay plugin makes; it leaves them out of the schema otherwise. */
export const relayTexts = {
  nodeTypeOptions: { description: 'Anything with an id.' },
  idFieldOptions: { description: 'Its one id everywhere: `<type>_<uuid>`.' },
  pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
  hasNextPageFieldOptions: { description: 'Whether more follows; ask again with `after: endCursor`.' },
  hasPreviousPageFieldOptions: {
    description: 'Whether more came before; ask again with `before: startCursor`.',
  },
  startCursorFieldOptions: { description: 'Cursor of the first edge; null on an empty page.' },
  endCursorFieldOptions: { description: 'Cursor of the last edge; null on an empty page.' },
  cursorFieldOptions: { description: 'Place of this edge in the list, for `after` and `before`.' },
  nodeFieldOptions: { description: 'What the edge leads to.', nullable: false },
  edgesFieldOptions: { description: 'The page, in order.', nullable: { list: false, items: false } },
  pageInfoFieldOptions: { description: 'Where the page stands in the list.' },
  firstArgOptions: { description: 'How many from the start, at most 100; 20 unless told.' },
  afterArgOptions: { description: 'Only what follows this cursor.' },
  lastArgOptions: { description: 'How many from the end, at most 100.' },
  beforeArgOptions: { description: 'Only what comes before this cursor.' },
} as const;
