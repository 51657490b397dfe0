/**
 * How the page scripts talk to the page and to the server.
 *
 * @module
 */

/** Reads the values the server put into the page. */
export function readData<T>(name: string): T {
  return JSON.parse(document.getElementById(`${name}-data`)?.textContent ?? 'null') as T
}

/** Sends JSON and returns what the server answers. */
export async function sendJson<T>(path: string, body: unknown, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return (await response.json()) as T
}
