// Asks the server. Every failure is an error that can be shown to a person.

const KEY = 'lungo.key';
let needsKey = () => {};

/** What the server said instead of an answer; {@code status} is 0 when it said nothing. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The key of this tab, or null. */
export const key = () => sessionStorage.getItem(KEY);

/** Sets the key of this tab; null forgets it. */
export function useKey(value) {
  if (value === null) {
    sessionStorage.removeItem(KEY);
  } else {
    sessionStorage.setItem(KEY, value);
  }
}

/** Whom to tell that a key is needed, or another one. */
export function onKeyNeeded(listener) {
  needsKey = listener;
}

/** Asks for what is under an address relative to the page. */
export async function ask(path, options = {}) {
  const headers = { ...options.headers };
  if (key()) {
    headers.Authorization = 'Bearer ' + key();
  }
  let response;
  try {
    response = await fetch(path, { ...options, headers, cache: 'no-store' });
  } catch (failure) {
    if (options.signal?.aborted) {
      throw failure;
    }
    throw new Refusal(0, 'the server does not answer');
  }
  if (!response.ok) {
    const refusal = new Refusal(response.status, await reason(response));
    if (response.status === 401) {
      needsKey(key() ? refusal.message : '');
    }
    throw refusal;
  }
  return response;
}

/** The same, as JSON. */
export const json = async (path, options) => (await ask(path, options)).json();

async function reason(response) {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text);
    return error?.message || error || text;
  } catch {
    return text || 'status ' + response.status;
  }
}

/** The address of a model, or of one of its versions. */
export const address = (model, version = null) => 'v1/models/' + encodeURIComponent(model)
  + (version === null ? '' : '/versions/' + version);
