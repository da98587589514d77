/** What is in GraphiQL's page before GraphiQL is. Each function is sent as text and uses nothing from outside of it. */

/**
 * Holds the tabs under a press. GraphiQL leaves them where they stood while the page loaded, hides that by a rule that
 * does not hold for the one that is pressed, and so moves it away from the pointer: the click met nothing.
 */
export const HELD_TABS = 'li.graphiql-tab.graphiql-tab { transform: none !important; }';

/** Where a browser's tab keeps the key that was typed into it: in `sessionStorage`, which ends with the tab. */
export const KEY_PLACE = 'vidpipe.key';

/**
 * Shows the kept key to this server with every request, stream and socket, and to no other. One in GraphiQL's own
 * header editor goes before it.
 */
export function carryKey(place: string): void {
  const bearer = () => {
    const key = sessionStorage.getItem(place);
    return key === null ? null : `Bearer ${key}`;
  };

  const ask = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    const key = bearer();
    const isOurs = new URL(request.url).origin === location.origin;
    if (key !== null && isOurs && !request.headers.has('authorization'))
      request.headers.set('authorization', key);
    return ask(request);
  };

  // The page's policy lets sockets reach no other server than this one.
  globalThis.WebSocket = class extends WebSocket {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      const key = bearer();
      const isGreeting = typeof data === 'string' && data.includes('"connection_init"');
      if (key === null || !isGreeting || /"authorization"/i.test(data)) return super.send(data);
      const greeting = JSON.parse(data) as { payload?: object };
      const payload = { ...greeting.payload, authorization: key };
      return super.send(JSON.stringify({ ...greeting, payload }));
    }
  };
}

/** Asks for an API key, once for the life of the browser's tab, or lets it be forgotten. */
export function askForKey(place: string): void {
  addEventListener('DOMContentLoaded', () => {
    const key = sessionStorage.getItem(place);
    const form = document.createElement('form');
    form.ariaLabel = 'Access';
    form.style.cssText =
      'position:fixed;right:150px;top:24px;z-index:20;display:flex;gap:6px;font:13px sans-serif';
    const button = document.createElement('button');
    button.textContent = key === null ? 'Use key' : 'Forget key';
    const input = document.createElement('input');
    Object.assign(input, { type: 'password', placeholder: 'vp_…', autocomplete: 'off', required: true });
    input.ariaLabel = 'API key';
    // The start by which people know a key.
    form.append(key === null ? input : key.slice(0, 11), button);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (key === null) sessionStorage.setItem(place, input.value.trim());
      else sessionStorage.removeItem(place);
      // GraphiQL reads the schema as it starts.
      location.reload();
    });
    document.body.append(form);
  });
}
