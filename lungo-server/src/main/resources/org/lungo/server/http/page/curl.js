// The request as a line for a shell.

import { at } from './dom.js';

const quoted = text => "'" + text.replaceAll("'", "'\\''") + "'";

/** The line that sends {@code body} to {@code url}. */
export function line(url, body, needsKey) {
  return 'curl ' + quoted(url)
    + (needsKey ? ' -H "Authorization: Bearer $KEY"' : '')
    + " -H 'Content-Type: application/json' -d " + quoted(JSON.stringify(body));
}

/** Copies the line; in pages without TLS there is no clipboard, only the old way. */
export async function copy() {
  const text = at('curl').textContent;
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    getSelection().selectAllChildren(at('curl'));
    done = document.execCommand('copy');
  }
  at('copied').textContent = done ? 'Copied.' : 'Select the line and copy it.';
  setTimeout(() => { at('copied').textContent = ''; }, 4000);
}
