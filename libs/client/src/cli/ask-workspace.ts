/** The workspace that a key is for. @throws Error with what the server said. */
export async function askWorkspace(url: string, apiKey: string): Promise<string> {
  const response = await ask(url, apiKey)
  const text = await response.text()
  const id = /"workspace":\{"id":"([a-z0-9_]+)"/.exec(text)?.[1]
  if (id === undefined) throw new Error(unknown(`HTTP ${response.status}: ${text.slice(0, 200)}`))
  return id
}

async function ask(url: string, apiKey: string): Promise<Response> {
  try {
    return await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ query: '{ viewer { workspace { id } } }' }),
      signal: AbortSignal.timeout(30_000),
    })
  } catch (error) {
    throw new Error(unknown(error instanceof Error ? error.message : String(error)), { cause: error })
  }
}

function unknown(why: string): string {
  return `Annal could not be asked for the workspace (${why}), and without it CloudEvents can’t be queued: name it with --workspace.`
}
